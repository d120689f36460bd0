import util from 'node:util';
import { runInNewContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { load } from './tensorflow';

const gpu = '@tensorflow/tfjs-node-gpu';
const cpu = '@tensorflow/tfjs-node';

/** What loads packages where only these are installed; each does what its function does when it is loaded. */
function installed(packages: Record<string, () => void>, manifest: { name?: string } = {}) {
  return (path: string): unknown => {
    const [name = '', file] = path.split('/package');
    const main = packages[name];
    if (main === undefined) {
      const error = new Error(`Cannot find module '${path}'\nRequire stack:\n- somewhere`);
      throw Object.assign(error, { code: 'MODULE_NOT_FOUND' });
    }
    return file === undefined ? main() : { name, version: '4.22.0', ...manifest };
  };
}

/** What tfjs-node does: it brings its backend, and takes it into use. */
function bringBackend(isUsingGpuDevice = false): void {
  const makeCpu = tf.findBackendFactory('cpu') as () => tf.KernelBackend;
  const binding = { TF_Version: '2.9.1' };
  const make = (): tf.KernelBackend => Object.assign(makeCpu(), { isUsingGpuDevice, binding });
  tf.registerBackend('tensorflow', make, 3);
  void tf.setBackend('tensorflow');
}
const bringCpu = (): void => bringBackend();

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => {
  if (tf.findBackendFactory('tensorflow') !== null) tf.removeBackend('tensorflow');
  for (const { kernelName } of tf.getKernelsForBackend('tensorflow')) {
    tf.unregisterKernel(kernelName, 'tensorflow');
  }
});

it('without a package, it says so of each and how to install one', () => {
  expect(load(installed({}))).toEqual({
    available: false,
    reason: `${gpu} is not installed; ${cpu} is not installed`,
    remedy: expect.stringMatching(
      /^npm run install:tensorflow .*CUDA 11\.2 and cuDNN 8\.1.*tfjs-node@.*the engine webgpu/,
    ) as string,
  });
});

it.each([
  [gpu, true, 'GPU'],
  [gpu, false, 'CPU (found no GPU with CUDA 11.2 and cuDNN 8.1)'],
  [cpu, false, 'CPU'],
])('%s, GPU %s, brings the backend and gets the fused operations', (name, isGpu, device) => {
  expect(load(installed({ [name]: () => bringBackend(isGpu) }))).toEqual({
    available: true,
    detail: `${name} 4.22.0, TensorFlow 2.9.1, ${device}`,
  });
  const kernels = tf.getKernelsForBackend('tensorflow').map(({ kernelName }) => kernelName);
  expect(kernels.sort()).toEqual(['FusedGRU', 'FusedGRUGrad', 'FusedLSTM', 'FusedLSTMGrad']);
});

it('the GPU comes first', () => {
  const main = jest.fn();
  const status = load(installed({ [cpu]: main, [gpu]: bringCpu }));
  expect(status).toMatchObject({ detail: expect.stringContaining(gpu) as string });
  expect(main).not.toHaveBeenCalled();
});

it('is found in NODE_PATH, and loaded once', () => {
  const before = process.env['NODE_PATH'];
  process.env['NODE_PATH'] = ['/first', '/second'].join(process.platform === 'win32' ? ';' : ':');
  const main = jest.fn(bringCpu);
  const places = ['/first', '/second'].map((folder) => [`${folder}/${cpu}`, main]);
  const status = load(
    installed(Object.fromEntries(places) as Record<string, () => void>, { name: cpu }),
  );
  if (before === undefined) delete process.env['NODE_PATH'];
  else process.env['NODE_PATH'] = before;
  expect(status).toMatchObject({ detail: expect.stringContaining(`${cpu} 4.22.0`) as string });
  expect(main).toHaveBeenCalledTimes(1);
});

it('an alias of another package is not it, and is not loaded', () => {
  const main = jest.fn();
  const status = load(installed({ [cpu]: main }, { name: '@tensorflow/tfjs' }));
  expect(status).toMatchObject({
    reason: expect.stringContaining(`${cpu} is not installed`) as string,
  });
  expect(main).not.toHaveBeenCalled();
});

it('a package that brings no backend is told', () => {
  const status = load(installed({ [gpu]: () => undefined }));
  expect(status).toMatchObject({
    reason: `${gpu} brings no backend "tensorflow"; ${cpu} is not installed`,
  });
});

describe('a package that cannot be loaded', () => {
  const broken = (): never => {
    throw new Error('libtensorflow.so.2: cannot open shared object file. \nMore lines');
  };

  it('leaves the next one its chance', () => {
    const status = load(installed({ [gpu]: broken, [cpu]: bringCpu }));
    expect(status).toMatchObject({ detail: expect.stringContaining(`${cpu} 4.22.0`) as string });
  });
  it('is told with the first line of its error', () => {
    expect(load(installed({ [gpu]: broken }))).toMatchObject({
      reason: `${gpu} cannot be loaded (libtensorflow.so.2: cannot open shared object file); ${cpu} is not installed`,
    });
  });
});

describe('of what a package does to tfjs, its backend alone is left', () => {
  it('the backend in use stays, and the default is not the new one', () => {
    const registered = jest.spyOn(tf.engine(), 'registerBackend');
    load(installed({ [cpu]: bringCpu }));
    expect(tf.getBackend()).toBe('cpu');
    expect(registered.mock.calls.map(([name, , priority]) => [name, priority])).toEqual([
      ['tensorflow', 3],
      ['tensorflow', 0],
    ]);
    registered.mockRestore();
  });

  it('kernels, gradients and methods stay, new kernels come, and nothing is said', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const [kernel, gradient] = [tf.getKernel('Add', 'cpu'), tf.getGradient('Add')];
    const prototype = tf.Tensor.prototype as unknown as Record<string, unknown>;
    const method = prototype['add'];
    const kernelFunc = jest.fn();
    const status = load(
      installed({
        [cpu]: () => {
          bringBackend();
          tf.registerKernel({ kernelName: 'Add', backendName: 'cpu', kernelFunc });
          tf.registerKernel({ kernelName: 'Cos', backendName: 'tensorflow', kernelFunc });
          tf.registerGradient({ kernelName: 'Add', gradFunc: jest.fn() });
          prototype['add'] = jest.fn();
        },
      }),
    );
    expect(status.available).toBe(true);
    expect(tf.getKernel('Add', 'cpu')).toBe(kernel);
    expect(tf.getGradient('Add')).toBe(gradient);
    expect(prototype['add']).toBe(method);
    expect(tf.getKernel('Cos', 'tensorflow').kernelFunc).toBe(kernelFunc);
    expect(warn).not.toHaveBeenCalled();
    expect(tf.env().getBool('PROD')).toBe(false);
    warn.mockRestore();
  });

  it('also where it fails', () => {
    const gradient = tf.getGradient('Add');
    load(
      installed({
        [cpu]: () => {
          tf.registerGradient({ kernelName: 'Add', gradFunc: jest.fn() });
          throw new Error('too late');
        },
      }),
    );
    expect(tf.getGradient('Add')).toBe(gradient);
    expect(tf.env().getBool('PROD')).toBe(false);
  });

  it('and node:util has what the package calls, though Node took it away', () => {
    const nodeUtil = util as unknown as Record<string, unknown>;
    const before = nodeUtil['isNullOrUndefined'];
    delete nodeUtil['isNullOrUndefined'];
    let found: unknown;
    load(
      installed({
        [cpu]: () => {
          bringBackend();
          found = nodeUtil['isNullOrUndefined'];
        },
      }),
    );
    const isNullOrUndefined = found as (value: unknown) => boolean;
    expect([null, undefined, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
    if (before !== undefined) nodeUtil['isNullOrUndefined'] = before;
  });
});

describe('the backend', () => {
  it('throws where a kernel throws, also while tfjs profiles it', async () => {
    load(installed({ [cpu]: bringCpu }));
    await tf.setBackend('tensorflow');
    const failing = (): tf.TensorInfo => {
      throw new Error('out of order');
    };
    const kernel = { kernelName: 'Cos', backendName: 'tensorflow', kernelFunc: failing };
    tf.registerKernel(kernel);
    await expect(tf.profile(() => tf.cos(1))).rejects.toThrow('out of order');
    const sin = tf.getKernel('Sin', 'cpu');
    tf.registerKernel({ ...sin, backendName: 'tensorflow' });
    const { kernels } = await tf.profile(() => tf.sin(1));
    expect(kernels.map(({ name }) => name)).toEqual(['Sin']);
  });

  it("gives arrays of the caller's realm", () => {
    load(installed({ [cpu]: bringCpu }));
    const backend = tf.findBackend('tensorflow');
    const foreign = runInNewContext('Float32Array.of(1, 2)') as Float32Array;
    expect(foreign).not.toBeInstanceOf(Float32Array);
    const values = backend.readSync(backend.write(foreign, [2], 'float32'));
    expect(values).toBeInstanceOf(Float32Array);
    expect([...values]).toEqual([1, 2]);
  });
});
