import { availableParallelism } from 'node:os';
import { InputError, unknownName } from '@botlab/errors';
import * as tf from '@tensorflow/tfjs';
import { type Availability, type Engine, ENGINE_NAMES, type EngineName } from './engine';
import { ENGINES } from './registry';
import { preferredEngines } from './preference';
import { registerReductionGradients } from '../ops/reduction-gradients';
import { GPUBackend } from '../backends/webgpu/backend';

/** An engine and whether it can run here. */
export type EngineStatus = Pick<Engine, 'name' | 'title' | 'backend'> & Availability;

/** The engine in use. */
export type RunningEngine = Pick<Engine, 'name' | 'title' | 'backend'> & {
  readonly detail: string;
};

/** Every engine, with what it would run on here, or why it cannot and what mends that. */
export async function describeEngines(): Promise<EngineStatus[]> {
  const statuses: EngineStatus[] = [];
  for (const { name, title, backend, ...engine } of ENGINES) {
    statuses.push({ name, title, backend, ...(await engine.probe()) });
  }
  return statuses;
}

/** More than any machine has use for: each takes memory for scratch. */
const MOST_THREADS = 1024;

/** How an engine is to run. */
export interface EngineOptions {
  /** Threads of the engines `native` and `wasm`; every core where left out. Results do not depend on it. */
  readonly threads?: number;
  /** Whether `auto` measures the graphics card anew; else it goes by what it found within the last day. */
  readonly measureAnew?: boolean;
}

/**
 * Makes tfjs compute with an engine, `auto` being the first that can run here; `webgpu` comes first where
 * there is a graphics card that was found faster than the processor, and a processor that plays one is not taken.
 *
 * @throws InputError for an unknown name, a number of threads that is none from 1 to 1024, or an engine that
 * cannot run here (the sentence says why and what mends it)
 */
export async function useEngine(
  wanted: string = 'auto',
  { threads = availableParallelism(), measureAnew = false }: EngineOptions = {},
): Promise<RunningEngine> {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS) {
    throw new InputError(
      `Cannot use ${threads} threads: expected a whole number from 1 to ${MOST_THREADS}.`,
    );
  }
  const candidates =
    wanted === 'auto'
      ? await preferredEngines({ anew: measureAnew })
      : ENGINES.filter((engine) => engine.name === wanted);
  if (candidates.length === 0) throw unknownName('engine', wanted, ['auto', ...ENGINE_NAMES]);
  let failure = '';
  for (const { name, title, backend, ...engine } of candidates) {
    engine.setThreads?.(threads);
    const status = await engine.probe();
    if (wanted === 'auto' && status.available && status.isSoftware) continue;
    if (status.available && (await tf.setBackend(backend))) {
      tf.enableProdMode();
      registerReductionGradients();
      return { name, title, backend, detail: status.detail };
    }
    failure = status.available
      ? `tfjs could not start its backend "${backend}"; run botlab doctor`
      : `${status.reason}; to mend it: ${status.remedy}`;
  }
  throw new InputError(`Cannot use the engine "${wanted}": ${failure}.`);
}

/** Whether the engine in use computes while the program goes on, so that a result is better read seldom. */
export function isAsynchronous(): boolean {
  return ENGINES.some(({ backend, asynchronous }) => asynchronous && backend === tf.getBackend());
}

/**
 * Starts an engine anew whose device was lost, and makes tfjs compute with it; what was on the device is gone.
 *
 * @throws InputError where it cannot run any more (the sentence says why and what mends it)
 */
export async function restartEngine(name: EngineName): Promise<RunningEngine> {
  await ENGINES.find((engine) => engine.name === name)?.restart?.();
  return useEngine(name);
}

/** The largest tensor that the engine in use can take, in bytes. */
export function largestTensor(): number {
  const backend = tf.backend();
  return backend instanceof GPUBackend ? backend.largestTensor : Infinity;
}
