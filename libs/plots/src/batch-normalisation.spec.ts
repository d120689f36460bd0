import { batchNormalisation } from './index';

const channels = [
  { name: 'low', values: Float32Array.of(-10, -12, -10, -8) },
  { name: 'high', values: [100, 300, 100, 100], gamma: 2, beta: 5 },
];

it('draws shares before, and around β after, with γ as their spread', () => {
  const { data, description } = batchNormalisation(channels, { bins: 4, epsilon: 0 });
  const [before, after] = data as { x: number[]; y: number[]; xaxis?: string }[];
  expect(before).toMatchObject({ name: 'low', y: [0, 100, 0, 0, 0, 0] });
  // Of both channels: from −√2, two deviations of "low", to 5 + 2√3.
  expect(after!.xaxis).toBe('x2');
  expect(after!.x[0]).toBeCloseTo(-Math.SQRT2, 10);
  expect(after!.x.at(-1)).toBeCloseTo(5 + 2 * Math.sqrt(3), 10);
  expect(description).toContain('high: mean 150 and standard deviation 86.6 become 5 and 2.');
});

it('refuses a channel without values', () => {
  expect(() => batchNormalisation([{ name: 'none', values: [] }])).toThrow(RangeError);
  expect(() => batchNormalisation([])).toThrow(RangeError);
});
