import * as tf from '@tensorflow/tfjs';
import { CONVOLUTION_CASES } from './convolution-cases.fixture.spec';
import { COPY_CASES } from './copy-cases.fixture.spec';
import { BINARY_CASES, INTEGER_CASES, REDUCTION_CASES } from './elementwise-cases.fixture.spec';
import { expectClose, onEveryEngine } from './every-engine.fixture.spec';
import { useEngine } from './use-engine';

/** Every case: an engine that replaces a further kernel adds its cases here. */
const cases = [
  ...CONVOLUTION_CASES,
  ...BINARY_CASES,
  ...INTEGER_CASES,
  ...REDUCTION_CASES,
  ...COPY_CASES,
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

it('every kernel that the reference engine replaces has a case', () => {
  const replaced = tf
    .getKernelsForBackend('reference')
    .filter(({ kernelName, kernelFunc }) => {
      const own = tf.getKernel(kernelName, 'cpu');
      return own !== undefined && own.kernelFunc !== kernelFunc;
    })
    .map(({ kernelName }) => kernelName);
  expect(replaced.sort()).toEqual([...new Set(cases.map(({ kernel }) => kernel))].sort());
});
