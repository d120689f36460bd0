import { availableParallelism } from 'node:os';
import {
  LEAST_STEPS,
  OPPONENTS,
  REFERENCE,
  TREE_MODELS,
  TREE_OPPONENTS,
} from '@botlab/bench/light';
import { WORKS } from '@botlab/training/light';
import { type Command, Option } from 'commander';
import type { Options } from '../commands/bench';
import { cacheOption, engineOption, jsonOption, list, positive, whole } from '../options';

const work = () => require('../commands/bench') as typeof import('../commands/bench');

/** `botlab bench`: how fast an engine trains and infers, alone or beside another library. */
export function addBenchCommand(root: Command): void {
  root
    .command('bench')
    .description(
      'time the training and the inference of each model on synthetic rows, alone or in turns with another library',
    )
    .addOption(engineOption())
    .addOption(
      new Option(
        '--against <name>',
        `what to compare with: networks with torch or tfjs-node (the engine tensorflow), trees with ${Object.keys(TREE_OPPONENTS).join(' or ')}; ` +
          'a Python that has it is BOTLAB_PYTHON, .venv or python3',
      ).choices(OPPONENTS),
    )
    .addOption(
      new Option(
        '--model, --models <names...>',
        `networks, or trees: ${TREE_MODELS.join(', ')} (default: all networks, or all that --against has)`,
      ).argParser((text: string, before: readonly string[] = []) => [
        ...new Set([...before, ...list(text)]),
      ]),
    )
    .addOption(
      new Option(
        '--work <kind>',
        'train: a step forward, backward and of Adam, or of trees a whole fit; infer: a batch',
      )
        .choices([...WORKS, 'all'])
        .default('all'),
    )
    .addOption(
      new Option('--batch <n>', 'rows in a batch').argParser(whole(1, 2 ** 20)).default(512),
    )
    .addOption(
      new Option(
        '--rows <n>',
        'of trees: simulated rows, a fifth of which is answered and the rest fitted to (default: 10000)',
      ).argParser(whole(10)),
    )
    .addOption(cacheOption())
    .addOption(
      new Option(
        '--width <n>',
        'the option width of the model that has one, res-1dcnn-lstm (default: its own)',
      ).argParser(whole(1)),
    )
    .addOption(
      new Option('--threads <n>', 'threads to compute with')
        .argParser(whole(1, 1024))
        .default(availableParallelism(), 'all cores'),
    )
    .addOption(
      new Option('--rounds <n>', 'rounds, of whose times the median is printed')
        .argParser(whole(1, 1_000_000))
        .default(7),
    )
    .addOption(
      new Option(
        '--seconds <s>',
        `how long a round lasts at least; it has ${LEAST_STEPS} steps or more`,
      )
        .argParser(positive())
        .default(0.5),
    )
    .addOption(
      new Option(
        '--memory',
        'measure as well the most memory of a process that trains the model alone',
      ),
    )
    .addOption(
      new Option(
        '--profile-kernels',
        'print instead which kernels of the engine take the time of a training step',
      ).conflicts(['against', 'memory']),
    )
    .addOption(
      new Option(
        '--count-dispatches',
        `print instead how often a training step asks the graphics card to compute something (default model: ${REFERENCE})`,
      ).conflicts(['against', 'memory', 'profileKernels']),
    )
    .addOption(jsonOption())
    .action((options: Options) => work().run(options));
}
