import * as tf from '@tensorflow/tfjs';
import { CONVOLUTION_CASES } from './convolution-cases.fixture.spec';
import { COPY_CASES, FURTHER_COPY_CASES } from './copy-cases.fixture.spec';
import { allowance, type Difference } from './difference.fixture.spec';
import {
  BINARY_CASES,
  EXTREME_CASES,
  FURTHER_BINARY_CASES,
  INTEGER_CASES,
  LONG_REDUCTION_CASES,
  REDUCTION_CASES,
} from './elementwise-cases.fixture.spec';
import { expectClose, onEveryEngine } from './every-engine.fixture.spec';
import { MATMUL_CASES } from './matmul-cases.fixture.spec';
import { POOLING_CASES } from './pooling-cases.fixture.spec';
import { SOFTMAX_CASES } from './softmax-cases.fixture.spec';
import { TENSORFLOW_DIFFERENCES } from '../backends/tensorflow/differences.fixture.spec';
import { UNARY_CASES } from './unary-cases.fixture.spec';
import { describeEngines, useEngine } from '../engines/use-engine';
import { WEBGPU_DIFFERENCES } from '../backends/webgpu/differences.fixture.spec';
import { KERNELS } from '../backends/webgpu/kernels';

/** Every case: an engine that replaces a further kernel adds its cases here. */
const cases = [
  ...CONVOLUTION_CASES,
  ...BINARY_CASES,
  ...INTEGER_CASES,
  ...REDUCTION_CASES,
  ...LONG_REDUCTION_CASES,
  ...COPY_CASES,
  ...FURTHER_BINARY_CASES,
  ...EXTREME_CASES,
  ...FURTHER_COPY_CASES,
  ...MATMUL_CASES,
  ...POOLING_CASES,
  ...SOFTMAX_CASES,
  ...UNARY_CASES,
];

const differences: Readonly<Record<string, readonly Difference[]>> = {
  webgpu: WEBGPU_DIFFERENCES,
  tensorflow: TENSORFLOW_DIFFERENCES,
};

beforeAll(() => useEngine('reference')); // and with it tfjs's production mode

it.each(cases)("$name as on tfjs's cpu", async ({ name, compute, tolerance }) => {
  await tf.setBackend('cpu');
  const expected = tf.tidy(compute);
  await onEveryEngine((engine) => {
    const actual = tf.tidy(compute);
    const allows = allowance(differences[engine] ?? [], name);
    expect(actual).toHaveLength(expected.length);
    expected.forEach((tensor, i) => expectClose(actual[i]!, tensor, tolerance, allows));
    tf.dispose(actual);
  });
  tf.dispose(expected);
});

it.each(Object.entries(differences))('says where %s may differ', async (name, differences) => {
  const counts = differences.map(({ cases: names, reason }) => {
    const count = cases.filter(({ name }) => names.test(name)).length;
    expect([reason, count]).not.toEqual([reason, 0]);
    return `in ${count}, ${reason}`;
  });
  await onEveryEngine((engine) => {
    if (engine !== name) return;
    const line = `${name} may differ from tfjs's cpu, of ${cases.length} cases: ${counts.join('; ')}.`;
    process.stderr.write(`${line}\n`);
  });
});

it('each case runs the kernel that it is named after', async () => {
  await tf.setBackend('cpu');
  for (const { name, kernel, compute } of cases) {
    const { kernelNames } = await tf.profile(() => tf.tidy(compute));
    if (!kernelNames.includes(kernel)) throw new Error(`${name} ran ${kernelNames.join(', ')}`);
  }
});

it('says which engines are not tested here', async () => {
  for (const { name, ...status } of await describeEngines()) {
    if (status.available) continue;
    expect(['webgpu', 'tensorflow', 'native']).toContain(name); // the others run anywhere
    process.stderr.write(`not tested, as it cannot run here: ${name} (${status.reason})\n`);
  }
});

it("every kernel of tfjs's that an engine of ours replaces has a case", async () => {
  const covered = new Set(cases.map(({ kernel }) => kernel));
  const onGPU = new Set(KERNELS.map(({ kernelName }) => kernelName));
  for (const { name, backend, available } of await describeEngines()) {
    if (!available || name === 'tensorflow') continue;
    const replaced = tf
      .getKernelsForBackend(backend)
      .filter(({ kernelName, kernelFunc }) => {
        if (name === 'webgpu' && !onGPU.has(kernelName)) return false; // tfjs's own shaders
        const own = tf.getKernel(kernelName, 'cpu');
        return own !== undefined && own.kernelFunc !== kernelFunc;
      })
      .map(({ kernelName }) => kernelName);
    expect([name, replaced.filter((kernel) => !covered.has(kernel))]).toEqual([name, []]);
  }
});
