import fs from 'node:fs';
import { join } from 'node:path';
import { FEATURE_NAMES } from '@botlab/data';
import { botlab, temporaryFolder } from './botlab';
import { cellsOf } from './captures';
import { skipIf } from '../../tools/testing/skip-if';

const cases = process.env['BOTLAB_CASES'];
const root = temporaryFolder();
afterAll(() => fs.rmSync(root, { recursive: true }));

skipIf(
  cases === undefined ? 'set BOTLAB_CASES to the folder of inputs that failed once' : undefined,
).describe('captures that failed once', () => {
  const WEIGHTS = ['MI_dir', 'H', 'HH', 'HpHp'].map((block) =>
    FEATURE_NAMES.indexOf(`${block}_L0.01_weight`),
  );

  /** What a command says of a case, and the weights of each row over 100 s: [MI_dir, H, HH, HpHp]. */
  function extract(name: string): { code: number | null; stderr: string; weights: number[][] } {
    const out = join(root, `${name}.csv`);
    const { code, stderr } = botlab('extract', join(cases ?? '', 'captures', name), '-o', out);
    const rows = fs.existsSync(out) ? cellsOf(fs.readFileSync(out, 'utf8')) : [];
    return { code, stderr, weights: rows.map((row) => WEIGHTS.map((at) => Math.round(row[at]!))) };
  }

  it('an interface of CAN beside Ethernet', () => {
    const { code, stderr, weights } = extract('02a-ethernet-then-can.pcapng');
    expect([code, weights.length]).toEqual([0, 5]);
    expect(stderr).toContain(
      '1 packet left out, for it cannot be read: 1 of link type CAN_SOCKETCAN (227).',
    );
  });

  it('a flood of malformed packets between good ones', () => {
    const { code, stderr, weights } = extract('08d-good-then-100000-malformed-then-good.pcap.gz');
    expect([code, weights.length]).toEqual([0, 2]);
    expect(stderr).toContain(
      '100,000 packets left out, for they cannot be read: 100,000 with an IP',
    );
  });

  it('hosts and sockets apart behind PPPoE', () => {
    // Two IPv4 hosts in turns, each packet from a port of its own, then one of IPv6.
    const { code, weights } = extract('10-pppoe.pcap');
    expect(code).toBe(0);
    expect(weights).toEqual([
      [1, 1, 1, 1],
      [1, 1, 1, 1],
      [2, 2, 2, 1],
      [2, 2, 2, 1],
      [1, 1, 1, 1],
    ]);
  });

  it('hosts apart behind MPLS', () => {
    const { code, weights } = extract('11-mpls.pcap');
    expect(code).toBe(0);
    expect(weights.map((row) => row[1])).toEqual([1, 1, 2, 2]);
  });

  it("pcap's variant in the other byte order", () => {
    const { code, stderr } = extract('12b-modified-be.pcap');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /is pcap in a variant of its own, convert it with "editcap -F pcap"\.\n$/,
    );
  });

  it.each([
    ['30-linktype-0.pcap', /of link type NULL \(0\), with neither IP nor a sender's MAC address/],
    [
      '30-linktype-108.pcap',
      /of link type LOOP \(108\), with neither IP nor a sender's MAC address/,
    ],
    [
      '30-linktype-127.pcap',
      /of link type IEEE802_11_RADIO \(127\), with a link header that contradicts itself/,
    ],
  ])('a frame of zeros: %s', (name, pattern) => {
    const { code, stderr } = extract(name);
    expect(code).toBe(2);
    expect(stderr).toMatch(pattern);
    expect(stderr).toMatch(
      /^botlab: Cannot extract from \S+: it holds no packet that can be read.*\.\n$/,
    );
  });

  it('damage in the middle', () => {
    const { code, stderr, weights } = extract('38-damaged-in-the-middle.pcap');
    expect([code, weights.length]).toEqual([0, 1000]);
    expect(stderr).toMatch(
      /is damaged: packet 1001, at byte 70024, .*; all before it was read\.\n$/,
    );
    const file = join(cases ?? '', 'captures', '38-damaged-in-the-middle.pcap');
    const out = join(root, 'strict.csv');
    expect(botlab('extract', file, '--strict', '-o', out).code).toBe(2);
    expect(fs.existsSync(out)).toBe(false);
  });
});
