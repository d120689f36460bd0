import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { csvSource } from '@botlab/data';
import { useEngine } from '@botlab/engine';
import { InputError } from '@botlab/errors';
import {
  DataSpec,
  getEstimator,
  getProfile,
  Hyperparameters,
  measureRealism,
  openSource,
  requireTask,
  simToReal,
  type SourceSpec,
} from '@botlab/training';
import { interruptible } from './interruption';
import { ReadingProgress, TrainingProgress } from './progress';
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

/** Compares simulated rows with those of a folder, and tests there what was trained on them alone. */
export async function checkSimulation(options: CheckOptions): Promise<void> {
  // An unknown model, and one that cannot do this, is said before anything is made.
  requireTask(getEstimator(options.model), 'binary');
  const spec: SourceSpec = { kind: 'simulated', seed: options.seed, scale: 1 };
  const { sample, training } = getProfile('quick');
  const reading = new ReadingProgress('simulating and reading data');
  const progress = new TrainingProgress();
  await interruptible(async (signal) => {
    const real = await csvSource(resolve(options.check));
    if (real.synthetic) {
      throw new InputError(
        `Cannot check against ${options.check}: it was made by botlab simulate; expected a folder of genuine N-BaIoT files.`,
      );
    }
    const engine = await useEngine(options.engine, options);
    const simulated = await openSource(spec, { cache: options.cache, signal });
    const read = { onProgress: reading.onProgress, signal };
    const out = mkdtempSync(join(tmpdir(), 'botlab-check-'));
    try {
      const classes = await measureRealism(real, simulated, { seed: options.seed, read });
      progress.start(`${options.model} on simulated rows`);
      const result = await simToReal(
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
          ...{ out, read, signal, threads: options.threads },
          onStep: progress.onStep,
          onProgress: progress.onProgress,
          onEpoch: progress.onEpoch,
          onRecovery: progress.onRecovery,
        },
      );
      progress.stop();
      const { evaluation, detections } = result;
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ synthetic: simulated.description, real: real.description, model: options.model, classes, evaluation, detections }, null, 2)}\n`
          : `${realismText(classes, result, simulated, real)}\n`,
      );
    } finally {
      reading.stop();
      progress.stop();
      rmSync(out, { recursive: true, force: true });
    }
  }, 'interrupted; nothing was kept but the simulated rows.');
}
