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
    return file === undefined ? main() : { name, ...manifest };
  };
}

const bringBackend = (): void => {
  tf.registerBackend('tensorflow', tf.findBackendFactory('cpu'), 0);
};

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
      /^npm install .*tfjs-node-gpu.*tfjs-node.*Node 22 or older$/,
    ) as string,
  });
});

it.each([gpu, cpu])('%s brings the backend, and gets the fused operations', (name) => {
  expect(load(installed({ [name]: bringBackend }))).toEqual({ available: true, detail: name });
  const kernels = tf.getKernelsForBackend('tensorflow').map(({ kernelName }) => kernelName);
  expect(kernels.sort()).toEqual(['FusedGRU', 'FusedGRUGrad', 'FusedLSTM', 'FusedLSTMGrad']);
});

it('the GPU comes first', () => {
  const packages = { [cpu]: bringBackend, [gpu]: bringBackend };
  expect(load(installed(packages))).toMatchObject({ detail: gpu });
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
  const broken = (): Record<string, () => void> => ({
    [gpu]: () => {
      throw new Error('libcudart.so.11.0: cannot open shared object file\nmore lines');
    },
    [cpu]: bringBackend,
  });
  const node = process.versions.node;
  const onNode = (version: string): void => {
    Object.defineProperty(process.versions, 'node', { value: version, configurable: true });
  };
  afterEach(() => onNode(node));

  it('leaves the next one its chance', () => {
    expect(load(installed(broken()))).toEqual({ available: true, detail: cpu });
  });
  it('is told with the first line of its error', () => {
    onNode('20.19.0');
    const { [gpu]: main } = broken();
    expect(load(installed({ [gpu]: main! }))).toMatchObject({
      reason: `${gpu} cannot be loaded (libcudart.so.11.0: cannot open shared object file); ${cpu} is not installed`,
    });
  });
  it('is told with the version of Node where that is too new', () => {
    onNode('24.1.0');
    const { [gpu]: main } = broken();
    expect(load(installed({ [gpu]: main! }))).toMatchObject({
      reason: `${gpu} does not run on Node 24.1.0; ${cpu} is not installed`,
    });
  });
});
