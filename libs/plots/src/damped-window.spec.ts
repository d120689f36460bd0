import { dampedWindow } from './index';

const packets = [
  { time: 8, size: 300 },
  { time: 10, size: 60 },
];

it('weighs a packet by 2^(−λ Δt), and sums up weights and sizes', () => {
  const { data, description, layout } = dampedWindow(packets, [1, 0.5]);
  expect(data.filter(({ type }) => type === 'bar')).toMatchObject([
    { x: [-2, -0], y: [0.25, 1], yaxis: 'y' },
    { x: [-2, -0], y: [0.5, 1], yaxis: 'y2' },
  ]);
  // (0.25 · 300 + 60) / 1.25 and (0.5 · 300 + 60) / 1.5
  expect(description).toBe(
    'Weights of 2 packets. λ = 1: weight 1.25, mean size 108 bytes; λ = 0.5: weight 1.50, mean size 140 bytes.',
  );
  expect(layout.annotations).toMatchObject([
    { text: 'w = 1.25, mean 108 bytes' },
    { text: 'w = 1.50, mean 140 bytes' },
  ]);
});

it('refuses to draw nothing', () => {
  expect(() => dampedWindow([], [1])).toThrow(RangeError);
  expect(() => dampedWindow(packets, [])).toThrow('0 λ');
});
