import fs from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FEATURE_NAMES, FEATURES, type Feature } from '@botlab/data';
import { skipIf } from '../../tools/testing/skip-if';
import { botlab, temporaryFolder } from './botlab';
import { cellsOf } from './captures';

const root = temporaryFolder();
afterAll(() => fs.rmSync(root, { recursive: true }));

const vectors = process.env['TRAFFIC_VECTORS'];
const noVectors =
  vectors === undefined
    ? 'captures of known features need TRAFFIC_VECTORS, their folder'
    : undefined;
skipIf(noVectors).describe('with the captures in TRAFFIC_VECTORS', () => {
  const oracle = join(vectors ?? '', 'oracle');
  const column = ({ block, window }: Feature, statistic: string): number =>
    FEATURE_NAMES.indexOf(`${block}_${window}_${statistic}`);

  /** How far a cell may be from the expected one: differences of squares cancel. */
  function tolerance(feature: Feature, expected: number[]): number {
    const value = Math.abs(expected[feature.index]!);
    switch (feature.statistic) {
      case 'variance':
      case 'std':
        return (
          1e-12 *
          (value ** (feature.statistic === 'std' ? 2 : 1) + expected[column(feature, 'mean')]! ** 2)
        );
      case 'radius':
      case 'covariance':
        return 1e-12 * (value + expected[column(feature, 'magnitude')]! ** 2);
      case 'pcc':
        return 1e-6;
      default:
        return 1e-12 * value;
    }
  }

  it.each(['packets.pcap.gz', 'packets.pcapng.gz', 'packets_snap96.pcap.gz'])('%s', (name) => {
    const known = gunzipSync(fs.readFileSync(join(oracle, 'features.csv.gz'))).toString();
    const out = join(root, `${name}.csv`);
    expect(botlab('extract', join(oracle, name), '-o', out).code).toBe(0);
    const expected = cellsOf(known);
    const rows = cellsOf(fs.readFileSync(out, 'utf8'));
    expect(rows).toHaveLength(3116);
    const wrong = rows.flatMap((row, i) =>
      FEATURES.filter((feature) => {
        const power = feature.statistic === 'std' ? 2 : 1;
        const [value, wanted] = [row[feature.index]!, expected[i]![feature.index]!];
        return !(Math.abs(value ** power - wanted ** power) <= tolerance(feature, expected[i]!));
      }).map((feature) => `packet ${i}, ${feature.name}`),
    );
    expect(wrong).toEqual([]);
  });
});
