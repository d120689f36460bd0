import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { botlab, startBotlab, temporaryFolder } from './botlab';

const root = temporaryFolder();
afterAll(() => rmSync(root, { recursive: true }));
const ENNIO = ['--devices', 'Ennio_Doorbell'];
const list = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
const simulate = (out: string, ...args: string[]) =>
  botlab('simulate', '--out', join(root, out), ...args);

interface Result {
  readonly synthetic: boolean;
  readonly files: { readonly name: string; readonly rows: number; readonly mac: string }[];
}

it('writes a data set that says it is synthetic wherever it is read', () => {
  const { code, stdout, stderr } = simulate('all', '--scale', '0.0005');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/\n\nSYNTHETIC: [\d,]+ rows in 89 files of [\d.]+ MB in .*SYNTHETIC\.txt/);
  const info = botlab('data', 'info', '--data', join(root, 'all'), '--json');
  const source = JSON.parse(info.stdout) as { synthetic: boolean; files: unknown[] };
  expect(source.synthetic).toBe(true);
  expect(source.files).toHaveLength(89);
  expect(botlab('data', 'info', '--data', join(root, 'all')).stdout).toMatch(
    /^simulated CSV files in the UCI layout, .* \(synthetic\): .* of 9 devices; 11 of 11 classes/,
  );
});

it('writes captures from which extract makes the rows', () => {
  const args = [...ENNIO, '--attacks', 'benign,gafgyt combo', '--seed', '5', '--scale', '0.002'];
  const rows = JSON.parse(simulate('rows', ...args, '--json').stdout) as Result;
  const { code, stdout } = simulate('captures', ...args, '--pcap');
  expect(code).toBe(0);
  expect(rows).toMatchObject({ synthetic: true, files: [{ rows: 78 }, { rows: 106 }] });
  const marker = readFileSync(join(root, 'captures', 'SYNTHETIC.txt'), 'utf8');
  expect(marker).toContain('botlab simulate --seed 5 --scale 0.002 --pcap\n');
  for (const { name, mac } of rows.files) {
    const capture = name.replace(/csv$/, 'pcap');
    const pattern = new RegExp(`${capture}.*${mac}|${mac}.*${capture}`);
    expect(stdout).toMatch(pattern);
    expect(marker).toMatch(pattern);
    const file = join(root, 'extracted.csv');
    const args = ['--mac', mac, '-o', file];
    expect(botlab('extract', join(root, 'captures', capture), ...args).code).toBe(0);
    const found = readFileSync(file, 'utf8').split('\n');
    const published = readFileSync(join(root, 'rows', name), 'utf8').split('\n');
    let at = 0;
    for (const line of found) if (line === published[at]) at++;
    expect(at).toBe(published.length); // a subsequence
    if (name.includes('benign')) expect(found).toHaveLength(published.length);
  }
});

it.each<[string, string[], RegExp]>([
  ['an unknown device', ['--devices', 'Enio_Doorbell'], /did you mean "Ennio_Doorbell"\?/],
  ['an unknown attack', ['--attacks', 'gafgyt.cmbo'], /did you mean "gafgyt\.combo"\?/],
  ['a device without the attack', [...ENNIO, '--attacks', 'mirai'], /N-BaIoT has no such capture/],
  ['no scale', ['--scale', '0'], /--scale.*Expected a number above 0, 1 at most/],
  ['no seed', ['--seed', '-1'], /--seed.*Expected a whole number from 0/],
])('refuses %s', (_, args, pattern) => {
  const { code, stdout, stderr } = simulate('refused', ...args);
  expect(stderr).toMatch(pattern);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect([code, stdout]).toEqual([2, '']);
  expect(existsSync(join(root, 'refused'))).toBe(false);
});

it('keeps its hands off a folder with something else', () => {
  writeFileSync(join(root, 'mine.csv'), 'a,b\n');
  const before = readdirSync(root);
  const { code, stderr } = simulate('.', ...ENNIO);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^botlab: Cannot write to .*: it holds files that were not simulated .*\n$/,
  );
  expect(readdirSync(root)).toEqual(before);
  expect(simulate('mine.csv', ...ENNIO).stderr).toMatch(/Cannot write to .*not a folder/);
});

it('stops at Ctrl-C, leaving whole files only, and can be run again', async () => {
  const out = join(root, 'stopped');
  const child = startBotlab('simulate', '--out', out, ...ENNIO, '--scale', '1');
  const exit = once(child, 'exit');
  const isBegun = (): boolean =>
    existsSync(out) && list(out).some((name) => /\.partial$/.test(name));
  while (!isBegun() && child.exitCode === null) await setTimeout(20);
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  expect(list(out).filter((name) => !/\.(csv|txt)$/.test(name))).toEqual([]);
  expect(list(out)).toContain('SYNTHETIC.txt');
  expect(simulate('stopped', ...ENNIO, '--attacks', 'benign', '--scale', '0.001').code).toBe(0);
  expect(list(out).sort()).toEqual(['Ennio_Doorbell/benign_traffic.csv', 'SYNTHETIC.txt']);
});
