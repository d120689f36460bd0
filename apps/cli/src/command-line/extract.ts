import { FEATURE_FORMATS } from '@botlab/data';
import { parseMac } from '@botlab/traffic';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Options } from '../commands/extract';
import { jsonOption, positive } from '../options';

const work = () => require('../commands/extract') as typeof import('../commands/extract');

function mac(text: string): number {
  const address = parseMac(text);
  if (address !== undefined) return address;
  throw new InvalidArgumentError('Expected a MAC address, such as 02:00:00:00:00:a1');
}

/** `botlab extract`: from captures to the 115 features. */
export function addExtractCommand(root: Command): void {
  root
    .command('extract')
    .description(
      'compute the 115 features of N-BaIoT from captures (pcap or pcapng, plain or compressed with gzip or zstd): a row a packet',
    )
    .argument(
      '<captures...>',
      'files, or - for standard input; several are one recording in the order given, such as rotated files: the statistics go on from each to the next',
    )
    .requiredOption('-o, --out <file>', 'file for the rows; - for CSV on standard output')
    .addOption(
      new Option(
        '--mac <address>',
        'write rows only of packets that this MAC address sent, as the files of N-BaIoT hold; the statistics see every packet',
      ).argParser(mac),
    )
    .addOption(
      new Option('--format <name>', "form of the file (default: by the name's ending, else csv)") //
        .choices(FEATURE_FORMATS),
    )
    .addOption(
      new Option(
        '--idle <seconds>',
        'forget streams that were quiet for so long, which bounds the memory; who comes back is new, so features after such a pause change (default: forget nothing, exact)',
      ).argParser(positive()),
    )
    .option(
      '--strict',
      'write nothing where a capture is cut short or damaged (default: the rows of what lies before that)',
    )
    .addOption(jsonOption())
    .action((captures: string[], options: Options) => work().run(captures, options));
}
