import { checkLabels, isAsynchronous, largestTensor } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import type { Examples } from './prepare-data';

/** The rows of a step as tensors. */
export interface Batch {
  /** Features `[rows, features, 1]`. */
  readonly input: tf.Tensor3D;
  /** Class of each row, `[rows]`, int32. */
  readonly truth: tf.Tensor1D;
}

/** What training takes its batches from. */
export interface BatchSource {
  /** A batch of the rows with these numbers; the caller disposes of it. */
  batch(rows: Uint32Array): Batch;
  dispose(): void;
}

/**
 * The batches of some examples, of so many classes, on the engine in use. Where it computes asynchronously the
 * examples are uploaded once, if they fit, and a batch is gathered on the device.
 *
 * @throws RangeError for a label that is none of the classes
 */
export function batchSource(examples: Examples, classes: number): BatchSource {
  checkLabels(examples.y, classes); // once: a device that computes asynchronously would not be waited for
  return isAsynchronous() && examples.x.byteLength <= largestTensor()
    ? new ResidentBatches(examples)
    : new UploadedBatches(examples);
}

/** Batches of examples that are on the device: a step uploads the numbers of its rows. */
export class ResidentBatches implements BatchSource {
  private readonly features: tf.Tensor3D;
  private readonly labels: tf.Tensor1D;

  constructor({ x, y }: Examples) {
    this.features = tf.tensor3d(x, [y.length, x.length / y.length, 1]);
    this.labels = tf.tensor1d(Int32Array.from(y), 'int32');
  }

  batch(rows: Uint32Array): Batch {
    const indices = tf.tensor1d(Int32Array.from(rows), 'int32');
    const input = tf.gather(this.features, indices);
    const truth = tf.gather(this.labels, indices);
    indices.dispose();
    return { input, truth };
  }

  dispose(): void {
    tf.dispose([this.features, this.labels]);
  }
}

/** Batches that are gathered by the program and uploaded one by one. */
export class UploadedBatches implements BatchSource {
  /** The features of the batch before. A new array of this size would cost more than it takes to fill it. */
  private values = new Float32Array(0);

  constructor(private readonly examples: Examples) {}

  /** The batch before must be disposed of: its array is used again. */
  batch(rows: Uint32Array): Batch {
    const { x, y } = this.examples;
    const features = x.length / y.length;
    const size = rows.length * features;
    if (this.values.length !== size) this.values = new Float32Array(size);
    gatherRows(x, features, rows, this.values);
    const labels = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) labels[i] = y[rows[i]!]!;
    return {
      input: tf.tensor3d(this.values, [rows.length, features, 1]),
      truth: tf.tensor1d(labels, 'int32'),
    };
  }

  dispose(): void {
    this.values = new Float32Array(0);
  }
}

/** Copies rows `[rows, features]`; element by element, as a view of each row would take longer. */
function gatherRows(x: Float32Array, features: number, rows: Uint32Array, out: Float32Array): void {
  let to = 0;
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * features;
    for (let column = 0; column < features; column++) out[to++] = x[start + column]!;
  }
}
