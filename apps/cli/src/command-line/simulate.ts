import { type Command, Option } from 'commander';
import type { Options } from '../commands/simulate';
import {
  cacheOption,
  engineOption,
  jsonOption,
  list,
  positive,
  threadsOption,
  whole,
} from '../options';

const work = () => require('../commands/simulate') as typeof import('../commands/simulate');

/** `botlab simulate`: the testbed of N-BaIoT, simulated, as files. */
export function addSimulateCommand(root: Command): void {
  root
    .command('simulate')
    .description(
      "simulate N-BaIoT's testbed and write CSV files in UCI's layout, or captures; what simulate left in the folder before is replaced",
    )
    .option('--out <dir>', 'folder for the files: new, empty, or made by simulate')
    .option(
      '--check <dir>',
      'compare simulated rows with a folder of genuine ones, and test there a model trained on simulated rows alone; or with one of quantiles (family-quantiles.csv, benign-by-device.csv)',
    )
    .addOption(
      new Option('--devices <names>', 'devices, separated by commas (default: all nine)').argParser(
        list,
      ),
    )
    .addOption(
      new Option(
        '--attacks <names>',
        'benign, gafgyt or mirai (all attacks of one), gafgyt.combo, mirai.udp, …, separated by commas (default: all)',
      ).argParser(list),
    )
    .addOption(
      new Option(
        '--scale <part>',
        'rows of each file as a part of the published ones; 1 is 7,062,606 rows, 8 GB of CSV',
      )
        .argParser(positive(1))
        .default(0.01),
    )
    .addOption(new Option('--seed <n>', 'seed of everything random').argParser(whole(0)).default(1))
    .option('--pcap', 'write captures of all packets instead of CSV files of rows')
    .option('--model <name>', 'with --check: what to train', 'res-1dcnn-lstm')
    .addOption(engineOption())
    .addOption(threadsOption())
    .addOption(cacheOption())
    .addOption(jsonOption())
    .action((options: Options) => work().run(options));
}
