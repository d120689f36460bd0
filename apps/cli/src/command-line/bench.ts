import { availableParallelism } from 'node:os';
import { WORKS } from '@botlab/training/light';
import { type Command, Option } from 'commander';
import type { Options } from '../commands/bench';
import { OPPONENTS } from '../opponent-name';
import { engineOption, jsonOption, list, positive, whole } from '../options';
import { LEAST_STEPS } from '../rounds';
import { REFERENCE } from '../reference-model';

const work = () => require('../commands/bench') as typeof import('../commands/bench');

/** `botlab bench`: how fast an engine trains and infers, alone or beside PyTorch or tfjs-node. */
export function addBenchCommand(root: Command): void {
  root
    .command('bench')
    .description(
      'time the training step and the inference of each model on synthetic rows, alone or in turns with PyTorch or tfjs-node',
    )
    .addOption(engineOption())
    .addOption(
      new Option(
        '--against <name>',
        'what to compare with: torch (a Python with PyTorch: BOTLAB_PYTHON, .venv or python3), or tfjs-node (the engine tensorflow)',
      ).choices(OPPONENTS),
    )
    .addOption(
      new Option('--model <names...>', 'models (default: all that botlab models lists)').argParser(
        (text: string, before: readonly string[] = []) => [...new Set([...before, ...list(text)])],
      ),
    )
    .addOption(
      new Option('--work <kind>', 'train: a step forward, backward and of Adam; infer: a batch')
        .choices([...WORKS, 'all'])
        .default('all'),
    )
    .addOption(
      new Option('--batch <n>', 'rows in a batch').argParser(whole(1, 2 ** 20)).default(512),
    )
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
