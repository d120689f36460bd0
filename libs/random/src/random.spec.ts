import { Random } from './random';

function first(random: Random): number[] {
  return Array.from({ length: 20 }, () => random.int(1000));
}

describe('Random', () => {
  it('repeats a stream', () => {
    expect(first(new Random(7, 'split'))).toEqual(first(new Random(7, 'split')));
  });
  it('is the same on every machine and in every version', () => {
    const random = new Random(42, 'golden', 1);
    expect([random.int(1e9), random.float(), random.int(2)]).toEqual([
      139882928, 0.479827392374376, 1,
    ]);
  });
  it('gives other numbers to another seed or stream', () => {
    const streams = [
      new Random(7),
      new Random(8),
      new Random(7, 'split'),
      new Random(7, 'batches', 1),
      new Random(7, 'batches', 2),
      new Random(7, 'batches', '2'),
    ].map((random) => first(random).join());
    expect(new Set(streams).size).toBe(streams.length);
  });
  it('draws whole numbers evenly', () => {
    const random = new Random(1);
    const counts = new Uint32Array(5);
    for (let i = 0; i < 50_000; i++) counts[random.int(5)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(new Random(1).int(1)).toBe(0);
  });
  it('draws floats evenly from [0, 1)', () => {
    const random = new Random(2);
    const values = Array.from({ length: 20_000 }, () => random.float());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(values.some((value) => (value * 2 ** 30) % 1 !== 0)).toBe(true);
  });
  it('shuffles evenly', () => {
    const random = new Random(3);
    const places = new Uint32Array(16);
    for (let i = 0; i < 8000; i++) {
      random
        .shuffle(Uint32Array.of(0, 1, 2, 3))
        .forEach((value, place) => (places[value * 4 + place]! += 1));
    }
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });
});
