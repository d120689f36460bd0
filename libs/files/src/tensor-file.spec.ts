import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import fc from 'fast-check';
import { readTensorFile as read, writeTensorFile } from './index';
import { newFolder } from './temporary-folder.fixture.spec';

const path = join(newFolder(), 'x.safetensors');
const words = { what: 'the checkpoint', mend: 'train again' };
const readTensorFile = (from: string) => read(from, words);

const arrays = [
  { name: 'dense/kernel', shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 7) },
  { name: 'dense/bias', shape: [1], values: Float32Array.of(0.1) },
  { name: 'codes', shape: [3], values: Uint8Array.of(1, 2, 255) },
  { name: 'nodes', shape: [2], values: Int32Array.of(-1, 2 ** 31 - 1) },
  { name: 'edges', shape: [1, 1], values: Float64Array.of(Math.PI) },
];

beforeEach(() => writeTensorFile(path, { arrays, metadata: { note: 'ünïcode' } }));

it('reads what it wrote', () => {
  const file = readTensorFile(path);
  expect(file.arrays).toEqual(arrays);
  expect(file.metadata).toEqual({
    note: 'ünïcode',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

it('is laid out as safetensors: length, JSON header, data', () => {
  const bytes = readFileSync(path);
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, unknown>;
  expect(header['dense/bias']).toEqual({ dtype: 'F32', shape: [1], data_offsets: [24, 28] });
  expect(bytes.readFloatLE(8 + length + 8)).toBe(3.5);
  expect(length % 8).toBe(0);
});

it('reads arrays of any shape', () => {
  const anyArray = fc
    .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
    .chain((shape) =>
      fc
        .float32Array({ minLength: size(shape), maxLength: size(shape) })
        .map((values) => ({ shape, values })),
    );
  fc.assert(
    fc.property(fc.array(anyArray, { maxLength: 4 }), (list) => {
      const named = list.map((array, i) => ({ name: `array ${i}`, ...array }));
      writeTensorFile(path, { arrays: named, metadata: {} });
      expect(readTensorFile(path).arrays).toEqual(named);
    }),
    { numRuns: 30 },
  );
});

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

it('refuses a file in which any byte differs, or that is cut anywhere', () => {
  const whole = readFileSync(path);
  const damaged = fc.oneof(
    fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
    fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
      const copy = Buffer.from(whole);
      copy[at] = copy[at]! ^ flip;
      return copy;
    }),
  );
  const content = readTensorFile(path);
  let refused = 0;
  fc.assert(
    fc.property(damaged, (bytes) => {
      writeFileSync(path, bytes);
      try {
        // A blank that turns into another blank is no damage.
        expect(readTensorFile(path)).toEqual(content);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as Error).message).toMatch(/^Cannot read the checkpoint .*; train again\.$/);
        refused += 1;
      }
    }),
    { numRuns: 1000, seed: 1 },
  );
  expect(refused).toBeGreaterThan(980);
});

it('refuses a file whose header says another type of the same width', () => {
  const bytes = readFileSync(path);
  const text = bytes.toString('latin1').replace('"dtype":"I32"', '"dtype":"F32"');
  writeFileSync(path, Buffer.from(text, 'latin1'));
  expect(() => readTensorFile(path)).toThrow('its checksum does not match its content');
});
