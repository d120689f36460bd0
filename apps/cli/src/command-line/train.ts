import { TASKS } from '@botlab/data';
import { type Command, Option } from 'commander';
import type { Options } from '../commands/train';
import { addTrainingOptions } from '../training-options';

const work = () => require('../commands/train') as typeof import('../commands/train');

/** `botlab train MODEL`: one model on one task, in a run folder. */
export function addTrainCommand(root: Command): void {
  addTrainingOptions(
    root.command('train').description('train one model; an interrupted run goes on where it was'),
    'one',
  )
    .argument('<model>', 'a name that botlab models lists')
    .addOption(new Option('--task <name>', 'what to tell apart').choices(TASKS).default('binary'))
    .option(
      '--experiment <name>',
      'name of the folder under --out; of a table or a study: the run becomes a row of it',
      'train',
    )
    .action((model: string, options: Options) => work().run(model, options));
}
