import { InputError } from '@botlab/errors';
import { Random } from '@botlab/random';
import { codeColumns, findEdges } from './index';

/** One column. */
const column = (values: ArrayLike<number>) => {
  const x = Float32Array.from(values);
  return { x, rows: x.length, columns: 1 };
};
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());

it('tells apart all values where they are no more than bins', () => {
  const [edges] = findEdges(column([3, 1, 2, 3, 1]));
  expect([...edges!]).toEqual([1.5, 2.5]);
  expect(findEdges(column([7, 7, 7]))[0]).toHaveLength(0);
});

it('tells apart neighbouring float32', () => {
  const next = 1 + 2 ** -23;
  const data = column([1, next]);
  expect([...codeColumns(data, findEdges(data))]).toEqual([0, 1]);
});

it('sees a value that occurs once in many rows', () => {
  const values = new Float32Array(200_000).fill(1);
  values[123_456] = 2;
  expect([...findEdges(column(values))[0]!]).toEqual([1.5]);
});

it.each([3, 16, 255])('cuts many values into %d bins of about as many rows', (bins) => {
  const random = new Random(1, 'edges');
  const data = column(Float32Array.from({ length: 20_000 }, () => Math.exp(3 * normal(random))));
  const edges = findEdges(data, { bins });
  expect(edges[0]).toHaveLength(bins - 1);
  const held = new Array<number>(bins).fill(0);
  for (const code of codeColumns(data, edges)) held[code]! += 1;
  for (const rows of held) {
    expect(rows / (20_000 / bins)).toBeGreaterThan(0.9);
    expect(rows / (20_000 / bins)).toBeLessThan(1.1);
  }
});

it('gives a value that fills a bin one that it shares with fewer than half a bin of others', () => {
  const random = new Random(2, 'edges');
  const values = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 0 : normal(random)));
  const data = column(values);
  const codes = codeColumns(data, findEdges(data, { bins: 20 }));
  const bin = codes[0];
  expect(codes.every((code, i) => values[i] !== 0 || code === bin)).toBe(true);
  const others = codes.filter((code, i) => values[i] !== 0 && code === bin);
  expect(others.length).toBeLessThan(2000 / 19 / 2);
  expect(new Set(codes).size).toBeGreaterThanOrEqual(19);
});

it('is the same for a seed, and another sample for another', () => {
  const random = new Random(3, 'edges');
  const data = column(Float32Array.from({ length: 60_000 }, () => normal(random)));
  expect(findEdges(data, { seed: 1 })).toEqual(findEdges(data, { seed: 1 }));
  expect(findEdges(data, { seed: 1 })).not.toEqual(findEdges(data, { seed: 2 }));
});

it.each([1, 256, 2.5, NaN])('refuses %d bins', (bins) => {
  expect(() => findEdges(column([1, 2]), { bins })).toThrow(
    new InputError(`Cannot bin into ${bins} bins: expected 2 to 255.`),
  );
});
