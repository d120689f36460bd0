import { ArrayPool } from './array-pool';

const MEGABYTE = 2 ** 18; // in float32

it('gives a released buffer to the next that asks for its size', () => {
  const pool = new ArrayPool();
  const first = pool.allocate(100);
  const second = pool.allocate(100);
  expect(second.buffer).not.toBe(first.buffer);
  pool.release(first);
  expect(pool.allocate(101).buffer).not.toBe(first.buffer);
  expect(pool.allocate(100).buffer).toBe(first.buffer);
});

it('knows its own arrays and their parts', () => {
  const pool = new ArrayPool();
  const array = pool.allocate(8);
  expect([array.length, pool.owns(array), pool.owns(array.subarray(3))]).toEqual([8, true, true]);
  expect(pool.owns(new Float32Array(8))).toBe(false);
  expect(pool.allocate(0)).toHaveLength(0);
});

it('keeps what a step of training needs for the next step', () => {
  const pool = new ArrayPool();
  const step = () => {
    const arrays = [300, 200, 100].map((megabytes) => pool.allocate(megabytes * MEGABYTE));
    for (const array of arrays) pool.release(array);
    return arrays.map(({ buffer }) => buffer);
  };
  const buffers = step();
  for (let i = 0; i < 3; i++) step().forEach((buffer, j) => expect(buffer).toBe(buffers[j]));
});

it('lets go of sizes that nobody asks for', () => {
  const pool = new ArrayPool();
  const old = Array.from({ length: 10 }, () => pool.allocate(10 * MEGABYTE));
  for (const array of old) pool.release(array);
  // Not as large as before, and yet the old ones must go: 100 and 32 megabytes in all may be held.
  const held = Array.from({ length: 9 }, () => pool.allocate(11 * MEGABYTE));
  for (const array of held) pool.release(array);
  const again = Array.from({ length: 10 }, () => pool.allocate(10 * MEGABYTE));
  const buffers = new Set(old.map(({ buffer }) => buffer));
  const kept = again.filter(({ buffer }) => buffers.has(buffer)).length;
  expect(kept).toBeLessThanOrEqual(3);
});
