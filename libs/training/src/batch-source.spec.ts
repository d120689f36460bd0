import { describeEngines, useEngine } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import { skipIf } from '../../../tools/testing/skip-if';
import { withoutWebGPU } from '../../../tools/testing/webgpu';
import { batchSource, type BatchSource, ResidentBatches, UploadedBatches } from './batch-source';
import type { Examples } from './prepare-data';

const FEATURES = 115;
const ROWS = 30;
const examples: Examples = {
  x: Float32Array.from({ length: ROWS * FEATURES }, (_, i) => Math.sin(i) / 3),
  y: Uint8Array.from({ length: ROWS }, (_, row) => row % 11),
  rows: Uint32Array.from({ length: ROWS }, (_, row) => row),
};

function valuesOf(source: BatchSource, rows: number[]) {
  const { input, truth } = source.batch(Uint32Array.from(rows));
  const seen = {
    shapes: [input.shape, truth.shape],
    types: [input.dtype, truth.dtype],
    x: Float32Array.from(input.dataSync()),
    y: Array.from(truth.dataSync()),
  };
  tf.dispose([input, truth]);
  return seen;
}

it('gives the rows of a batch, gathered on the device or by the program, on every engine', async () => {
  for (const { name, available } of await describeEngines()) {
    if (!available) continue;
    await useEngine(name);
    const { numTensors } = tf.memory();
    const sources = [new ResidentBatches(examples), new UploadedBatches(examples)];
    for (const rows of [[3, 29, 0, 3, 7], [12], [1, 2, 3]]) {
      const x = rows.flatMap((row) => [...examples.x.subarray(row * FEATURES).slice(0, FEATURES)]);
      for (const source of sources) {
        expect(valuesOf(source, rows)).toEqual({
          shapes: [[rows.length, FEATURES, 1], [rows.length]],
          types: ['float32', 'int32'],
          x: Float32Array.from(x),
          y: rows.map((row) => row % 11),
        });
      }
    }
    for (const source of sources) source.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  }
});

it('keeps the examples on a device that computes asynchronously, and nowhere else', async () => {
  for (const { name, available } of await describeEngines()) {
    if (!available) continue;
    await useEngine(name);
    const source = batchSource(examples, 11);
    expect(source).toBeInstanceOf(name === 'webgpu' ? ResidentBatches : UploadedBatches);
    source.dispose();
  }
});

skipIf(withoutWebGPU).it('uploads batch by batch what may not fit a buffer', async () => {
  await useEngine('webgpu');
  const x = { byteLength: 2 ** 30 + 4 } as Float32Array;
  expect(batchSource({ ...examples, x }, 11)).toBeInstanceOf(UploadedBatches);
});

it('refuses a label that is none of the classes', () => {
  expect(() => batchSource(examples, 10)).toThrow(
    'row 10 has the label 10, expected a whole number from 0 to 9',
  );
});
