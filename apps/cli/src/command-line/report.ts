import type { Command } from 'commander';
import type { Options } from '../commands/report';
import { jsonOption, resultsOption } from '../options';

const work = () => require('../commands/report') as typeof import('../commands/report');

/** `botlab report`: tables and report again, from run folders alone. */
export function addReportCommand(root: Command): void {
  root
    .command('report')
    .description('make the tables and the HTML report of an experiment again, from its run folders')
    .argument('[folder]', 'an --out folder, or an experiment in it', 'runs')
    .addOption(resultsOption())
    .addOption(jsonOption())
    .action((folder: string, options: Options) => work().run(folder, options));
}
