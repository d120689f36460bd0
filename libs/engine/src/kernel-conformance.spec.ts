import * as tf from '@tensorflow/tfjs';
import { CONVOLUTION_CASES } from './convolution-cases.fixture.spec';
import { COPY_CASES, FURTHER_COPY_CASES } from './copy-cases.fixture.spec';
import {
  BINARY_CASES,
  EXTREME_CASES,
  FURTHER_BINARY_CASES,
  INTEGER_CASES,
  REDUCTION_CASES,
} from './elementwise-cases.fixture.spec';
import { expectClose, onEveryEngine } from './every-engine.fixture.spec';
import { MATMUL_CASES } from './matmul-cases.fixture.spec';
import { POOLING_CASES } from './pooling-cases.fixture.spec';
import { SOFTMAX_CASES } from './softmax-cases.fixture.spec';
import { UNARY_CASES } from './unary-cases.fixture.spec';
import { describeEngines, useEngine } from './use-engine';

/** Every case: an engine that replaces a further kernel adds its cases here. */
const cases = [
  ...CONVOLUTION_CASES,
  ...BINARY_CASES,
  ...INTEGER_CASES,
  ...REDUCTION_CASES,
  ...COPY_CASES,
  ...FURTHER_BINARY_CASES,
  ...EXTREME_CASES,
  ...FURTHER_COPY_CASES,
  ...MATMUL_CASES,
  ...POOLING_CASES,
  ...SOFTMAX_CASES,
  ...UNARY_CASES,
];

beforeAll(() => useEngine('reference')); // and with it tfjs's production mode

it.each(cases)("$name as on tfjs's cpu", async ({ compute, tolerance }) => {
  await tf.setBackend('cpu');
  const expected = tf.tidy(compute);
  await onEveryEngine(() => {
    const actual = tf.tidy(compute);
    expect(actual).toHaveLength(expected.length);
    expected.forEach((tensor, i) => expectClose(actual[i]!, tensor, tolerance));
    tf.dispose(actual);
  });
  tf.dispose(expected);
});

it('each case runs the kernel that it is named after', async () => {
  for (const { name, kernel, compute } of cases) {
    const { kernelNames } = await tf.profile(() => tf.tidy(compute));
    if (!kernelNames.includes(kernel)) throw new Error(`${name} ran ${kernelNames.join(', ')}`);
  }
});

it("every kernel of tfjs's that an engine of ours replaces has a case", async () => {
  const covered = new Set(cases.map(({ kernel }) => kernel));
  for (const { name, backend, available } of await describeEngines()) {
    if (!available || name === 'tensorflow') continue;
    const replaced = tf
      .getKernelsForBackend(backend)
      .filter(({ kernelName, kernelFunc }) => {
        const own = tf.getKernel(kernelName, 'cpu');
        return own !== undefined && own.kernelFunc !== kernelFunc;
      })
      .map(({ kernelName }) => kernelName);
    expect([name, replaced.filter((kernel) => !covered.has(kernel))]).toEqual([name, []]);
  }
});
