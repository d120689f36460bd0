import type { Command } from 'commander';
import type { Options } from '../commands/models';
import { jsonOption } from '../options';

const work = () => require('../commands/models') as typeof import('../commands/models');

/** `botlab models`: the registry. */
export function addModelsCommand(root: Command): void {
  root
    .command('models')
    .description('list the models with their options, weights and the paper’s figures')
    .addOption(jsonOption())
    .action((options: Options) => work().run(options));
}
