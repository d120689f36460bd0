import { type Command, Option } from 'commander';
import type { Options } from '../commands/table1';
import { modelsOption, resultsOption, seedsOption, taskOption } from '../options';
import { addTrainingOptions } from '../training-options';

const work = () => require('../commands/table1') as typeof import('../commands/table1');

/** `botlab table1`: the paper's Table 1 on the data at hand. */
export function addTable1Command(root: Command): void {
  addTrainingOptions(
    root
      .command('table1')
      .description("train the paper's models and print its Table 1, ours beside the paper's"),
    'several',
  )
    .addOption(
      new Option(
        '--experiment <name>',
        'name of the folder under --out (default: table1, the profile and each choice that is not its default)',
      ),
    )
    .addOption(modelsOption())
    .addOption(
      new Option('--no-baselines', 'leave out the baselines: trees, thresholds, the majority'),
    )
    .addOption(taskOption())
    .addOption(seedsOption())
    .addOption(resultsOption())
    .action((options: Options) => work().run(options));
}
