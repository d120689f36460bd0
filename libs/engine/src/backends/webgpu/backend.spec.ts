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
