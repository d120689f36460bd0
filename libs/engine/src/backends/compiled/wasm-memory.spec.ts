import { WasmMemory } from './wasm-memory';

const BEGIN = 1_000;
const GIB_FLOATS = 2 ** 28;

function newMemory(): WasmMemory {
  return new WasmMemory(
    new WebAssembly.Memory({ initial: 1, maximum: 2 ** 16, shared: true }),
    BEGIN,
  );
}

describe('WasmMemory', () => {
  it('gives arrays of their own, each from a cache line on, behind what is the module’s', () => {
    const memory = newMemory();
    const arrays = [0, 1, 15, 16, 17, 1_000].map((floats, i) => {
      const array = memory.allocate(floats).fill(i);
      expect(array).toHaveLength(floats);
      return array;
    });
    for (const [i, array] of arrays.entries()) {
      expect(array.byteOffset % 64).toBe(0);
      expect(array.byteOffset).toBeGreaterThanOrEqual(BEGIN);
      expect(array.every((value) => value === i)).toBe(true);
    }
    expect(new Set(arrays.map(({ byteOffset }) => byteOffset)).size).toBe(arrays.length);
  });

  it('arrays from before it grew stay what they are', () => {
    const memory = newMemory();
    const before = memory.allocate(8).fill(7);
    const { buffer } = memory.memory;
    const after = memory.allocate(2 ** 25);
    expect(memory.memory.buffer).not.toBe(buffer);
    after[after.length - 1] = 1;
    expect([...before, after[after.length - 1]]).toEqual([7, 7, 7, 7, 7, 7, 7, 7, 1]);
    expect([before, after].map((array) => memory.owns(array))).toEqual([true, true]);
    new Float32Array(memory.memory.buffer, before.byteOffset, 1)[0] = 8;
    expect(before[0]).toBe(8);
  });

  it('grows only while more is in use than ever before', () => {
    const memory = newMemory();
    const grow = jest.spyOn(memory.memory, 'grow');
    for (let step = 0; step < 100; step++) {
      const arrays = [3e6, 5, 2e7, 1e5].map((floats) => memory.allocate(floats));
      for (const array of arrays) memory.release(array);
    }
    expect(grow.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('owns its arrays and views of them, and no others', () => {
    const memory = newMemory();
    const array = memory.allocate(8);
    expect(memory.owns(array.subarray(2))).toBe(true);
    expect(memory.owns(new Int32Array(array.buffer, array.byteOffset, 8))).toBe(true);
    expect(memory.owns(new Float32Array(8))).toBe(false);
    expect(memory.owns(newMemory().allocate(8))).toBe(false);
  });

  it('takes back an array once', () => {
    const memory = newMemory();
    const array = memory.allocate(100);
    expect(() => memory.release(array.subarray(16))).toThrow(RangeError);
    memory.release(array);
    expect(() => memory.release(array)).toThrow(RangeError);
    expect(memory.allocate(100).byteOffset).toBe(array.byteOffset);
  });

  it('says so where 4 GiB are not enough, and goes on', () => {
    const memory = newMemory();
    const arrays = [0, 1, 2].map(() => memory.allocate(GIB_FLOATS));
    expect(arrays[2]![GIB_FLOATS - 1]).toBe(0);
    expect(() => memory.allocate(GIB_FLOATS)).toThrow(
      new RangeError(
        'Cannot allocate an array of 1.00 GiB: 3.00 GiB are in use, and WebAssembly ends at 4 GiB.',
      ),
    );
    expect(memory.allocate(GIB_FLOATS / 2)).toHaveLength(GIB_FLOATS / 2);
    memory.release(arrays[1]!);
    expect(memory.allocate(GIB_FLOATS).byteOffset).toBe(arrays[1]!.byteOffset);
  });

  it('says so where the system has no more', () => {
    const memory = newMemory();
    jest.spyOn(memory.memory, 'grow').mockImplementation(() => {
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
    });
    expect(() => memory.allocate(GIB_FLOATS)).toThrow(
      'Cannot allocate an array of 1.00 GiB: 0.00 GiB are in use, and the system gives no more.',
    );
    expect(memory.allocate(16)).toHaveLength(16);
  });
});
