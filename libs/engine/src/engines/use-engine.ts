import { availableParallelism } from 'node:os';
import { InputError, unknownName } from '@botlab/errors';
import * as tf from '@tensorflow/tfjs';
import type { Availability, Engine } from './engine';
import { ENGINE_NAMES, engines } from './registry';
import { preferredEngines } from './preference';
import { registerReductionGradients } from '../ops/reduction-gradients';

/** What an engine is. */
type EngineDescription = Pick<Engine, 'name' | 'title' | 'backend' | 'runsOn'>;

/** An engine and whether it can run here. */
export type EngineStatus = EngineDescription & Availability;

/** The engine in use. */
export type RunningEngine = EngineDescription & { readonly detail: string };

/** What {@link useEngine} put to use last. */
let last: RunningEngine | undefined;

/** Every engine, with what it would run on here, or why it cannot and what mends that. */
export async function describeEngines(): Promise<EngineStatus[]> {
  const statuses: EngineStatus[] = [];
  for (const engine of engines()) {
    statuses.push({ ...descriptionOf(engine), ...(await engine.probe()) });
  }
  return statuses;
}

function descriptionOf({ name, title, backend, runsOn }: Engine): EngineDescription {
  return { name, title, backend, runsOn };
}

/** More than any machine has use for: each takes memory for scratch. */
const MOST_THREADS = 1024;

/** How an engine is to run. */
export interface EngineOptions {
  /** Threads of an engine that has some, as `native` and `wasm`; every core where left out. No result depends on it. */
  readonly threads?: number | undefined;
  /** What `auto` is to compute on; whatever was measured to be the fastest where left out. */
  readonly runsOn?: 'processor';
  /** Whether `auto` measures the graphics card anew; else it goes by what it found within the last day. */
  readonly measureAnew?: boolean;
}

/**
 * Makes tfjs compute with an engine, `auto` being the first that can run here; one on a graphics card comes first
 * where it was measured to be faster than the processor, and a processor that plays a card is not taken.
 *
 * @throws InputError for an unknown name, a number of threads that is none from 1 to 1024, or an engine that
 * cannot run here (the sentence says why and what mends it)
 */
export async function useEngine(
  wanted: string = 'auto',
  { threads = availableParallelism(), runsOn, measureAnew = false }: EngineOptions = {},
): Promise<RunningEngine> {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new InputError(
      `Cannot use ${threads} threads: expected a whole number from 1 to ${MOST_THREADS}.`,
    );
  }
  let candidates = engines().filter((engine) => engine.name === wanted);
  if (wanted === 'auto') {
    candidates = runsOn
      ? engines().filter((engine) => engine.runsOn === runsOn)
      : [...(await preferredEngines({ anew: measureAnew }))];
  }
  if (candidates.length === 0) throw unknownName('engine', wanted, ['auto', ...ENGINE_NAMES]);
  for (const engine of engines()) engine.setThreads?.(threads); // of those in use, and of those that lend kernels
  let failure = '';
  for (const engine of candidates) {
    const { backend } = engine;
    const status = await engine.probe();
    if (wanted === 'auto' && status.available && status.isSoftware) continue;
    if (status.available && (await tf.setBackend(backend))) {
      tf.enableProdMode();
      registerReductionGradients();
      last = { ...descriptionOf(engine), detail: status.detail };
      return last;
    }
    failure = status.available
      ? `tfjs could not start its backend "${backend}"; run botlab doctor`
      : `${status.reason}; to mend it: ${status.remedy}`;
  }
  throw new InputError(`Cannot use the engine "${wanted}": ${failure}.`);
}

/**
 * The engine that {@link useEngine} put to use last, where tfjs still computes with it; else `auto`, which is put to
 * use.
 *
 * @throws InputError where no engine can run
 */
export async function currentEngine(): Promise<RunningEngine> {
  // Of a process that has just begun tfjs knows no backend.
  if (last === undefined || last.backend !== tf.getBackend()) return useEngine('auto');
  // Another copy of tfjs, such as danfojs loads, puts its own gradients in the place of ours.
  registerReductionGradients();
  return last;
}

/**
 * Starts an engine anew whose device was lost, and makes tfjs compute with it; what was on the device is gone.
 *
 * @throws InputError where it cannot run any more (the sentence says why and what mends it)
 */
export async function restartEngine(name: string): Promise<RunningEngine> {
  await engines()
    .find((engine) => engine.name === name)
    ?.restart?.();
  return useEngine(name);
}
