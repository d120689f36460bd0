import * as tf from '@tensorflow/tfjs';
import { DeviceLost } from '../../engines/device-lost';
import { dispatchesSoFar, timeDispatches } from '../../engines/engine-in-use';
import { restartEngine } from '../../engines/use-engine';
import { Shader } from './shader';
import { itOnWebGPU } from './webgpu.fixture.spec';

const doubled = new Shader({
  label: 'doubled',
  bindings: { x: 'read', y: 'write' },
  uniforms: { size: 'u32', factor: 'f32', shift: 'i32' },
  constants: { LANES: 64 },
  code: `
@compute @workgroup_size(LANES)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < uniforms.size) { y[id.x] = x[id.x] * uniforms.factor + f32(uniforms.shift); }
}`,
});

const inPlace = new Shader({
  label: 'inPlace',
  bindings: { x: 'write' },
  code: '@compute @workgroup_size(1) fn main() { x[0] = x[0] + 1; }',
});

itOnWebGPU('reads what was computed, at once and later', async () => {
  const [a, b] = [tf.tensor1d([1, 2, 3]), tf.tensor1d([4, 5, 6])];
  expect(a.add(b).dataSync()).toEqual(Float32Array.of(5, 7, 9));
  const sum = a.add(b);
  const later = sum.data();
  expect(sum.dataSync()).toEqual(Float32Array.of(5, 7, 9)); // while the other is under way
  expect(await later).toEqual(Float32Array.of(5, 7, 9));
  expect(a.greater(tf.scalar(1)).dataSync()).toEqual(Uint8Array.of(0, 1, 1));
  expect(a.toInt().add(b.toInt()).dataSync()).toEqual(Int32Array.of(5, 7, 9));
  expect(tf.tensor([], [0, 3]).mul(2).dataSync()).toEqual(new Float32Array(0));
});

itOnWebGPU('runs a shader of ours with its numbers', (backend) => {
  const x = tf.tensor1d([1, 2, 3]);
  const before = dispatchesSoFar()!;
  const y = backend.make([3]);
  backend.dispatch(doubled, [x, y], [3, 2, -5], [1]);
  backend.dispatch(doubled, [x, y], [3, 0.5, 7], [1]); // other numbers do not get in the way of the first
  expect(dispatchesSoFar()! - before).toBe(2);
  expect(backend.readSync(y.dataId)).toEqual(Float32Array.of(7.5, 8, 8.5));
  expect(() => backend.dispatch(doubled, [x, y], [3, 2], [1])).toThrow(
    'doubled takes 3 numbers, got 2',
  );
});

itOnWebGPU('what a shader changes in place is read anew', (backend) => {
  const x = tf.tensor1d([1, 2]);
  expect(x.dataSync()[0]).toBe(1);
  backend.dispatch(inPlace, [x], [], [1]);
  expect(x.dataSync()).toEqual(Float32Array.of(2, 2));
});

itOnWebGPU('keeps no buffer that nobody holds, and few numbers', (backend) => {
  const x = tf.tensor1d([1, 2, 3]);
  const step = (i: number): void => {
    const y = backend.make([3]);
    backend.dispatch(doubled, [x, y], [3, i, 0], [1]);
    backend.disposeData(y.dataId);
  };
  for (let i = 0; i < 3000; i++) step(i); // more lists of numbers than are kept
  backend.flush();
  const { numBytesInGPU, numBytesAllocatedInGPU } = backend.memory();
  for (let i = 3000; i < 6000; i++) step(i);
  backend.flush();
  expect(backend.memory()).toMatchObject({ numBytesInGPU, numBytesAllocatedInGPU });
});

itOnWebGPU('times each dispatch by the clock of the card', async (backend) => {
  const x = tf.fill([1000], 2);
  const y = backend.make([1000]);
  const times = await timeDispatches(async () => {
    for (let i = 0; i < 2100; i++) backend.dispatch(doubled, [x, y], [1000, 2, 0], [16]); // beyond a set
    await x.square().data();
  });
  const found = new Map(times?.map(({ name, calls }) => [name, calls]));
  expect(found.get('doubled')).toBe(2100);
  expect(found.size).toBe(2); // and tfjs's program
  expect(times![0]).toMatchObject({ name: 'doubled', ms: expect.any(Number) as number });
  expect(times![0]!.ms).toBeGreaterThan(0);
  expect(y.shape).toEqual([1000]);
});

itOnWebGPU('a lost device is told by what reads from it, and starts anew', async (backend) => {
  const x = tf.tensor1d([1, 2, 3]);
  const y = x.mul(2);
  backend.device.destroy();
  expect(() => y.dataSync()).toThrow(DeviceLost);
  await expect(y.data()).rejects.toThrow('The device of the engine "webgpu" was lost');
  x.dispose();
  y.dispose();
  await restartEngine('webgpu');
  expect(tf.tensor1d([1, 2, 3]).mul(2).dataSync()).toEqual(Float32Array.of(2, 4, 6));
});

itOnWebGPU('what the driver refuses is not taken for a result', async () => {
  const broken = new Shader({ label: 'broken', bindings: { x: 'write' }, code: 'fn main( {' });
  const backend = tf.backend() as import('./backend').GPUBackend;
  const x = tf.tensor1d([1]);
  backend.dispatch(broken, [x], [], [1]);
  expect(() => x.dataSync()).toThrow(/was lost: Error while parsing WGSL/);
  await restartEngine('webgpu');
});

itOnWebGPU(
  'what is read is of the time of the call, whatever is changed in place then',
  async (backend) => {
    for (const next of ['data', 'dataSync'] as const) {
      const x = tf.tensor1d([1, 2]).square(); // which only the card has
      const pending = [x.data(), x.data()];
      backend.dispatch(inPlace, [x], [], [1]);
      expect(await Promise.all(pending)).toEqual([Float32Array.of(1, 4), Float32Array.of(1, 4)]);
      expect(await x[next]()).toEqual(Float32Array.of(2, 4)); // not what the late answers said
    }
  },
);

itOnWebGPU('what is read is a copy', async (backend) => {
  const made = [tf.tensor1d([1, 2]), tf.tensor1d([1, 1]).cumsum(), tf.tensor1d([1, 2], 'int32')];
  for (const x of [...made, tf.tensor1d([1, 0], 'bool')]) {
    const values = [...x.dataSync()];
    x.dataSync().fill(7);
    expect([...x.dataSync()]).toEqual(values);
    (await x.data()).fill(7);
    expect([...(await x.data())]).toEqual(values);
    backend.uploadToGPU(x.dataId);
    x.dataSync().fill(7);
    expect([...x.dataSync()]).toEqual(values);
  }
});

itOnWebGPU('a tensor may go while it is read, and a variable take another value', async () => {
  const x = tf.tensor1d([1, 2]).square();
  const pending = x.data();
  x.dispose();
  expect(await pending).toEqual(Float32Array.of(1, 4));
  const variable = tf.variable(tf.tensor1d([1, 2]).square());
  const old = variable.data();
  variable.assign(tf.tensor1d([5, 6]).square());
  expect(await old).toEqual(Float32Array.of(1, 4));
  expect(await variable.data()).toEqual(Float32Array.of(25, 36));
});

itOnWebGPU(
  'what goes to another buffer of the card is of the time of the call',
  async (backend) => {
    const x = tf.tensor1d([1, 2]).square();
    x.dataSync();
    backend.dispatch(inPlace, [x], [], [1]);
    const { tensorRef } = x.dataToGPU();
    backend.dispatch(inPlace, [x], [], [1]);
    expect(await tensorRef.data()).toEqual(Float32Array.of(2, 4));
    expect(await x.data()).toEqual(Float32Array.of(3, 4));
  },
);

describe('a dispatch is refused, and the device goes on', () => {
  const x = (): tf.Tensor1D => tf.tensor1d([1, 2, 3]);

  for (const groups of [2 ** 31, 2 ** 32 + 1, -1, 1.5, NaN]) {
    itOnWebGPU(`of ${groups} workgroups`, (backend) => {
      const y = tf.zeros([3]);
      for (const counts of [[groups], [1, groups], [1, 1, groups]] as const) {
        const run = (): void => backend.dispatch(doubled, [x(), y], [3, 2, 0], counts);
        expect(run).toThrow(RangeError);
        expect(run).toThrow('doubled takes whole numbers of workgroups from 0 to');
      }
      expect(y.dataSync()).toEqual(new Float32Array(3));
    });
  }

  for (const size of [2 ** 32, -1, 1.5, NaN]) {
    itOnWebGPU(`with ${size} for a size`, (backend) => {
      const run = (): void => backend.dispatch(doubled, [x(), tf.zeros([3])], [size, 2, 0], [1]);
      expect(run).toThrow(RangeError);
      expect(run).toThrow(`doubled takes whole numbers (u32) from 0 to 4294967295, got ${size}`);
      expect(x().mul(2).dataSync()).toEqual(Float32Array.of(2, 4, 6));
    });
  }

  itOnWebGPU('with fewer operands than bindings, or more', (backend) => {
    for (const operands of [[x()], [x(), x(), x()]]) {
      const run = (): void => backend.dispatch(doubled, operands, [3, 2, 0], [1]);
      expect(run).toThrow(`doubled takes 2 operands, not ${operands.length}`);
    }
  });

  itOnWebGPU('on operands that hold no float32 where they are written', (backend) => {
    const run = (): void => backend.dispatch(inPlace, [tf.tensor1d([1], 'int32')], [], [1]);
    expect(run).toThrow(TypeError);
    expect(run).toThrow('inPlace takes f32 as operand 1, not a tensor of int32');
  });

  itOnWebGPU('on a tensor larger than the card takes', (backend) => {
    const floats = backend.largestTensor / 4 + 1;
    const huge = backend.make([floats]);
    const run = (): void => backend.dispatch(doubled, [huge, tf.zeros([3])], [3, 2, 0], [1]);
    expect(run).toThrow(RangeError);
    expect(run).toThrow(/^Cannot make a tensor \[\d+\] of \d+\.\d\d GiB: this graphics card takes/);
    expect(() => tf.ones([2 ** 31, 3])).toThrow(RangeError);
    expect(x().mul(2).dataSync()).toEqual(Float32Array.of(2, 4, 6));
  });
});
