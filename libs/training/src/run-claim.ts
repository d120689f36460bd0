import { InputError } from '@botlab/errors';
import { choicesOf, difference } from './experiments/plan';
import type { RunConfig } from './run-config';
import type { RunFolder } from './run-folder';

/** What of a plan's training concerns what is no network. */
const CONCERNS_ALL = ['validation', 'earlyStopping'];

/**
 * What two configurations must share to be of the same run: all but where and with what it ran, and, where the model
 * is no network, how networks are trained.
 */
function choicesOfRun(config: RunConfig): Record<string, unknown> {
  const { model, options, task, seed, kind = 'network' } = config;
  const ofNetworks = Object.keys(config.training).filter((name) => !CONCERNS_ALL.includes(name));
  const shared = Object.entries(choicesOf(config)).filter(
    ([name]) => kind === 'network' || !ofNetworks.includes(name),
  );
  return { model, options, task, seed, ...Object.fromEntries(shared) };
}

/**
 * Writes the configuration into a new folder; in one that has some, makes sure that it is the same, but for more
 * epochs, which a run of any age takes on.
 *
 * @throws InputError when the folder holds a run with another configuration
 */
export function claim(folder: RunFolder, config: RunConfig): void {
  if (!folder.exists) return folder.writeConfig(config);
  const before = folder.readConfig();
  const differs = difference(choicesOfRun(before), choicesOfRun(config));
  if (differs === undefined) {
    // What it makes no use of is its plan's.
    if (differsInPlan(before, config)) folder.writeConfig({ ...before, training: config.training });
    return;
  }
  const { epochs } = before.training;
  const prolonged = { ...before, training: { ...before.training, epochs: config.training.epochs } };
  const isProlonged =
    config.training.epochs > epochs &&
    difference(choicesOfRun(prolonged), choicesOfRun(config)) === undefined;
  if (isProlonged && config.training.schedule.kind !== 'cosine') {
    folder.reopen(prolonged);
    return;
  }
  const because = isProlonged
    ? ` (its learning rate falls as a cosine over ${epochs} epochs, which more would change from the first on; with --schedule constant epochs can be added)`
    : '';
  throw new InputError(
    `Cannot go on in ${folder.path}: it holds a run with ${differs}; ` +
      `choose another --out or --experiment, or delete that folder${because}.`,
  );
}

function differsInPlan(before: RunConfig, now: RunConfig): boolean {
  return difference(choicesOf(before), choicesOf(now)) !== undefined;
}
