import { useEngine } from '@botlab/engine';
import type { Work } from '@botlab/training';
import type { NetworkOpponent } from '../opponent-name';
import { widthOf } from './bench-task';
import { benchmark, type BenchRow } from './benchmark';
import { countDispatches, type DispatchCount } from './dispatch-count';
import { openOpponent } from './opponent';
import { profileStep, type StepProfile } from './step-profile';

/** What networks are asked for, and on which engine. */
export interface NetworkRequest {
  readonly models: readonly string[];
  readonly engine: string;
  readonly batch: number;
  /** The option width of the models that have one; their own default where left out. */
  readonly width?: number | undefined;
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Told how much is done, of how much. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What is timed, and how. */
export interface NetworkBenchRequest extends NetworkRequest {
  readonly works: readonly Work[];
  readonly against: NetworkOpponent | undefined;
  readonly rounds: number;
  readonly seconds: number;
  /** Whether the memory of training is measured as well. */
  readonly memory: boolean;
}

/**
 * Times the models' work, beside that of an opponent where there is one.
 *
 * @returns a row for each model and kind of work, and what was measured and compared with, for a person
 * @throws InputError where the engine or the opponent is not installed, or the opponent has not got a model
 */
export async function benchNetworks(
  request: NetworkBenchRequest,
): Promise<{ rows: readonly BenchRow[]; titles: { engine: string; against?: string } }> {
  const { models, works, batch, width, threads, rounds, seconds, memory, signal } = request;
  const { against: name, onProgress } = request;
  const { name: engine, detail, runsOn } = await useEngine(request.engine, { threads });
  const onCard = runsOn === 'card';
  const opponent = name && (await openOpponent(name, { engine, onCard, threads, models, signal }));
  try {
    const tasks = models.flatMap((model) =>
      works.map((work) => ({ model, work, batch, width: widthOf(model, width) })),
    );
    let done = 0;
    const plan = {
      ...{ engine, threads, rounds, seconds, signal, memory },
      ...(name && opponent ? { against: { name, opponent } } : {}),
      onRound: () => onProgress?.(++done, tasks.length * rounds),
    };
    const rows: BenchRow[] = [];
    for (const task of tasks) rows.push(await benchmark(task, plan));
    return { rows, titles: { engine: `${engine} (${detail})`, against: opponent?.title } };
  } finally {
    await opponent?.close();
  }
}

/** Says where the time of the models' training steps goes, measured for some seconds each. */
export async function profileNetworks(
  request: NetworkRequest & { readonly seconds: number },
): Promise<{ profiles: readonly StepProfile[]; engine: string }> {
  const { threads, seconds, signal } = request;
  const { items, engine } = await ofEach(request, (task, name) =>
    profileStep(task, { engine: name, threads, seconds, signal }),
  );
  return { profiles: items, engine };
}

/**
 * Says how often the models' training steps ask the graphics card to compute something.
 *
 * @throws InputError where the engine has no dispatches to count
 */
export async function countNetworkDispatches(
  request: NetworkRequest,
): Promise<{ rows: readonly DispatchCount[]; engine: string }> {
  const { signal } = request;
  const { items, engine } = await ofEach(request, (task, name) =>
    countDispatches(task, { engine: name, signal }),
  );
  return { rows: items, engine };
}

/** Measures each model once, on the engine that is asked for. */
async function ofEach<T>(
  { models, engine: wanted, batch, width, threads, onProgress }: NetworkRequest,
  measure: (
    task: { model: string; batch: number; width: number | null },
    engine: string,
  ) => Promise<T>,
): Promise<{ items: T[]; engine: string }> {
  const { name, detail } = await useEngine(wanted, { threads });
  const items: T[] = [];
  for (const model of models) {
    items.push(await measure({ model, batch, width: widthOf(model, width) }, name));
    onProgress?.(items.length, models.length);
  }
  return { items, engine: `${name} (${detail})` };
}
