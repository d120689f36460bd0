import * as tf from '@tensorflow/tfjs';
import { expectCloseValues } from '../../../conformance/every-engine.fixture.spec';
import { uniform } from '../../../conformance/kernel-cases.fixture.spec';
import { gruBackward, gruForward } from '../../reference/gru';
import {
  lstmBackward,
  lstmForward,
  type RecurrentShape,
  type RecurrentWeights,
} from '../../reference/lstm';
import type { GPUBackend } from '../backend';
import { itOnWebGPU } from '../webgpu.fixture.spec';

/** Every output of the plain kernels: hidden and the other states, then the gradients. */
interface Layer {
  readonly name: 'LSTM' | 'GRU';
  readonly gates: number;
  readonly states: readonly ('cell' | 'gates')[];
  plain(
    x: Float32Array,
    weights: RecurrentWeights,
    dHidden: Float32Array,
    shape: RecurrentShape,
  ): Float32Array[];
}

const LAYERS: Layer[] = [
  {
    name: 'LSTM',
    gates: 4,
    states: ['cell', 'gates'],
    plain(x, weights, dHidden, shape) {
      const states = lstmForward(x, weights, shape);
      const gradients = lstmBackward(x, weights, states, dHidden, shape);
      const { kernel, recurrentKernel, bias } = gradients;
      const { hidden, cell, gates } = states;
      return [hidden, cell, gates, gradients.x, kernel, recurrentKernel, bias];
    },
  },
  {
    name: 'GRU',
    gates: 3,
    states: ['gates'],
    plain(x, weights, dHidden, shape) {
      const states = gruForward(x, weights, shape);
      const gradients = gruBackward(x, weights, states, dHidden, shape);
      const { kernel, recurrentKernel, bias } = gradients;
      return [states.hidden, states.gates, gradients.x, kernel, recurrentKernel, bias];
    },
  },
];

interface Operands {
  readonly x: tf.Tensor;
  readonly kernel: tf.Tensor;
  readonly recurrentKernel: tf.Tensor;
  readonly bias: tf.Tensor;
  readonly dHidden: tf.Tensor;
}

/** Uniform, with weights that leave the gates neither open nor closed. */
function operandsOf({ gates }: Layer, { batch, time, inputs, units }: RecurrentShape): Operands {
  const scaled = (shape: number[], seed: number): tf.Tensor =>
    uniform(shape, seed).mul(Math.sqrt(3 / shape[0]!));
  return {
    x: uniform([batch, time, inputs], 1),
    kernel: scaled([inputs, gates * units], 2),
    recurrentKernel: scaled([units, gates * units], 3),
    bias: uniform([gates * units], 4),
    dHidden: uniform([batch, time, units], 5),
  };
}

function run(kernel: string, inputs: Record<string, tf.Tensor>, attrs = {}): tf.Tensor[] {
  return tf.engine().runKernel<tf.Tensor[]>(kernel, inputs, attrs);
}

/** What the forward pass takes. */
function forwardOf({ x, kernel, recurrentKernel, bias }: Operands): Record<string, tf.Tensor> {
  return { x, kernel, recurrentKernel, bias };
}

/** The states and gradients that the kernels of the engine give. */
function outputsOf(layer: Layer, operands: Operands): tf.Tensor[] {
  const outputs = run(`Fused${layer.name}`, forwardOf(operands));
  return [...outputs, ...run(`Fused${layer.name}Grad`, backwardOf(layer, operands, outputs))];
}

/** What the backward pass takes, with the states that the forward pass left. */
function backwardOf(
  { states }: Layer,
  { x, kernel, recurrentKernel, dHidden }: Operands,
  [hidden, ...rest]: readonly tf.Tensor[],
): Record<string, tf.Tensor> {
  const named = Object.fromEntries(states.map((state, i) => [state, rest[i]!]));
  return { x, kernel, recurrentKernel, hidden: hidden!, ...named, dHidden };
}

const float32 = (tensor: tf.Tensor): Float32Array => tensor.dataSync() as Float32Array;

/** Units in registers, several blocks of units, and tiles of one, two and four rows. */
const SHAPES: RecurrentShape[] = [
  { batch: 513, time: 3, inputs: 2, units: 16 },
  { batch: 3, time: 5, inputs: 6, units: 33 },
  { batch: 257, time: 2, inputs: 3, units: 64 },
  { batch: 1, time: 6, inputs: 9, units: 65 },
  { batch: 3, time: 1, inputs: 5, units: 65 },
  { batch: 5, time: 3, inputs: 3, units: 100 },
  { batch: 3, time: 4, inputs: 2, units: 130 },
  { batch: 2, time: 3, inputs: 3, units: 300 },
];

describe.each(LAYERS)('$name', (layer) => {
  describe.each(SHAPES)('of $units units, $batch × $time × $inputs', (shape) => {
    itOnWebGPU('gives the states and gradients of the plain kernels', () => {
      tf.tidy(() => {
        const operands = operandsOf(layer, shape);
        const { x, kernel, recurrentKernel, bias, dHidden } = operands;
        const expected = layer.plain(
          float32(x),
          {
            kernel: float32(kernel),
            recurrentKernel: float32(recurrentKernel),
            bias: float32(bias),
          },
          float32(dHidden),
          shape,
        );
        const outputs = outputsOf(layer, operands);
        outputs.forEach((output, i) => expectCloseValues(float32(output), expected[i]!, 1e-5));
      });
    });
  });

  itOnWebGPU('has the same hidden states where none are kept for a backward pass', () => {
    tf.tidy(() => {
      for (const [inputs, units] of [
        [1, 16],
        [5, 16],
        [2, 70],
      ] as const) {
        const operands = forwardOf(operandsOf(layer, { batch: 3, time: 4, inputs, units }));
        const [expected] = run(`Fused${layer.name}`, operands);
        const [hidden] = run(`Fused${layer.name}`, operands, { inference: true });
        expectCloseValues(float32(hidden!), float32(expected!), 0);
      }
    });
  });

  itOnWebGPU('gives a row the same bits in every batch', () => {
    tf.tidy(() => {
      const [batch, time, units] = [513, 2, 12];
      for (const inputs of [2, 5]) {
        const operands = operandsOf(layer, { batch, time, inputs, units });
        const whole = rowsOf(layer, operands);
        for (const rows of [1, 7, 300]) {
          const [x, dHidden] = [operands.x, operands.dHidden].map((all) =>
            all.slice([batch - rows], [rows]),
          );
          const alone = rowsOf(layer, { ...operands, x: x!, dHidden: dHidden! });
          alone.forEach((values, i) =>
            expectCloseValues(values, whole[i]!.slice(-values.length), 0),
          );
        }
      }
    });
  });

  itOnWebGPU('of no rows or steps has gradients of zeros', () => {
    tf.tidy(() => {
      for (const shape of [
        { batch: 0, time: 3, inputs: 2, units: 5 },
        { batch: 3, time: 0, inputs: 2, units: 5 },
      ]) {
        const { gates, states } = layer;
        const outputs = outputsOf(layer, operandsOf(layer, shape));
        const sizes = [...states.map(() => 0), 0, 0, 10 * gates, 25 * gates, 5 * gates];
        expect(outputs.map(({ size }) => size)).toEqual(sizes);
        for (const output of outputs)
          expect([...output.dataSync()].every((v) => v === 0)).toBe(true);
      }
    });
  });

  itOnWebGPU('leaves the gradient of the input out', () => {
    tf.tidy(() => {
      const operands = operandsOf(layer, { batch: 3, time: 2, inputs: 5, units: 6 });
      const all = outputsOf(layer, operands);
      const inputs = backwardOf(layer, operands, all);
      const gradients = run(`Fused${layer.name}Grad`, inputs, { inputGradient: false });
      expect(gradients).toHaveLength(3);
      gradients.forEach((gradient, i) => {
        expectCloseValues(float32(gradient), float32(all.slice(-3)[i]!), 0);
      });
    });
  });

  itOnWebGPU('takes few dispatches, and gives all memory back', (backend) => {
    for (const { inputs, units, counts } of [
      { inputs: 5, units: 6, counts: [2, 4] },
      { inputs: 1, units: 6, counts: [1, 4] },
      { inputs: 5, units: 65, counts: [2, 5] },
    ]) {
      const operands = operandsOf(layer, { batch: 3, time: 2, inputs, units });
      expect(countsOf(backend, layer, operands)).toEqual(counts);
      const buffers = [1, 2, 3].map(() => {
        tf.tidy(() => outputsOf(layer, operands).map(float32));
        return backend.bufferManager.getNumUsedBuffers();
      });
      expect(buffers[2]).toBe(buffers[0]);
      tf.dispose(Object.values(operands));
    }
  });
});

/** What each row has of its own: the states and dL/dx. */
function rowsOf(layer: Layer, operands: Operands): Float32Array[] {
  return outputsOf(layer, operands).slice(0, -3).map(float32);
}

/** Dispatches of the forward and of the backward pass. */
function countsOf(backend: GPUBackend, layer: Layer, operands: Operands): [number, number] {
  return tf.tidy(() => {
    const before = backend.dispatches;
    run(`Fused${layer.name}`, forwardOf(operands));
    const forward = backend.dispatches - before;
    outputsOf(layer, operands);
    return [forward, backend.dispatches - before - 2 * forward];
  });
}
