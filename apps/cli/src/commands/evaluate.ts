import { useEngine } from '@botlab/engine';
import { evaluateRun } from '@botlab/training';
import { type Command, Option } from 'commander';
import { chosenData, openData } from '../chosen-data';
import { evaluationText } from '../evaluation-text';
import { interruptible } from '../interruption';
import { cacheOption, engineOption, jsonOption, threadsOption } from '../options';
import { ReadingProgress } from '../progress';

interface Options {
  readonly data?: string;
  readonly cache?: string;
  readonly engine: string;
  readonly threads?: number;
  readonly json?: true;
}

async function run(folder: string, options: Options): Promise<void> {
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

/** `botlab evaluate RUN`: a finished run's weights on its own test rows, or on all rows of other data. */
export function addEvaluateCommand(root: Command): void {
  root
    .command('evaluate')
    .description(
      'evaluate a finished run on its own test rows, or with --data on all rows of another folder',
    )
    .argument('<run>', 'a run folder, such as runs/table1-quick/binary/res-1dcnn-lstm/1')
    .addOption(
      new Option(
        '--data <dir>',
        'other data: a folder of N-BaIoT CSV files, in the layout of UCI or of Kaggle',
      ),
    )
    .addOption(cacheOption())
    .addOption(engineOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(run);
}
