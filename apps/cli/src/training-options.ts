import { droppedColumns, FEATURE_NAMES, LEAKAGES, SCALERS, SPLITS } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { type Assignment, DataSpec, LearningRateSchedule, PROFILES } from '@botlab/training/light';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  cacheOption,
  dataOption,
  engineOption,
  jsonOption,
  list,
  outOption,
  threadsOption,
  whole,
} from './options';

/** Names of columns, separated by commas. */
function columns(text: string): string[] {
  const names = list(text);
  droppedColumns(FEATURE_NAMES, names); // a wrong one is said before the data is read
  return names;
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
const schedules = PROFILES.map(
  ({ name, training }) => `${name} ${training.schedule?.kind ?? 'constant'}`,
).join(', ');

/** What each profile clips gradients to: "quick 1, paper none". */
const norms = PROFILES.map(({ name, training }) => `${name} ${training.clipNorm ?? 'none'}`).join(
  ', ',
);

/** What is taken where an option is left out, as the help says it. */
const { split, leakage, scaler } = DataSpec.shape;
const usual = {
  split: split.parse(undefined),
  leakage: leakage.parse(undefined),
  scaler: scaler.parse(undefined),
};

/** "width=32" as an assignment, after those before; the value is JSON where it can be, else text. */
function assignment(text: string, before: readonly Assignment[] = []): Assignment[] {
  const [name, value] = parts(text, 'NAME=VALUE, such as width=32');
  return [...before, { name, value }];
}

/** "res-1dcnn-lstm.width=32" as an assignment. */
function assignmentOfModel(text: string, before: readonly Assignment[] = []): Assignment[] {
  const expected = 'MODEL.NAME=VALUE, such as res-1dcnn-lstm.width=32';
  const [whole, value] = parts(text, expected);
  const [model, name, ...rest] = whole.split('.');
  if (!model || !name || rest.length > 0) {
    throw new InputError(`Cannot set "${text}": expected ${expected}.`);
  }
  return [...before, { model, name, value }];
}

function parts(text: string, expected: string): [name: string, value: unknown] {
  const [name, ...rest] = text.split('=');
  if (!name || rest.length === 0) {
    throw new InputError(`Cannot set "${text}": expected ${expected}.`);
  }
  const value = rest.join('=');
  try {
    return [name, JSON.parse(value) as unknown];
  } catch {
    return [name, value];
  }
}

/** Adds to a command what every command that trains takes; `several` models, or the one that it names. */
export function addTrainingOptions(command: Command, several: 'several' | 'one'): Command {
  const options = [
    dataOption(),
    cacheOption(),
    outOption(),
    new Option(
      '--profile <name>',
      `${PROFILES.map(({ name, summary }) => `${name}: ${summary}`).join('; ')} (default: ${PROFILES[0]!.name})`,
    ).choices(PROFILES.map(({ name }) => name)),
    engineOption(),
    threadsOption(),
    new Option('--split <kind>', `how test rows are chosen (default: ${usual.split})`).choices(
      SPLITS,
    ),
    new Option('--held-out <names>', 'with --split device or family: what to test on').argParser(
      list,
    ),
    new Option(
      '--leakage <choice>',
      `whether features may tell the clock (absolute time in HH_jit) (default: ${usual.leakage})`,
    ).choices(LEAKAGES),
    new Option(
      '--drop <columns>',
      'columns to leave out, such as HH_L5_pcc: 0 in every row',
    ).argParser(columns),
    new Option('--scaler <kind>', `how features are scaled (default: ${usual.scaler})`).choices(
      SCALERS,
    ),
    new Option('--seed <n>', 'seed of everything random (default: 1)').argParser(whole(0)),
    new Option(
      '--resample',
      'let each seed draw its sample and its split too, so that ± covers them',
    ),
    new Option('--rows <n>', "rows to sample, instead of the profile's").argParser(whole(1)),
    new Option('--epochs <n>', "epochs, instead of the profile's").argParser(whole(1)),
    new Option('--batch-size <n>', "rows in a batch, instead of the profile's").argParser(whole(1)),
    new Option(
      '--learning-rate <rate>',
      "learning rate of Adam (default: the profile's, or the paper's 0.001)",
    ),
    new Option(
      '--schedule <kind>',
      `constant, cosine or step:EVERY:FACTOR (default: the profile's: ${schedules})`,
    ).argParser(schedule),
    new Option(
      '--clip-norm <norm>',
      `norm that the gradients of a step have at most, or none (default: the profile's: ${norms})`,
    ),
    new Option(
      '--validation <fraction>',
      'part of the training rows to set aside and watch (default: 0, watch the test rows)',
    ),
    new Option(
      '--patience <epochs>',
      'stop early when the validation loss has not fallen for so long (needs --validation)',
    ),
    several === 'several'
      ? new Option(
          '--set <model.name=value>',
          'an option of a model, such as res-1dcnn-lstm.width=32 (may be repeated)',
        ).argParser(assignmentOfModel)
      : new Option(
          '--set <name=value>',
          'an option of the model, such as width=32 (may be repeated)',
        ).argParser(assignment),
    jsonOption(),
  ];
  for (const option of options) command.addOption(option);
  return command;
}
