import {
  checkSimulation,
  type SimulationCheck,
  simulationCheckText,
  type SimulationFindings,
} from '@botlab/training';
import { interruptible } from '../interruption';
import { ReadingProgress, TrainingProgress } from '../progress';

/** What is typed after `botlab simulate --check`. */
export interface CheckOptions extends Omit<SimulationCheck, 'folder'> {
  readonly check: string;
  readonly threads?: number;
  readonly json?: true;
}

/** Does what `botlab simulate --check` was asked for. */
export async function run({ check: folder, json, ...options }: CheckOptions): Promise<void> {
  const reading = new ReadingProgress('simulating and reading data');
  const progress = new TrainingProgress();
  const findings = await interruptible(async (signal) => {
    try {
      return await checkSimulation(
        { ...options, folder },
        {
          ...{ ...progress.hooks, signal, threads: options.threads },
          read: { onProgress: reading.onProgress },
          onTrain: () => progress.start(`${options.model} on simulated rows`),
        },
      );
    } finally {
      progress.stop();
      reading.stop();
    }
  }, 'interrupted; nothing was kept but the simulated rows.');
  const text = json
    ? JSON.stringify(summary(findings, options.model), null, 2)
    : simulationCheckText(findings);
  process.stdout.write(`${text}\n`);
}

function summary({ simulated, quantiles, rows }: SimulationFindings, model: string): object {
  return {
    synthetic: simulated.description,
    real: rows?.real.description ?? null,
    model: rows && model,
    ...(quantiles.length > 0 ? { quantiles } : {}),
    ...(rows
      ? {
          classes: rows.classes,
          evaluation: rows.transfer.evaluation,
          detections: rows.transfer.detections,
        }
      : {}),
  };
}
