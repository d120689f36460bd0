import { getModel, parseOptions } from '@botlab/models';
import type { StepBenchmarkSettings, Work } from '@botlab/training';

/** What is measured: one kind of work of one model. */
export interface BenchTask {
  readonly model: string;
  readonly work: Work;
  readonly batch: number;
  /** The model's option `width`; null for a model that has none. */
  readonly width: number | null;
}

/** The width of a model: what is wanted, or its default; null where it has no such option. */
export function widthOf(model: string, wanted: number | undefined): number | null {
  const { width } = parseOptions(getModel(model));
  return typeof width === 'number' ? (wanted ?? width) : null;
}

/** A task as the engine's own benchmark takes it. */
export function stepSettings({ width, ...task }: BenchTask): StepBenchmarkSettings {
  return { ...task, ...(width === null ? {} : { options: { width } }) };
}
