import { TASKS } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { LearningRateSchedule, PROFILES } from '@botlab/training/light';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Options } from '../commands/train';
import { addTrainingOptions } from '../options';

const work = () => require('../commands/train') as typeof import('../commands/train');

/** Adds "width=32" to the model's options; the value is JSON where it can be, else text. */
function assignment(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const [name, ...rest] = text.split('=');
  if (!name || rest.length === 0) {
    throw new InputError(`Cannot set "${text}": expected NAME=VALUE, such as width=32.`);
  }
  const value = rest.join('=');
  try {
    return { ...before, [name]: JSON.parse(value) as unknown };
  } catch {
    return { ...before, [name]: value };
  }
}

/** A learning-rate schedule from "constant", "cosine" or "step:EVERY:FACTOR". */
function schedule(text: string): LearningRateSchedule {
  const [kind, every, factor, ...rest] = text.split(':');
  const numbers = kind === 'step' ? { every: Number(every), factor: Number(factor) } : {};
  const parsed = LearningRateSchedule.safeParse({ kind, ...numbers });
  if (parsed.success && rest.length === 0) return parsed.data;
  throw new InvalidArgumentError(
    'Expected constant, cosine or step:EVERY:FACTOR, such as step:10:0.5',
  );
}

/** What each profile has where --schedule is left out: "quick cosine, paper constant". */
const ofProfiles = PROFILES.map(
  ({ name, training }) => `${name} ${training.schedule?.kind ?? 'constant'}`,
).join(', ');

/** `botlab train MODEL`: one model on one task, in a run folder. */
export function addTrainCommand(root: Command): void {
  addTrainingOptions(
    root.command('train').description('train one model; an interrupted run goes on where it was'),
  )
    .argument('<model>', 'a name that botlab models lists')
    .addOption(new Option('--task <name>', 'what to tell apart').choices(TASKS).default('binary'))
    .option('--experiment <name>', 'name of the folder under --out', 'train')
    .option(
      '--set <name=value>',
      'an option of the model, such as width=32 (may be repeated)',
      assignment,
      {},
    )
    .option('--learning-rate <rate>', "learning rate of Adam (default: the paper's 0.001)")
    .option(
      '--schedule <kind>',
      `constant, cosine or step:EVERY:FACTOR (default: the profile's: ${ofProfiles})`,
      schedule,
    )
    .option(
      '--validation <fraction>',
      'part of the training rows to set aside and watch (default: 0, watch the test rows)',
    )
    .option(
      '--patience <epochs>',
      'stop early when the validation loss has not fallen for so long (needs --validation)',
    )
    .action((model: string, options: Options) => work().run(model, options));
}
