import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ReadOptions, Source } from '@botlab/data';
import { type RunningEngine, useEngine } from '@botlab/engine';
import {
  DataSpec,
  getEstimator,
  getProfile,
  Hyperparameters,
  measureQuantiles,
  measureRealism,
  openSource,
  requireTask,
  simToReal,
  type SimToReal,
  type SourceSpec,
} from '@botlab/training';
import { interruptible } from './interruption';
import { ReadingProgress, TrainingProgress } from './progress';
import { openGenuine } from './genuine-folder';
import { quantilesText } from './quantiles-text';
import { realismText } from './realism-text';

export interface CheckOptions {
  /** Folder of genuine rows. */
  readonly check: string;
  readonly model: string;
  readonly engine: string;
  readonly threads?: number;
  readonly seed: number;
  readonly cache?: string;
  readonly json?: true;
}

/** Genuine rows to test on, at most: enough for a figure, few enough for a slow engine. */
const TEST_ROWS = 20_000;

/**
 * Compares simulated rows with what a folder tells of genuine ones: its rows, on which what was trained on simulated
 * rows alone is tested too, and quantiles published of all rows.
 */
export async function checkSimulation(options: CheckOptions): Promise<void> {
  // An unknown model, and one that cannot do this, is said before anything is made.
  requireTask(getEstimator(options.model), 'binary');
  const spec: SourceSpec = { kind: 'simulated', seed: options.seed, scale: 1 };
  const reading = new ReadingProgress('simulating and reading data');
  await interruptible(async (signal) => {
    const folder = resolve(options.check);
    const genuine = await openGenuine(folder);
    const engine = genuine.rows && (await useEngine(options.engine, options));
    const simulated = await openSource(spec, { cache: options.cache, signal });
    const read = { onProgress: reading.onProgress, signal };
    try {
      const compared = { seed: options.seed, read };
      const quantiles = await measureQuantiles(genuine.quantiles, simulated, compared);
      const classes = genuine.rows && (await measureRealism(genuine.rows, simulated, compared));
      const result =
        genuine.rows &&
        (await transfer(options, spec, { simulated, real: genuine.rows }, engine!, read));
      const real = genuine.rows?.description ?? null;
      const report = {
        ...{ synthetic: simulated.description, real, model: result && options.model },
        ...(quantiles.length > 0 ? { quantiles } : {}),
        ...(result
          ? { classes, evaluation: result.evaluation, detections: result.detections }
          : {}),
      };
      const texts = [
        ...(quantiles.length > 0 ? [quantilesText(quantiles, simulated, folder)] : []),
        ...(result ? [realismText(classes!, result, simulated, genuine.rows)] : []),
      ];
      process.stdout.write(
        options.json ? `${JSON.stringify(report, null, 2)}\n` : `${texts.join('\n\n')}\n`,
      );
    } finally {
      reading.stop();
    }
  }, 'interrupted; nothing was kept but the simulated rows.');
}

/** Trains on simulated rows alone and tests on genuine ones; the run is thrown away. */
async function transfer(
  options: CheckOptions,
  spec: SourceSpec,
  { simulated, real }: { readonly simulated: Source; readonly real: Source },
  engine: RunningEngine,
  read: ReadOptions,
): Promise<SimToReal> {
  const { sample, training } = getProfile('quick');
  const progress = new TrainingProgress();
  const out = mkdtempSync(join(tmpdir(), 'botlab-check-'));
  try {
    progress.start(`${options.model} on simulated rows`);
    return await simToReal(
      {
        model: options.model,
        data: DataSpec.parse({ source: spec, sample, seed: options.seed }),
        training: Hyperparameters.parse(training),
        seed: options.seed,
        testRows: TEST_ROWS,
      },
      simulated,
      real,
      engine,
      {
        ...{ out, read, signal: read.signal, threads: options.threads },
        onStep: progress.onStep,
        onProgress: progress.onProgress,
        onEpoch: progress.onEpoch,
        onRecovery: progress.onRecovery,
      },
    );
  } finally {
    progress.stop();
    rmSync(out, { recursive: true, force: true });
  }
}
