import { CLASSES, FEATURES, Random } from '@botlab/data';
import { buildModel, getModel, requireStepMemory, withSeed } from '@botlab/models';
import * as tf from '@tensorflow/tfjs';
import { Adam } from './adam';
import { type BatchSource, batchSource } from './batch-source';
import { predict } from './evaluation';
import { PendingSteps } from './pending-steps';
import type { Examples } from './prepare-data';
import { trainStep } from './train-step';
import type { Work } from './work';

/** What a {@link StepBenchmark} works on. */
export interface StepBenchmarkSettings {
  /** Name of a registered model. */
  readonly model: string;
  /** Its options; what is left out takes its default. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly work: Work;
  /** Rows in a batch. */
  readonly batch: number;
}

const SEED = 1;
const LEARNING_RATE = 0.001;

/**
 * A model that does one kind of work again and again, to be timed: what a run does for each batch, on
 * synthetic rows (standard-normal features, random labels of all classes; the same each time).
 *
 * It is built on the engine in use, which must be in use again whenever it works.
 */
export class StepBenchmark {
  private readonly model: tf.LayersModel;
  private readonly adam: Adam;
  private readonly examples: Examples;
  private readonly source: BatchSource;
  private readonly pending = new PendingSteps();
  private readonly order: Uint32Array;
  private readonly work: Work;

  /** @throws InputError when there is no such model, an option of it is not valid, or a step finds no memory */
  constructor({ model, options, work, batch }: StepBenchmarkSettings) {
    this.work = work;
    this.model = buildModel(getModel(model), {
      features: FEATURES.length,
      classes: CLASSES.length,
      seed: SEED,
      options,
    });
    requireStepMemory(this.model, batch);
    this.examples = syntheticExamples(batch);
    this.order = new Random(SEED, 'order').shuffle(
      Uint32Array.from({ length: batch }, (_, i) => i),
    );
    this.source = batchSource(this.examples, CLASSES.length);
    this.adam = new Adam(this.model.trainableWeights.map((weight) => weight.read() as tf.Variable));
  }

  /**
   * Does `steps` steps, to the end of the last, and returns the mean time of one in milliseconds.
   *
   * @throws the signal's reason, between two steps
   */
  async round(steps: number, signal?: AbortSignal): Promise<number> {
    const started = performance.now();
    for (let step = 1; step <= steps; step++) {
      await this.step(step);
      await new Promise(setImmediate); // lets a signal in, as training does
      signal?.throwIfAborted();
    }
    await this.pending.read();
    return (performance.now() - started) / steps;
  }

  private async step(step: number): Promise<void> {
    if (this.work === 'infer') {
      await predict(this.model, this.examples.x);
      return;
    }
    const result = withSeed(SEED, () =>
      trainStep(this.model, this.adam, this.source, this.order, LEARNING_RATE),
    );
    this.pending.add(step, this.order.length, result);
    if (this.pending.isFull) await this.pending.read();
  }

  dispose(): void {
    this.pending.dispose();
    this.source.dispose();
    this.adam.dispose();
    this.model.dispose();
  }
}

/** Standard-normal features (Box and Muller 1958) and labels, each class as likely. */
function syntheticExamples(rows: number): Examples {
  const random = new Random(SEED, 'synthetic rows');
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  return {
    x: Float32Array.from({ length: rows * FEATURES.length }, normal),
    y: Uint8Array.from({ length: rows }, () => random.int(CLASSES.length)),
    rows: Uint32Array.from({ length: rows }, (_, row) => row),
  };
}
