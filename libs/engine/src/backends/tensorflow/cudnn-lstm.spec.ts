import * as tf from '@tensorflow/tfjs';
import { expectClose } from '../../conformance/every-engine.fixture.spec';
import { uniform } from '../../conformance/kernel-cases.fixture.spec';
import { lstmBackward, lstmForward, type RecurrentShape } from '../reference/lstm';
import type { TensorFlowBackend } from './backend';
import { blockLSTM } from './block-lstm';
import { cudnnLSTM, cudnnWorks } from './cudnn-lstm';
import { whereInstalled } from './installed.fixture.spec';
import { runOperation } from './operation';
import { timeFirst } from './recurrent-layer';

/** Where each weight of Keras's layout lies in cuDNN's vector: gate, then unit, then input. */
function places({ inputs, units }: RecurrentShape) {
  const matrix = (rows: number, start: number): number[] =>
    Array.from({ length: rows * 4 * units }, (_, i) => {
      const [row, column] = [Math.floor(i / (4 * units)), i % (4 * units)];
      return start + column * rows + row;
    });
  const recurrent = inputs * 4 * units;
  const bias = recurrent + units * 4 * units;
  return {
    kernel: matrix(inputs, 0),
    recurrentKernel: matrix(units, recurrent),
    inputBias: Array.from({ length: 4 * units }, (_, i) => bias + i),
    recurrentBias: Array.from({ length: 4 * units }, (_, i) => bias + 4 * units + i),
  };
}

const data = (x: tf.Tensor): Float32Array => x.dataSync() as Float32Array;
const batchFirst = (x: tf.Tensor): Float32Array => data(timeFirst(x));

function shapeOf(x: tf.Tensor, state: tf.Tensor): RecurrentShape {
  const [time, batch, inputs] = x.shape as [number, number, number];
  return { batch, time, inputs, units: state.shape[2]! };
}

function weightsFrom(vector: tf.Tensor, shape: RecurrentShape) {
  const at = places(shape);
  const take = (indices: number[]) => Float32Array.from(indices, (i) => data(vector)[i]!);
  const second = take(at.recurrentBias);
  return {
    kernel: take(at.kernel),
    recurrentKernel: take(at.recurrentKernel),
    bias: take(at.inputBias).map((value, i) => value + second[i]!),
  };
}

/** What TensorFlow says of CudnnRNN and CudnnRNNBackprop, in plain TypeScript. */
const operations: Record<string, (inputs: tf.Tensor[]) => tf.Tensor[]> = {
  CudnnRNN([x, h, c, weights]) {
    const shape = shapeOf(x!, h!);
    const { batch, time, units } = shape;
    expect([h!.shape, c!.shape]).toEqual(Array(2).fill([1, batch, units]));
    const states = lstmForward(batchFirst(x!), weightsFrom(weights!, shape), shape);
    const [output, cell] = [states.hidden, states.cell].map((values) =>
      timeFirst(tf.tensor3d(values, [batch, time, units])),
    );
    const last = [output!, cell!].map((states) => states.slice(time - 1));
    const reserve = tf.concat([tf.tensor1d(states.cell), tf.tensor1d(states.gates)]);
    return [output!, ...last, reserve];
  },
  CudnnRNNBackprop([x, h, c, weights, output, lastH, lastC, dOutput, dLastH, dLastC, reserve]) {
    const shape = shapeOf(x!, h!);
    const { batch, time, inputs, units } = shape;
    for (const zeros of [h!, c!, dLastH!, dLastC!]) {
      expect(zeros.shape).toEqual([1, batch, units]);
      expect(data(zeros).every((value) => value === 0)).toBe(true);
    }
    const cells = batch * time * units;
    const [cell, gates] = [data(reserve!).slice(0, cells), data(reserve!).slice(cells)];
    const ends = timeFirst(tf.tensor3d(cell, [batch, time, units])).slice(time - 1);
    expectClose(lastH!, output!.slice(time - 1), 0);
    expectClose(lastC!, ends, 0);
    const states = { hidden: batchFirst(output!), cell, gates };
    const { kernel, recurrentKernel } = weightsFrom(weights!, shape);
    const gradients = lstmBackward(
      batchFirst(x!),
      { kernel, recurrentKernel },
      states,
      batchFirst(dOutput!),
      shape,
    );
    const vector = new Float32Array(weights!.size);
    const at = places(shape);
    at.kernel.forEach((place, i) => (vector[place] = gradients.kernel[i]!));
    at.recurrentKernel.forEach((place, i) => (vector[place] = gradients.recurrentKernel[i]!));
    for (const indices of [at.inputBias, at.recurrentBias]) {
      indices.forEach((place, i) => (vector[place] = gradients.bias[i]!));
    }
    const state = tf.zeros([1, batch, units]);
    return [
      timeFirst(tf.tensor3d(gradients.x, [batch, time, inputs])),
      ...[state, state, tf.tensor1d(vector)],
    ];
  },
};

/** TensorFlow's backend as if it had a GPU whose cuDNN does this. */
function withCudnn(cudnn: typeof operations): TensorFlowBackend {
  const backend = tf.findBackend('tensorflow') as TensorFlowBackend;
  const execute: TensorFlowBackend['executeMultipleOutputs'] = (name, attributes, inputs, count) =>
    cudnn[name] === undefined
      ? backend.executeMultipleOutputs(name, attributes, inputs, count)
      : cudnn[name]([...inputs]);
  return Object.assign(Object.create(backend) as TensorFlowBackend, {
    isUsingGpuDevice: true,
    executeMultipleOutputs: execute,
  });
}

whereInstalled("cuDNN's LSTM", () => {
  beforeAll(() => tf.setBackend('tensorflow'));

  it.each([
    { batch: 1, time: 1, inputs: 1, units: 1 },
    { batch: 4, time: 5, inputs: 3, units: 2 },
  ])('takes and gives what the block operations do: %j', ({ batch, time, inputs, units }) => {
    tf.tidy(() => {
      const operands = {
        x: uniform([batch, time, inputs]),
        kernel: uniform([inputs, 4 * units], 2),
        recurrentKernel: uniform([units, 4 * units], 3),
        bias: uniform([4 * units], 4),
      };
      const dHidden = uniform([batch, time, units], 5);
      const backend = withCudnn(operations);
      const [actual, expected] = [cudnnLSTM, blockLSTM].map(({ forward, backward }) => {
        const [hidden, cell, gates] = forward(backend, operands, true);
        const states = { hidden: hidden!, cell: cell!, gates: gates! };
        const gradients = backward(backend, { ...operands, ...states, dHidden });
        const inference = forward(backend, operands, false);
        expect(inference).toHaveLength(1);
        return [hidden!, inference[0]!, ...gradients];
      });
      actual!.forEach((tensor, i) => expectClose(tensor, expected![i]!, 1e-5));
    });
  });

  it('is taken where a GPU runs it and it is ours', () => {
    expect(cudnnWorks(withCudnn(operations))).toBe(true);
  });
  it('is not taken without a GPU', () => {
    const backend = Object.assign(withCudnn(operations), { isUsingGpuDevice: false });
    expect(cudnnWorks(backend)).toBe(false);
  });
  it('is not taken where cuDNN is missing', () => {
    const { numTensors } = tf.memory();
    const missing = (): never => {
      throw new Error('Failed to create the cuDNN handle');
    };
    expect(cudnnWorks(withCudnn({ ...operations, CudnnRNN: missing }))).toBe(false);
    expect(cudnnWorks(withCudnn({ ...operations, CudnnRNNBackprop: missing }))).toBe(false);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
  it.each(Object.keys(operations))('is not taken where %s is another function', (name) => {
    const wrong = withCudnn({
      ...operations,
      [name]: (inputs) => operations[name]!(inputs).map((output) => tf.mul(output, 1.5)),
    });
    expect(cudnnWorks(wrong)).toBe(false);
  });
  it('is not taken where it gives NaN', () => {
    const nan = (inputs: tf.Tensor[]): tf.Tensor[] =>
      operations['CudnnRNN']!(inputs).map((output) => tf.mul(output, NaN));
    expect(cudnnWorks(withCudnn({ ...operations, CudnnRNN: nan }))).toBe(false);
  });

  it.each([
    ['CudnnRNN', 4, { is_training: true }],
    ['CudnnRNNBackprop', 11, {}],
  ] as const)('%s has %d inputs and 4 outputs in this TensorFlow', (name, inputs, flags) => {
    const backend = tf.findBackend('tensorflow') as TensorFlowBackend;
    if (backend.isUsingGpuDevice) return; // there it runs, above
    const run = (count: number) => () =>
      tf.tidy(() => {
        runOperation(
          backend,
          name,
          Array(count).fill(tf.zeros([1, 1, 1])) as tf.Tensor[],
          4,
          flags,
        );
      });
    expect(run(inputs)).toThrow('Could not find device'); // the only complaint
    expect(run(inputs - 1)).toThrow('do not match');
  });
});
