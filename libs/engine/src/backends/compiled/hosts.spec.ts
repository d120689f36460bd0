import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { skipIf } from '../../../../../tools/testing/skip-if';
import type { Argument, Host } from './host';
import { type Addon, NativeHost } from './native-host';
import { WasmHost } from './wasm-host';

const file =
  process.env['BOTLAB_ADDON'] ??
  join(__dirname, '..', '..', '..', 'dist', 'native', 'kernels.node');
const missing = existsSync(file)
  ? undefined
  : 'the build compiled no kernels: install a C++ compiler, then npm run build';

const HOSTS: readonly (readonly [string, string | undefined, () => Host])[] = [
  [
    'native',
    missing,
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an addon, which only require loads
    () => new NativeHost(require(file) as Addon),
  ],
  ['wasm', undefined, () => new WasmHost()],
  ['wasm without relaxed SIMD', undefined, () => new WasmHost({ plain: true })],
];

for (const [name, reason, make] of HOSTS) {
  skipIf(reason).describe(`the host ${name}`, () => {
    let host: Host;
    beforeAll(() => (host = make()));

    /** What a call throws: by its name, as an addon's errors are not of the test's own classes. */
    function failureOf(call: () => unknown): { name: string; message: string } {
      try {
        call();
      } catch (error) {
        const { name, message } = error as Error;
        return { name, message };
      }
      throw new Error('nothing was refused');
    }

    /** How `fill` refuses, on four floats, which it has to leave alone. */
    function refusal(items: number, grain: number, ...args: unknown[]) {
      const out = host.allocate(4).fill(7);
      const operands = args.length > 0 ? args : [out, 1];
      const failure = failureOf(() => host.run('fill', items, grain, operands as Argument[]));
      expect([...out]).toEqual([7, 7, 7, 7]);
      host.release(out);
      return failure;
    }

    // 2 ** 32 + 1 wraps to 1, which would be one item of memory that the caller takes for filled.
    it.each([2 ** 31, 2 ** 31 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 53, Infinity, -1, NaN, 1.5])(
      'refuses %d items',
      (items) => {
        const { name, message } = refusal(items, 1);
        expect(name).toBe('RangeError');
        expect(message).toContain('"fill" takes a whole number of items from 0 to 2147482623');
      },
    );

    it.each([0, -1, 2 ** 31, 2 ** 32 + 1, NaN, 1.5])('refuses a grain of %d items', (grain) => {
      const { name, message } = refusal(4, grain);
      expect(name).toBe('RangeError');
      expect(message).toContain('"fill" takes a whole number of items from 1 for a grain');
    });

    it('has nothing to do for 0 items', () => {
      const out = host.allocate(1).fill(7);
      host.run('fill', 0, 1, [out, 1]);
      expect([...out]).toEqual([7]);
      host.release(out);
    });

    it.each<[string, unknown]>([
      ['a number', 64],
      ['an address', 2 ** 40],
      ['an Int32Array', new Int32Array(4)],
      ['a Float64Array', new Float64Array(4)],
      ['a list', [1, 2, 3, 4]],
      ['nothing', undefined],
      ['a text', 'values'],
    ])('refuses %s where it takes the address of floats', (_, argument) => {
      expect(refusal(4, 1, argument, 1)).toEqual({
        name: 'TypeError',
        message: '"fill" takes a Float32Array or null as argument 1',
      });
    });

    it.each<[string, unknown]>([
      ['an array', new Float32Array(4)],
      ['null', null],
      ['nothing', undefined],
      ['a text', '1'],
    ])('refuses %s where it takes a number', (_, argument) => {
      expect(refusal(4, 1, new Float32Array(4), argument)).toEqual({
        name: 'TypeError',
        message: '"fill" takes a number as argument 2',
      });
    });

    it('refuses integers of another size', () => {
      const [out, x] = [host.allocate(2), host.allocate(4)];
      const gather = (places: Argument): void =>
        host.run('gatherRows', 2, 8, [out, x, places, 2, 4, 1]);
      const message = '"gatherRows" takes an Int32Array or null as argument 3';
      for (const places of [Uint8Array.of(1, 2), Float32Array.of(1, 2)]) {
        expect(() => gather(places)).toThrow(message);
      }
      expect(() => host.run('castBytes', 2, 8, [out, Int32Array.of(1, 2)])).toThrow(
        '"castBytes" takes a Uint8Array or null as argument 2',
      );
      x.set([10, 11, 12, 13]);
      gather(Int32Array.of(3, 1));
      expect([...out]).toEqual([13, 11]);
      for (const array of [out, x]) host.release(array);
    });

    it('refuses floats of another size', () => {
      const add = (scores: Argument): void =>
        host.run('treeAdd', 1, 8, [Int32Array.of(0), 0, 0.5, scores]);
      for (const scores of [new Float32Array(1), new Int32Array(1)]) {
        expect(() => add(scores)).toThrow('"treeAdd" takes a Float64Array or null as argument 4');
      }
    });

    it('gives bytes from a cache line on, for arrays of any type', () => {
      const arrays = [1, 8, 1000].map((length, i) => {
        const { buffer, byteOffset } = host.reserve(8 * length);
        return new Float64Array(buffer, byteOffset, length).fill(i);
      });
      host.run('treeAdd', 1, 8, [Int32Array.of(7), 0, 0.5, arrays[1]!]);
      expect([...arrays[1]!]).toEqual([1, 1, 1, 1, 1, 1, 1, 1.5]);
      expect(arrays[2]!.every((value) => value === 2)).toBe(true);
      for (const array of arrays) host.free(array);
      expect(failureOf(() => host.reserve(2 ** 50)).name).toBe('RangeError');
    });

    it.each([1.5, NaN, 2 ** 31, -(2 ** 31) - 1, 2 ** 32 + 4])('refuses a size of %d', (width) => {
      const [out, x] = [host.allocate(4).fill(7), host.allocate(4)];
      const copy = (): void => host.run('copyRows', 4, 4, [out, 4, x, 4, width]);
      expect(copy).toThrow('"copyRows" takes a whole number of 32 bits as argument 5');
      expect([...out]).toEqual([7, 7, 7, 7]);
      for (const array of [out, x]) host.release(array);
    });

    it('takes every number where it takes one', () => {
      const out = host.allocate(4);
      for (const value of [NaN, -Infinity, 0.5, -0, 2 ** 40]) {
        host.run('fill', 4, 4, [out, value]);
        expect([...out]).toEqual([value, value, value, value]);
      }
      host.release(out);
    });

    it('refuses more arguments than there are, and fewer', () => {
      const [out] = [host.allocate(4)];
      const message = (n: number): string => `"fill" takes 2 arguments, not ${n}`;
      expect(() => host.run('fill', 1, 1, [])).toThrow(message(0));
      expect(() => host.run('fill', 1, 1, [out, 1, 2])).toThrow(message(3));
      expect(() => host.run('absent', 1, 1, [])).toThrow('has no kernel "absent"');
    });

    it.each([-1, 1.5, NaN, Infinity, 2 ** 53])('refuses to allocate %d floats', (floats) => {
      const { name, message } = failureOf(() => host.allocate(floats));
      expect(name).toBe('RangeError');
      expect(message).toContain('expected a whole number from 0');
    });

    it('refuses to allocate more than there is, and goes on', () => {
      const before = host.allocate(4).fill(3);
      const { name, message } = failureOf(() => host.allocate(2 ** 50));
      expect(name).toBe('RangeError');
      expect(message).toMatch(
        /^Cannot allocate an array of 4194304\.00 GiB: 0\.\d\d GiB are in use, and /,
      );
      expect([...before]).toEqual([3, 3, 3, 3]);
      expect(host.allocate(0)).toHaveLength(0);
      host.release(before);
    });
  });
}
