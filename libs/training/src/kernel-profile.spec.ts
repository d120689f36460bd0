import { useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { profileKernels } from './kernel-profile';

beforeAll(() => useEngine('reference'));

/** A clock that stands still but where work is said to take its time. */
let now = 0;
const busy = (ms: number): void => void (now += ms);
beforeEach(() => jest.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => jest.restoreAllMocks());

const work = (): Promise<void> => {
  tf.tidy(() =>
    tf
      .ones([50, 50])
      .matMul(tf.ones([50, 50]))
      .relu()
      .relu(),
  );
  return Promise.resolve();
};
const functions = (): unknown[] =>
  tf.getKernelsForBackend('reference').map(({ kernelFunc }) => kernelFunc);

it('counts the calls of each kernel, and shares out the time', async () => {
  const { ms, outsideMs, kernels } = await profileKernels(async () => {
    await work();
    busy(20);
  });
  const calls = Object.fromEntries(kernels.map(({ name, calls }) => [name, calls]));
  expect(calls).toMatchObject({ BatchMatMul: 1, Relu: 2 });
  expect(outsideMs).toBe(20);
  const sum = kernels.reduce((total, kernel) => total + kernel.ms, outsideMs);
  expect(sum).toBeCloseTo(ms, 6);
  expect(kernels.map((kernel) => kernel.ms)).toEqual(
    kernels.map((kernel) => kernel.ms).sort((a, b) => b - a),
  );
});

it('gives a kernel no time of those that it calls', async () => {
  const kernel = (kernelName: string, inside: () => void): tf.KernelConfig => ({
    kernelName,
    backendName: 'reference',
    kernelFunc: () => {
      inside();
      return [];
    },
  });
  const call = (name: string) => tf.engine().runKernel(name, {}, {});
  tf.registerKernel(kernel('Inner', () => busy(30)));
  tf.registerKernel(
    kernel('Outer', () => {
      call('Inner');
      call('Inner');
      busy(5);
    }),
  );
  const { kernels } = await profileKernels(() => {
    call('Outer');
    return Promise.resolve();
  });
  for (const name of ['Inner', 'Outer']) tf.unregisterKernel(name, 'reference');
  expect(kernels).toEqual([
    { name: 'Inner', calls: 2, ms: 60 },
    { name: 'Outer', calls: 1, ms: 5 },
  ]);
});

it('leaves the kernels as they were, after an error too', async () => {
  const before = functions();
  await profileKernels(work);
  expect(functions()).toEqual(before);
  let inside = before;
  const failing = profileKernels(() => {
    inside = functions();
    return Promise.reject(new Error('inside'));
  });
  await expect(failing).rejects.toThrow('inside');
  expect(inside).not.toEqual(before);
  expect(functions()).toEqual(before);
});
