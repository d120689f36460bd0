import { type Command, Option } from 'commander';
import type { Options } from '../commands/study';
import { list, resultsOption, seedsOption, taskOption } from '../options';
import { addTrainingOptions } from '../training-options';

const work = () => require('../commands/study') as typeof import('../commands/study');

/** `botlab study FILE`: a plan from a file. */
export function addStudyCommand(root: Command): void {
  addTrainingOptions(
    root
      .command('study')
      .description(
        'run a study from a file: variants × scalers × splits × seeds, printed and reported like Table 1',
      ),
    'several',
  )
    .argument('<file>', 'JSON or YAML, such as studies/ablations.json')
    .addOption(
      new Option(
        '--experiment <name>',
        'name of the folder under --out (default: that of the file, and each choice that is not the file’s)',
      ),
    )
    .addOption(
      new Option(
        '--models <names>',
        'only the variants of these models, separated by commas',
      ).argParser(list),
    )
    .addOption(taskOption())
    .addOption(seedsOption())
    .addOption(
      new Option(
        '--transfer <dir>',
        'also score each run on all rows of this folder: a column for shift',
      ),
    )
    .addOption(resultsOption())
    .action((file: string, options: Options) => work().run(file, options));
}
