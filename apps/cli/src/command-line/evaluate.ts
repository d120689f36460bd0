import { type Command, Option } from 'commander';
import type { Options } from '../commands/evaluate';
import { cacheOption, engineOption, jsonOption, threadsOption } from '../options';

const work = () => require('../commands/evaluate') as typeof import('../commands/evaluate');

/** `botlab evaluate RUN`: a finished run's weights on its own test rows, or on all rows of other data. */
export function addEvaluateCommand(root: Command): void {
  root
    .command('evaluate')
    .description(
      'evaluate a finished run on its own test rows, or with --data on all rows of another folder; where ' +
        'that holds the same rows as the run had, on the test rows among them',
    )
    .argument('<run>', 'a run folder, such as runs/table1-quick/binary/res-1dcnn-lstm/1')
    .addOption(
      new Option(
        '--data <dir>',
        'other data, or where those of the run are now: a folder of N-BaIoT CSV files, in the layout of UCI or of Kaggle',
      ),
    )
    .addOption(
      new Option(
        '--predictions <file>',
        'write a row for each row scored, as .csv or .parquet: file, row in it (from 0), truth, prediction, probabilities',
      ),
    )
    .addOption(cacheOption())
    .addOption(engineOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action((folder: string, options: Options) => work().run(folder, options));
}
