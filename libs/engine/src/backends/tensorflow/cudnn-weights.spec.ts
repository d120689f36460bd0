import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../conformance/every-engine.fixture.spec';
import { uniform } from '../../conformance/kernel-cases.fixture.spec';
import { fromCudnn, toCudnn } from './cudnn-weights';

const shapes = [
  { inputs: 1, units: 1 },
  { inputs: 3, units: 2 },
  { inputs: 5, units: 7 },
];

/** Weights of an LSTM in Keras's layout. */
function weightsOf({ inputs, units }: (typeof shapes)[number]) {
  const width = 4 * units;
  return {
    kernel: uniform([inputs, width], 1),
    recurrentKernel: uniform([units, width], 2),
    bias: uniform([width], 3),
  };
}

beforeAll(() => tf.setBackend('cpu'));

it.each(shapes)(
  'gate by gate: input matrices, recurrent matrices, two biases: %j',
  ({ inputs, units }) => {
    const { kernel, recurrentKernel, bias } = weightsOf({ inputs, units });
    const expected: number[] = [];
    for (const matrix of [kernel, recurrentKernel]) {
      const rows = matrix.arraySync() as number[][];
      for (let gate = 0; gate < 4; gate++) {
        for (let unit = 0; unit < units; unit++) {
          expected.push(...rows.map((row) => row[gate * units + unit]!));
        }
      }
    }
    expected.push(...new Array<number>(4 * units).fill(0), ...bias.dataSync());
    expectClose(toCudnn({ kernel, recurrentKernel, bias }), tf.tensor1d(expected), 0);
  },
);

it.each(shapes)('and back: %j', ({ inputs, units }) => {
  const weights = weightsOf({ inputs, units });
  const expected = [weights.kernel, weights.recurrentKernel, weights.bias];
  fromCudnn(toCudnn(weights), inputs, units).forEach((tensor, i) => {
    expectClose(tensor, expected[i]!, 0);
  });
});
