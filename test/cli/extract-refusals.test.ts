import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { botlab, temporaryFolder } from './botlab';
import { pcap, record, Workshop } from './captures';

const binary = join(__dirname, '..', '..', 'apps', 'cli', 'bin', 'botlab.js');
const workshop = new Workshop(temporaryFolder());
afterAll(() => fs.rmSync(workshop.root, { recursive: true }));
let capture: string;
let mac: string;
beforeAll(async () => {
  ({ capture, mac } = await workshop.capture());
});

describe('refuses', () => {
  /** One sentence on stderr, exit code 2, and nothing written. */
  function expectRefusal(args: readonly string[], pattern: RegExp, out = workshop.folder()): void {
    const before = fs.readdirSync(out);
    const { code, stdout, stderr } = botlab('extract', ...args, '-o', join(out, 'x.csv'));
    expect(stderr).toMatch(pattern);
    expect(stderr).toMatch(/^botlab: \S.*[.?]\n$/);
    expect([code, stdout]).toEqual([2, '']);
    expect(fs.readdirSync(out)).toEqual(before);
  }

  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'no capture',
      () => Buffer.from('MI_dir_L5_weight,1\n'),
      /expected a capture \(pcap or pcapng\)/,
    ],
    ['an empty file', () => Buffer.alloc(0), /there is nothing in it/],
    ['a cut header', () => pcap([]).subarray(0, 20), /it ends after 20 bytes/],
    ['a capture without packets', () => pcap([]), /it holds no packet; name another capture/],
    [
      'no packet that can be read',
      () => pcap([record(5)]),
      /no packet that can be read, but 1 that/,
    ],
    ['a record of absurd length', () => pcap([record(60, 2 ** 31)]), /2,?147,?483,?648/],
    ['an unknown link type', () => pcap([record(60)], 147), /147/],
    [
      'damaged gzip data',
      () => gzipSync(pcap([record(60)])).fill(7, 12, 24),
      /has damaged gzip data .* before its first packet/,
    ],
  ])('%s', (_, bytes, pattern) => {
    const file = workshop.save(bytes());
    expectRefusal([file], new RegExp(`${file}.*${pattern.source}`));
  });

  it('a gzip bomb without filling the memory', () => {
    // 120 MB of packets of zeros, in 120 kB: the heap that the command gets does not hold them.
    const zeros = Buffer.alloc(1.2e8, record(60));
    const bomb = workshop.save(gzipSync(Buffer.concat([pcap([]), zeros])));
    const out = workshop.folder();
    const command = [
      binary,
      'extract',
      bomb,
      '--mac',
      '02:00:00:00:00:07',
      '-o',
      join(out, 'x.csv'),
    ];
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=64', ...command],
      { encoding: 'utf8' },
    );
    expect(stderr).toMatch(/^botlab: .* it sent none of the 1,578,947; .* leave --mac out\.\n$/);
    expect(status).toBe(2);
    expect(fs.readdirSync(out)).toEqual([]);
  });

  it('a capture that is cut or damaged, with --strict', () => {
    const damaged = fs.readFileSync(capture);
    damaged.fill(0xff, damaged.length >> 1, (damaged.length >> 1) + 400);
    const file = workshop.save(damaged);
    expectRefusal(
      [file, '--strict'],
      new RegExp(`not whole: ${file} is damaged: packet \\d+, at byte \\d+, .*leave --strict out`),
    );
    const cut = workshop.save(fs.readFileSync(capture).subarray(0, -1));
    expectRefusal([cut, '--strict'], new RegExp(`not whole: ${cut} ends at byte \\d+, within`));
  });

  it('a capture that is not there, before the first is read', () => {
    expectRefusal(
      [capture, join(workshop.root, 'absent')],
      /absent: it does not exist; check the path/,
    );
  });
  it('an address that sent nothing, and says which did', () => {
    expectRefusal(
      [capture, '--mac', '02:00:00:00:00:07'],
      new RegExp(`02:00:00:00:00:07: it sent none of the .*${mac} \\([\\d,]+ packets\\)`),
    );
  });
  it('to write over a capture', () => {
    const out = workshop.folder();
    const file = join(out, 'x.csv');
    fs.copyFileSync(capture, file);
    expectRefusal([capture, file], /it is the capture .*, which is only read/, out);
    expect(fs.readFileSync(file)).toEqual(fs.readFileSync(capture));
  });

  it.each<[string, string[], RegExp]>([
    ['a missing folder', ['absent/x.csv'], /there is no folder .*absent; make it first/],
    ['a folder', ['.'], /it is a folder; name a file/],
    [
      'parquet on standard output',
      ['-', '--format', 'parquet'],
      /Cannot write parquet to standard/,
    ],
    ['rows and JSON on standard output', ['-', '--json'], /Cannot write rows and JSON/],
    ['an odd address', ['x.csv', '--mac', '02:00'], /--mac.*Expected a MAC address, such as/],
    ['an odd time', ['x.csv', '--idle', '0'], /--idle.*Expected a number above 0/],
    ['an odd format', ['x.csv', '--format', 'json'], /--format.*csv, parquet/],
  ])('%s', (_, [name, ...args], pattern) => {
    const out = workshop.folder();
    const path = name === '-' ? name : join(out, name!);
    const { code, stdout, stderr } = botlab('extract', capture, '-o', path, ...args);
    expect(stderr).toMatch(pattern);
    expect(stderr).toMatch(/^botlab: \S.*\.\n$/);
    expect([code, stdout]).toEqual([2, '']);
    expect(fs.readdirSync(out)).toEqual([]);
  });

  it('to go without a place to write', () => {
    expect(botlab('extract', capture).stderr).toMatch(/required option '-o, --out <file>'/);
  });
});
