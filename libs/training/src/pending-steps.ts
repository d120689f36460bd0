import { isAsynchronous } from '@botlab/engine';
import * as tf from '@tensorflow/tfjs';
import type { StepResult } from './train-step';

/** A step whose results were read. */
export interface FinishedStep {
  /** Its number in the epoch, from 1. */
  readonly step: number;
  /** Rows of its batch. */
  readonly rows: number;
  readonly loss: number;
  readonly correct: number;
}

type PendingStep = Pick<FinishedStep, 'step' | 'rows'> & StepResult;

/** The most steps that a device is given before the first of them is read. */
const MOST_STEPS = 32;

/** How long a group should take at most, in milliseconds: so often a run can report, and can stop. */
const GROUP_TIME = 250;

/**
 * Steps whose results were not read yet. A device that computes asynchronously would stand still whenever one
 * is read: its steps are read in groups, each in one transfer. Any other engine is read after each step.
 */
export class PendingSteps {
  private readonly together = isAsynchronous();
  private steps: PendingStep[] = [];
  private started = 0;
  /** Steps in a group: one at first, as how long a step takes is not known. */
  private most = 1;

  add(step: number, rows: number, result: StepResult): void {
    if (this.steps.length === 0) this.started = performance.now();
    this.steps.push({ step, rows, ...result });
  }

  /** Whether there are as many as are read together. */
  get isFull(): boolean {
    return this.steps.length >= this.most;
  }

  /** Reads all of them, in their order; then none is pending. */
  async read(): Promise<FinishedStep[]> {
    const { steps } = this;
    if (steps.length === 0) return [];
    try {
      if (!this.together) return steps.map(readAtOnce);
      const finished = await readTogether(steps);
      const time = (performance.now() - this.started) / steps.length;
      this.most = Math.max(1, Math.min(MOST_STEPS, Math.floor(GROUP_TIME / time)));
      return finished;
    } finally {
      this.dispose();
    }
  }

  /** Drops them unread. */
  dispose(): void {
    for (const { loss, correct } of this.steps) tf.dispose([loss, correct]);
    this.steps = [];
  }
}

function readAtOnce({ step, rows, loss, correct }: PendingStep): FinishedStep {
  return { step, rows, loss: loss.dataSync()[0]!, correct: correct.dataSync()[0]! };
}

async function readTogether(steps: readonly PendingStep[]): Promise<FinishedStep[]> {
  const all = tf.stack(steps.flatMap(({ loss, correct }) => [loss, correct]));
  try {
    const values = await all.data();
    return steps.map(({ step, rows }, i) => ({
      ...{ step, rows },
      ...{ loss: values[2 * i]!, correct: values[2 * i + 1]! },
    }));
  } finally {
    all.dispose();
  }
}
