import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  chooseCells,
  csvSink,
  extractFeatures,
  isMarkedSynthetic,
  parseMac,
  simulateFolder,
  type CellChoice,
  type SimulatedFolderOptions,
} from '..';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'botlab-simulated-'));
afterAll(() => fs.rmSync(root, { recursive: true }));
let folders = 0;
const folder = (): string => {
  const made = path.join(root, String(folders++));
  fs.mkdirSync(made);
  return made;
};

const choice = (chosen: CellChoice): SimulatedFolderOptions => ({
  cells: chooseCells({ devices: ['Ennio_Doorbell'], ...chosen }),
  seed: 1,
  scale: 0.001,
  format: 'csv',
});
const linesOf = (file: string): string[] => fs.readFileSync(file, 'utf8').trimEnd().split('\n');
const list = (inside: string): string[] =>
  fs
    .readdirSync(inside, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(inside, name)).isFile())
    .sort();

it("writes files in their place in UCI's layout, beside a marker", async () => {
  const out = folder();
  const files = await simulateFolder(out, choice({ attacks: ['benign', 'gafgyt.tcp'] }));
  expect(files).toMatchObject([
    { name: 'Ennio_Doorbell/benign_traffic.csv', rows: 39 },
    { name: 'Ennio_Doorbell/gafgyt_attacks/tcp.csv', rows: 102 },
  ]);
  expect(list(out)).toEqual([...files.map(({ name }) => name), 'SYNTHETIC.txt']);
  for (const { name, rows, bytes, packets } of files) {
    expect(linesOf(path.join(out, name))).toHaveLength(rows + 1);
    expect(fs.statSync(path.join(out, name)).size).toBe(bytes);
    expect(packets).toBeGreaterThanOrEqual(rows);
  }
  const marker = fs.readFileSync(path.join(out, 'SYNTHETIC.txt'), 'utf8');
  expect(marker).toMatch(
    /^SYNTHETIC DATA: .*\n\nMade by: botlab simulate --seed 1 --scale 0.001\n/,
  );
  for (const { name, rows, mac } of files) {
    expect(marker).toMatch(new RegExp(`^${mac} +${rows} +${name}$`, 'm'));
  }
  expect(isMarkedSynthetic(out)).toBe(true);
  expect(isMarkedSynthetic(root)).toBe(false);
});

it('writes captures whose features are the rows of the CSV files, but for what was cut out of those', async () => {
  const options = choice({ devices: ['Danmini_Doorbell'] });
  const [rows, packets] = [folder(), folder()];
  const written = await simulateFolder(rows, options);
  const captures = await simulateFolder(packets, { ...options, format: 'pcap' });
  expect(captures).toHaveLength(11);
  let cutOut = 0;
  for (const [i, { name, mac, packets: count, bytes }] of captures.entries()) {
    const { name: csv, rows: rowCount, ...plan } = written[i]!;
    expect(plan).toMatchObject({ packets: count, mac });
    expect(fs.statSync(path.join(packets, name)).size).toBe(bytes);
    const pieces: Buffer[] = [];
    const sink = csvSink((piece) => void pieces.push(Buffer.from(piece)));
    const extraction = await extractFeatures([path.join(packets, name)], sink, {
      mac: parseMac(mac),
    });
    expect(extraction).toMatchObject({ packets: count, malformed: 0 });
    const extracted = Buffer.concat(pieces).toString().trimEnd().split('\n');
    const published = linesOf(path.join(rows, csv));
    expect(published).toHaveLength(rowCount + 1);
    let at = 0;
    for (const line of extracted) if (line === published[at]) at++;
    expect(at).toBe(published.length); // a subsequence
    cutOut += extracted.length - at;
    if (name.includes('benign')) expect(extracted).toHaveLength(at);
  }
  expect(cutOut).toBeGreaterThan(0);
});

it('writes the same for the same seed, something else for another', async () => {
  const options = choice({ attacks: ['benign'] });
  const contents = await Promise.all(
    [1, 1, 2].map(async (seed) => {
      const out = folder();
      const [file] = await simulateFolder(out, { ...options, seed });
      return fs.readFileSync(path.join(out, file!.name), 'utf8');
    }),
  );
  expect(contents[1]).toBe(contents[0]);
  expect(contents[2]).not.toBe(contents[0]);
});

it('replaces what it made before, and leaves what it did not', async () => {
  const out = folder();
  await simulateFolder(out, choice({}));
  fs.writeFileSync(path.join(out, 'notes.txt'), 'mine');
  await simulateFolder(out, { ...choice({ attacks: ['benign'] }), format: 'pcap' });
  expect(list(out)).toEqual(['Ennio_Doorbell/benign_traffic.pcap', 'SYNTHETIC.txt', 'notes.txt']);
});

it('writes nothing into a folder with something else', async () => {
  const out = folder();
  fs.writeFileSync(path.join(out, 'SYNTHETIC.txt'), 'a poem');
  await expect(simulateFolder(out, choice({}))).rejects.toThrow(
    `Cannot write to ${out}: it holds files that were not simulated (there is no SYNTHETIC.txt of botlab's); name a new or an empty folder.`,
  );
  expect(list(out)).toEqual(['SYNTHETIC.txt']);
  await expect(simulateFolder(`${out}/x`, choice({}))).rejects.toThrow('it does not exist');
});

it('tells its rows, and stops when told to, leaving whole files only', async () => {
  const told: string[] = [];
  const stop = new AbortController();
  const options: SimulatedFolderOptions = {
    ...choice({ attacks: ['benign', 'gafgyt.udp'] }),
    scale: 0.05,
    onProgress: (done, total) => told.push(`${done}/${total}`),
    signal: stop.signal,
  };
  const out = folder();
  await simulateFolder(out, options);
  expect(told.at(-1)).toBe('7152/7152');
  expect(told.length).toBeGreaterThan(2);
  const again = folder();
  const onProgress = (done: number): void => {
    if (done > 2000) stop.abort(new Error('enough'));
  };
  await expect(simulateFolder(again, { ...options, onProgress })).rejects.toThrow('enough');
  expect(list(again)).toEqual(['Ennio_Doorbell/benign_traffic.csv', 'SYNTHETIC.txt']);
  expect((await simulateFolder(again, choice({ attacks: ['benign'] })))[0]?.rows).toBe(39);
});
