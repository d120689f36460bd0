import { InputError } from '@botlab/errors';
import type { Work } from '@botlab/training';
import { benchModels, type BenchModels } from './bench-models';
import type { OpponentName } from './opponent-name';
import { REFERENCE } from './reference-model';

/** What is typed of a benchmark, by the names of the command line's options. */
export interface BenchOptions {
  readonly models?: readonly string[];
  readonly against?: OpponentName;
  readonly engine: string;
  readonly work: Work | 'all';
  /** Rows in a batch. */
  readonly batch: number;
  readonly threads: number;
  readonly rounds: number;
  /** How long a round lasts at least. */
  readonly seconds: number;
  /** Of trees: rows to sample. */
  readonly rows?: number;
  readonly cache?: string;
  /** The option width of the models that have one. */
  readonly width?: number;
  readonly memory?: boolean;
  readonly profileKernels?: true;
  readonly countDispatches?: true;
}

/**
 * Which models are to be timed.
 *
 * @throws InputError for models that are not there, or options that say nothing of what is timed
 */
export function benchRequest(options: BenchOptions): BenchModels {
  const only = options.countDispatches && options.models === undefined;
  const asked = benchModels(only ? { ...options, models: [REFERENCE] } : options);
  requireFitting(options, asked); // what is asked for in vain is said before anything is measured
  return asked;
}

function requireFitting(options: BenchOptions, asked: BenchModels): void {
  if (options.memory && options.work === 'infer') {
    throw new InputError(
      'Cannot measure memory with --work infer: it is the memory of training; leave one of them out.',
    );
  }
  const given = (names: readonly (keyof BenchOptions)[]) =>
    names.find((name) => options[name] !== undefined);
  const [stray, of, others] =
    'trees' in asked
      ? [given(['width', 'profileKernels', 'countDispatches']), asked.trees[0], 'networks']
      : [given(['rows', 'cache']), asked.networks[0], 'trees'];
  if (stray === undefined) return;
  const typed = stray.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(
    `Cannot time ${of} with --${typed}, which is for ${others}; leave it out, or name ${others} with --models.`,
  );
}
