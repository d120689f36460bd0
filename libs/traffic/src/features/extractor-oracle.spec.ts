import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { skipIf } from '../../../../tools/testing/skip-if';
import { FEATURE_NAMES, FEATURES, FeatureExtractor, PacketBatch, type Feature } from '..';
import { knownPackets } from '../capture/known-packet.fixture.spec';

const folder = process.env['TRAFFIC_VECTORS'];
const missing =
  folder === undefined
    ? 'no packets whose features are known: set TRAFFIC_VECTORS to the folder of oracle/ and real5/'
    : undefined;

/** The cells of a CSV file, the header's apart. */
function cells(...names: string[]): { header: string[]; rows: string[][] } {
  const file = path.join(folder ?? '', ...names);
  const bytes = fs.readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return { header, rows };
}

/** The packets of a packets.csv. */
function packets(...names: string[]): PacketBatch {
  const known = knownPackets(fs.readFileSync(path.join(folder ?? '', ...names), 'utf8'));
  const batch = new PacketBatch(known.length);
  for (const [i, { source, destination, ...fields }] of known.entries()) {
    for (const [name, value] of Object.entries(fields))
      batch[name as keyof typeof fields][i] = value;
    batch.source.set(source, 4 * i);
    batch.destination.set(destination, 4 * i);
  }
  batch.size = known.length;
  return batch;
}

const column = ({ block, window }: Feature, statistic: string): number =>
  FEATURE_NAMES.indexOf(`${block}_${window}_${statistic}`);
/** For each column the one whose square is the scale of its rounding errors, if it has one. */
const LEVELS = FEATURES.map((feature) => {
  switch (feature.statistic) {
    case 'variance':
    case 'std':
      return column(feature, 'mean');
    case 'radius':
    case 'covariance':
      return column(feature, 'magnitude');
    default:
      return undefined;
  }
});

/** Whether two rows say the same in a column, but for rounding: differences of squares cancel. */
function agrees({ index, statistic }: Feature, row: Float64Array, expected: number[]): boolean {
  const power = statistic === 'std' ? 2 : 1;
  const value = row[index]! ** power;
  const wanted = expected[index]! ** power;
  if (statistic === 'pcc') return Math.abs(value - wanted) <= 1e-6;
  const level = LEVELS[index];
  const noise = level === undefined ? 0 : expected[level]! ** 2;
  return Math.abs(value - wanted) <= 1e-12 * (Math.abs(wanted) + noise);
}

skipIf(missing).describe('with the vectors in TRAFFIC_VECTORS', () => {
  const row = new Float64Array(FEATURES.length);

  it('gives the features of an independent implementation, packet by packet', () => {
    const batch = packets('oracle', 'packets.csv');
    const { header, rows } = cells('oracle', 'features.csv.gz');
    expect(header).toEqual(FEATURE_NAMES);
    expect(batch.size).toBe(3116);
    expect(rows).toHaveLength(batch.size);
    const extractor = new FeatureExtractor();
    const wrong: string[] = [];
    for (let i = 0; i < batch.size; i++) {
      extractor.update(batch, i);
      extractor.write(row);
      const expected = rows[i]!.map(Number);
      for (const feature of FEATURES)
        if (!agrees(feature, row, expected))
          wrong.push(
            `packet ${i}, ${feature.name}: ${row[feature.index]}, not ${expected[feature.index]}`,
          );
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  it('gives the published rows of Ennio gafgyt udp', () => {
    const batch = packets('real5', 'packets.csv');
    const observed = cells('real5', 'packets.csv').rows.map((cells) => cells.at(-1) === 'observed');
    const { header, rows } = cells('real5', 'expected_rows_of_A_packets.csv');
    expect(header).toEqual(FEATURE_NAMES);
    expect(rows).toHaveLength(5);
    const extractor = new FeatureExtractor();
    const wrong: string[] = [];
    let published = 0;
    for (let i = 0; i < batch.size; i++) {
      extractor.update(batch, i);
      if (!observed[i]) continue;
      extractor.write(row);
      const expected = rows[published++]!.map(Number);
      for (const [at, name] of FEATURE_NAMES.entries())
        if (!(Math.abs(row[at]! - expected[at]!) <= 1e-12 * Math.abs(expected[at]!)))
          wrong.push(`row ${published}, ${name}: ${row[at]}, not ${expected[at]}`);
    }
    expect(published).toBe(5);
    expect(wrong).toEqual([]);
  });
});
