import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ReadOptions, Source } from '@botlab/data';
import { type RunningEngine, useEngine } from '@botlab/engine';
import { getEstimator, requireTask } from '../estimators/registry';
import type { TrainOptions } from '../train-options';
import { openSource } from '../open-source';
import { getProfile } from '../profile';
import { DataSpec, Hyperparameters, type SourceSpec } from '../run-config';
import { openGenuine } from './genuine-folder';
import { type GroupRealism, measureQuantiles } from './quantile-realism';
import { type ClassRealism, measureRealism } from './realism';
import { simToReal, type SimToReal } from './sim-to-real';

/** What simulated rows are compared with, and what is trained on them. */
export interface SimulationCheck {
  /** Folder of genuine rows, of quantiles published of them, or of both. */
  readonly folder: string;
  readonly model: string;
  readonly engine: string;
  readonly seed: number;
  /** Folder that the simulated rows are kept in. */
  readonly cache?: string | undefined;
}

/** Hooks of {@link checkSimulation}, and how much of the machine it takes. */
export interface SimulationCheckOptions extends Omit<TrainOptions, 'out'> {
  readonly read?: Omit<ReadOptions, 'signal'>;
  /** Called when the rows are compared, before a model is trained. */
  readonly onTrain?: () => void;
}

/** What came of it. */
export interface SimulationFindings {
  readonly simulated: Source;
  /** Where the genuine ones are. */
  readonly folder: string;
  /** None where the folder has no quantiles. */
  readonly quantiles: readonly GroupRealism[];
  /** Null where the folder has quantiles alone. */
  readonly rows: {
    readonly real: Source;
    readonly classes: readonly ClassRealism[];
    readonly transfer: SimToReal;
  } | null;
}

/** Genuine rows to test on, at most: enough for a figure, few enough for a slow engine. */
const TEST_ROWS = 20_000;

/**
 * Compares simulated rows with what a folder tells of genuine ones: its rows, on which what was trained on simulated
 * rows alone is tested too, and quantiles published of all rows. The run is thrown away.
 *
 * @throws InputError for an unknown model or one that cannot tell attacks, and for a folder with a fault
 */
export async function checkSimulation(
  check: SimulationCheck,
  options: SimulationCheckOptions = {},
): Promise<SimulationFindings> {
  const { model, seed, cache } = check;
  const { signal, threads } = options;
  // An unknown model, and one that cannot do this, is said before anything is made.
  requireTask(getEstimator(model), 'binary');
  const spec: SourceSpec = { kind: 'simulated', seed, scale: 1 };
  const folder = resolve(check.folder);
  const genuine = await openGenuine(folder);
  const engine = genuine.rows && (await useEngine(check.engine, { threads }));
  const simulated = await openSource(spec, { cache, signal });
  const compared = { seed, read: { ...options.read, signal } };
  const quantiles = await measureQuantiles(genuine.quantiles, simulated, compared);
  const real = genuine.rows;
  if (real === null) return { simulated, folder, quantiles, rows: null };
  const classes = await measureRealism(real, simulated, compared);
  options.onTrain?.();
  const sources = { simulated, real };
  const transfer = await trainAndTest(check, spec, sources, engine!, {
    ...options,
    read: compared.read,
  });
  return { simulated, folder, quantiles, rows: { real, classes, transfer } };
}

/** Trains on simulated rows alone and tests on genuine ones. */
async function trainAndTest(
  { model, seed }: SimulationCheck,
  source: SourceSpec,
  { simulated, real }: { readonly simulated: Source; readonly real: Source },
  engine: RunningEngine,
  options: Omit<TrainOptions, 'out'> & { readonly read: ReadOptions },
): Promise<SimToReal> {
  const { sample, training } = getProfile('quick');
  const plan = {
    model,
    data: DataSpec.parse({ source, sample, seed }),
    training: Hyperparameters.parse(training),
    seed,
    testRows: TEST_ROWS,
  };
  const out = mkdtempSync(join(tmpdir(), 'botlab-check-'));
  try {
    return await simToReal(plan, simulated, real, engine, { ...options, out });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
