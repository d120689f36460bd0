import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../conformance/every-engine.fixture.spec';
import { uniform } from '../../conformance/kernel-cases.fixture.spec';
import { gru, lstm } from '../../ops/recurrent-op';
import { useEngine } from '../../engines/use-engine';
import { whereInstalled } from './installed.fixture.spec';

const ops = [
  { name: 'lstm', op: lstm, gates: 4 },
  { name: 'gru', op: gru, gates: 3 },
] as const;

type Arguments = [tf.Tensor3D, tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];

/** x and the weights. */
function operands(batch: number, time: number, gates: number): Arguments {
  const [inputs, units] = [3, 4];
  const shapes = [
    [batch, time, inputs],
    ...[[inputs, gates * units], [units, gates * units], [gates * units]],
  ];
  return shapes.map((shape, seed) => uniform(shape, seed + 1)) as Arguments;
}

whereInstalled("TensorFlow's recurrent operations", () => {
  beforeAll(() => useEngine('tensorflow'));

  describe.each(ops)('$name', ({ op, gates }) => {
    const run = (...args: tf.Tensor[]): tf.Tensor => op(...(args as Arguments));

    it.each([
      [0, 5],
      [3, 0],
      [0, 0],
    ])('of %d sequences of %d steps is empty, with gradients of zero', (batch, time) => {
      tf.tidy(() => {
        const inputs = operands(batch, time, gates);
        expect(run(...inputs).shape).toEqual([batch, time, 4]);
        const gradients = tf.grads(run)(inputs, tf.zeros([batch, time, 4]));
        gradients.forEach((gradient, i) => expectClose(gradient, tf.zerosLike(inputs[i]!), 0));
      });
    });

    it('gives no gradient of x where none is wanted', () => {
      tf.tidy(() => {
        const [x, ...weights] = operands(3, 5, gates);
        const dy = uniform([3, 5, 4], 9);
        const all = tf.grads(run)([x, ...weights], dy);
        const without = (...args: tf.Tensor[]): tf.Tensor =>
          op(...([x, ...args] as Arguments), { inputGradient: false });
        tf.grads(without)(weights, dy).forEach((gradient, i) => {
          expectClose(gradient, all[i + 1]!, 0);
        });
      });
    });

    it('stays finite however great its operands', () => {
      tf.tidy(() => {
        const inputs = operands(3, 5, gates).map((operand) => operand.mul(1e12));
        const hidden = run(...inputs);
        const gradients = tf.grads(run)(inputs);
        for (const tensor of [hidden, ...gradients]) {
          expect([...tensor.dataSync()].every(Number.isFinite)).toBe(true);
        }
      });
    });

    it('leaves no memory behind', () => {
      const inputs = operands(64, 30, gates);
      const dy = uniform([64, 30, 4], 9);
      const step = (): void =>
        tf.tidy(() => {
          run(...inputs).dataSync();
          tf.grads(run)(inputs, dy).forEach((gradient) => gradient.dataSync());
        });
      const held = () => {
        const { numTensors, numDataBuffers } = tf.memory();
        const { binding } = tf.backend() as unknown as {
          binding: { getNumOfTensors(): number };
        };
        return { numTensors, numDataBuffers, handles: binding.getNumOfTensors() };
      };
      for (let i = 0; i < 50; i++) step();
      const before = held();
      const rss = process.memoryUsage().rss;
      for (let i = 0; i < 250; i++) step();
      const grown = (process.memoryUsage().rss - rss) / 2 ** 20;
      expect(held()).toEqual(before);
      // The states alone of one step are above 0.2 MiB.
      process.stderr.write(`250 steps: ${grown.toFixed(1)} MiB more resident.\n`);
      expect(grown).toBeLessThan(32);
      tf.dispose([...inputs, dy]);
    });
  });
});
