import { CodedWalk } from './coded-walk';
import { downToFloat32 } from './down-to-float32';
import { fitForest } from './index';
import { makeRows } from './rows.fixture.spec';
import { ThresholdWalk } from './threshold-walk';

/** Float32 that are hard to tell from an edge, and it. */
const near = (edge: number): number[] => [
  ...[edge, downToFloat32(edge), -downToFloat32(-edge)],
  ...[edge * (1 - 2 ** -23), edge * (1 + 2 ** -23)],
];

it.each([undefined, 5])(
  'answers as bins do, at edges, beside and beyond them (levels %s)',
  async (levels) => {
    const made = { rows: 600, columns: 5, classes: 4, seed: 2 };
    const data = makeRows(levels === undefined ? made : { ...made, levels });
    const { parts } = await fitForest(data, { trees: 8, threads: 1 });
    const values = parts.edges.map((edges) => [
      ...[...edges].flatMap(near),
      ...[-3e38, 3e38, 0, -0],
    ]);
    const rows = Math.max(...values.map(({ length }) => length));
    const x = Float32Array.from({ length: rows * data.columns }, (_, i) => {
      const own = values[i % data.columns]!;
      return own[(Math.floor(i / data.columns) * ((i % data.columns) + 1)) % own.length]!;
    });
    const [byThresholds, byCodes] = [ThresholdWalk, CodedWalk].map((Walk) => {
      const sums = new Float64Array(rows * data.classes);
      new Walk(parts).add(x, rows, sums);
      return sums;
    });
    expect(byThresholds).toEqual(byCodes);
    expect(new Set(byCodes).size).toBeGreaterThan(5);
  },
);

it.each([
  [0.1, 0.09999999403953552],
  [-0.1, -0.10000000149011612],
  [0.5, 0.5],
  [1e-60, 0],
  [-1e-60, -(2 ** -149)],
])('the greatest float32 up to %d is %d', (number, float32) => {
  expect(downToFloat32(number)).toBe(float32);
  expect(Math.fround(float32)).toBe(float32);
});
