import { Random } from '@botlab/random';
import { writeShortest } from './shortest-decimal';

const out = new Uint8Array(40);
const value = new Float64Array(1);
const bits = new Uint32Array(value.buffer);

/** The text of a number, undefined where it is left to the language. */
function shortest(x: number): string | undefined {
  const length = writeShortest(x, out, 3);
  return length === 0 ? undefined : Buffer.from(out.buffer, 3, length).toString('latin1');
}

/** The numbers that are written otherwise than the language does, and how many are left to it. */
function compared(numbers: Iterable<number>): { wrong: string[]; left: number } {
  const wrong: string[] = [];
  let left = 0;
  for (const x of numbers) {
    const text = shortest(x);
    if (text === undefined) left++;
    else if (text !== String(x)) wrong.push(`${x} as ${text}`);
  }
  return { wrong, left };
}

function* many<T>(count: number, make: (random: Random) => T, name: string): Generator<T> {
  const random = new Random(1, name);
  for (let i = 0; i < count; i++) yield make(random);
}

/** A number of random bits whose exponent lies between two. */
function withExponent(random: Random, from: number, to: number): number {
  bits[0] = random.int(2 ** 32);
  bits[1] = random.int(2 ** 20) | ((1023 + from + random.int(to - from)) << 20);
  if (random.int(2) === 1) bits[1] |= 0x80000000;
  return value[0]!;
}

it.each<[string, (random: Random) => number]>([
  ['any bits', (random) => withExponent(random, -19, 69)],
  [
    'any bits with many zeros',
    (random) => {
      const x = withExponent(random, -19, 69);
      value[0] = x;
      bits[0] = 0;
      bits[1]! &= ~((1 << random.int(20)) - 1) >>> 0;
      return value[0];
    },
  ],
  [
    'the neighbours of decimals',
    (random) => {
      value[0] = Number((random.float() * 10 ** random.int(12)).toPrecision(1 + random.int(17)));
      bits[0]! += random.int(5) - 2;
      return value[0];
    },
  ],
  ['quotients of small numbers', (random) => (1 + random.int(3000)) / (1 + random.int(3000))],
  ['whole numbers', (random) => Math.floor(random.float() * 10 ** random.int(21))],
  ['times', (random) => 1_505_661_693 + Math.floor(random.float() * 1e6) / 1e6],
])('writes %s as the language does', (name, make) => {
  const { wrong, left } = compared(many(100_000, make, name));
  expect(wrong).toEqual([]);
  if (name !== 'any bits with many zeros' && name !== 'whole numbers')
    expect(left).toBeLessThan(5000);
});

it('writes the neighbours of each power of ten and of two', () => {
  const edges: number[] = [];
  for (let k = -6; k <= 21; k++) edges.push(Number(`1e${k}`));
  for (let k = -20; k <= 70; k++) edges.push(2 ** k);
  const numbers = edges.flatMap((edge) =>
    Array.from({ length: 2001 }, (_, i) => {
      value[0] = edge;
      const low = bits[0]! + (i - 1000);
      bits[1]! += Math.floor(low / 2 ** 32);
      bits[0] = low;
      return value[0];
    }),
  );
  expect(compared(numbers).wrong).toEqual([]);
});

it.each([
  [0.3, '0.3'],
  [-0.1 - 0.2, '-0.30000000000000004'],
  [123456.7, '123456.7'],
  [9007199254740993e3, '9007199254740993000'],
  [0.0000012345678901234567, '0.0000012345678901234567'],
  [5e-6, '0.000005'],
])('writes %d', (x, text) => {
  expect(shortest(x)).toBe(text);
  expect(String(x)).toBe(text);
});

it('leaves to the language what has another form', () => {
  for (const x of [0, -0, NaN, Infinity, -Infinity, 5e-324, 1e-7, 1e21, 9.99e-7, 1e300])
    expect(shortest(x)).toBeUndefined();
});
