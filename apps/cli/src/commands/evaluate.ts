import { useEngine } from '@botlab/engine';
import { evaluationText } from '@botlab/report';
import { chosenSource, evaluateRun, PredictionsOutput } from '@botlab/training';
import { openData } from '../open-data';
import { interruptible } from '../interruption';
import { ReadingProgress } from '../progress';

/** What is typed after `botlab evaluate`. */
export interface Options {
  readonly data?: string;
  readonly predictions?: string;
  readonly cache?: string;
  readonly engine: string;
  readonly threads?: number;
  readonly json?: true;
}

/** Which rows were scored, in words. */
const SCORED = {
  test: 'the test rows that the run was made with',
  all: 'all rows, which are not those of the run',
} as const;

/** Does what `botlab evaluate` was asked for. */
export async function run(folder: string, options: Options): Promise<void> {
  const reading = new ReadingProgress();
  const output = options.predictions ? new PredictionsOutput(options.predictions) : undefined;
  const { evaluation, source, scored } = await interruptible(async (signal) => {
    await useEngine(options.engine, options);
    const found = await evaluateRun(folder, {
      open: (spec) => openData(spec, { cache: options.cache, signal }),
      ...(options.data === undefined ? {} : { other: chosenSource(options.data) }),
      read: { signal, onProgress: reading.onProgress },
      threads: options.threads,
      onPredictions: output?.add,
      onRecovery: (sentence) => process.stderr.write(`${sentence}\n`),
    });
    await output?.close();
    return found;
  }).finally(() => {
    output?.abort();
    reading.stop();
  });
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ synthetic: source.synthetic, scored, ...evaluation }, null, 2)}\n`
      : `${evaluationText(evaluation, source, SCORED[scored])}\n`,
  );
}
