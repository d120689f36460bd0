import { TASKS, type Task } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { useEngine } from '@botlab/engine';
import { getModel } from '@botlab/models';
import {
  environmentOf,
  Hyperparameters,
  LearningRateSchedule,
  prepareData,
  requireWritable,
  train,
} from '@botlab/training';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openData, readingLabel } from '../chosen-data';
import { interruptible } from '../interruption';
import { addTrainingOptions, type TrainingOptions } from '../options';
import { ReadingProgress, TrainingProgress } from '../progress';
import { evaluationText } from '../evaluation-text';
import { trainingRequest } from '../training-request';

interface Options extends TrainingOptions {
  readonly task: Task;
  readonly experiment: string;
  readonly set: Record<string, unknown>;
  readonly learningRate?: string;
  readonly validation?: string;
  readonly patience?: string;
  readonly schedule?: LearningRateSchedule;
}

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

/** Training settings with what the options change, checked by their schema. */
function hyperparameters(base: Hyperparameters, options: Options): Hyperparameters {
  const parsed = Hyperparameters.safeParse({
    ...base,
    ...(options.learningRate === undefined ? {} : { learningRate: Number(options.learningRate) }),
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
    ...(options.validation === undefined ? {} : { validation: Number(options.validation) }),
    ...(options.patience === undefined
      ? {}
      : { earlyStopping: { patience: Number(options.patience) } }),
  });
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new InputError(`Cannot train with that ${path.join('.')}: ${message}.`);
}

async function run(name: string, options: Options): Promise<void> {
  getModel(name); // an unknown model is said before the data is read
  const { data, training } = trainingRequest(options);
  const reading = new ReadingProgress(readingLabel(data.source));
  const progress = new TrainingProgress();
  await interruptible(async (signal) => {
    const engine = await useEngine(options.engine, options);
    requireWritable(options.out);
    const source = await openData(data.source, { cache: options.cache, signal });
    try {
      const prepared = await prepareData(source, data, { onProgress: reading.onProgress, signal });
      progress.start(`${name} ${options.task}`);
      const run = await train(
        {
          experiment: options.experiment,
          model: name,
          options: options.set,
          task: options.task,
          seed: options.seed,
          training: hyperparameters(training, options),
          data,
          checksum: prepared.checksum,
          environment: environmentOf(engine),
        },
        prepared,
        {
          out: options.out,
          threads: options.threads,
          signal,
          onStep: progress.onStep,
          onEpoch: progress.onEpoch,
          onRecovery: progress.onRecovery,
        },
      );
      progress.stop();
      const { metrics, skipped } = run;
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ folder: run.folder.path, ...metrics }, null, 2)}\n`
          : `${evaluationText(metrics, source)}\n\nRun: ${run.folder.path}${skipped ? ' (finished before)' : ''}\n`,
      );
    } finally {
      reading.stop();
      progress.stop();
    }
  });
}

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
    .option('--schedule <kind>', 'constant (the default), cosine or step:EVERY:FACTOR', schedule)
    .option(
      '--validation <fraction>',
      'part of the training rows to set aside and watch (default: 0, watch the test rows)',
    )
    .option(
      '--patience <epochs>',
      'stop early when the validation loss has not fallen for so long (needs --validation)',
    )
    .action(run);
}
