import type { Command } from 'commander';
import type { Options } from '../commands/data';
import { dataOption, jsonOption } from '../options';

const work = () => require('../commands/data') as typeof import('../commands/data');

/** `botlab data`: what a data set holds. */
export function addDataCommand(root: Command): void {
  root
    .command('data')
    .description('look at a data set')
    .command('info')
    .description('count its rows by device and class')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action((options: Options) => work().run(options));
}
