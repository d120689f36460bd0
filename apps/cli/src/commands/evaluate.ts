import { useEngine } from '@botlab/engine';
import { evaluateRun } from '@botlab/training';
import { chosenData, openData } from '../chosen-data';
import { evaluationText } from '../evaluation-text';
import { interruptible } from '../interruption';
import { ReadingProgress } from '../progress';

/** What is typed after `botlab evaluate`. */
export interface Options {
  readonly data?: string;
  readonly cache?: string;
  readonly engine: string;
  readonly threads?: number;
  readonly json?: true;
}

/** Does what `botlab evaluate` was asked for. */
export async function run(folder: string, options: Options): Promise<void> {
  const reading = new ReadingProgress();
  const { evaluation, source } = await interruptible(async (signal) => {
    await useEngine(options.engine, options);
    return evaluateRun(folder, {
      open: (spec) => openData(spec, { cache: options.cache, signal }),
      ...(options.data === undefined ? {} : { other: chosenData(options.data) }),
      read: { signal, onProgress: reading.onProgress },
      threads: options.threads,
      onRecovery: (sentence) => process.stderr.write(`${sentence}\n`),
    });
  }).finally(() => reading.stop());
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ synthetic: source.synthetic, ...evaluation }, null, 2)}\n`
      : `${evaluationText(evaluation, source)}\n`,
  );
}
