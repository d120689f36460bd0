import { join } from 'node:path';
import type { Task } from '@botlab/data';
import { InputError, unknownName } from '@botlab/errors';
import { listModels, loadDefinitions } from '@botlab/models';
import { definedEstimators } from './define-estimator';
import type { Estimator } from './estimator';
import { networkEstimator } from './network-estimator';

/** The order in which those that are no networks are listed; what is not here comes after them, by name. */
const ORDER = ['boosting', 'forest', 'tree', 'logistic', 'stump', 'majority', 'isolation-forest'];

/** A file each, and adding one takes nothing else. */
const folder = join(__dirname, 'zoo');

/** What stands there, which nobody's of the same name is. */
let own: ReadonlySet<Estimator> | undefined;

function loadOwn(): ReadonlySet<Estimator> {
  if (own !== undefined) return own;
  const before = new Set<Estimator>(definedEstimators());
  loadDefinitions(folder);
  own = new Set(definedEstimators().filter((estimator) => !before.has(estimator)));
  return own;
}

/** Whether an estimator, no network, is one of this room's. */
export function isOwnEstimator(estimator: Estimator): boolean {
  return loadOwn().has(estimator);
}

/**
 * Everything that can be a row of Table 1: the networks, those of the paper first and in its order, and then what
 * else is fitted to the same rows.
 *
 * @throws RangeError when a network and another estimator have one name
 */
export function listEstimators(): readonly Estimator[] {
  loadOwn();
  const networks = listModels().map(networkEstimator);
  const others = [...definedEstimators()].sort(
    (a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name),
  );
  const both = others.find(({ name }) => networks.some((network) => network.name === name));
  if (both !== undefined) {
    throw new RangeError(
      `Cannot list the estimators: a network and another have the name "${both.name}"; rename one of them.`,
    );
  }
  return [...networks, ...others];
}

function rank(name: string): number {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
}

/**
 * The estimator of that name, a network or another.
 *
 * @throws InputError that suggests the nearest name
 */
export function getEstimator(name: string): Estimator {
  const estimators = listEstimators();
  const found = estimators.find((estimator) => estimator.name === name);
  if (found !== undefined) return found;
  throw unknownName(
    'model',
    name,
    estimators.map((estimator) => estimator.name),
  );
}

/**
 * Makes sure that an estimator can do a task.
 *
 * @param remedy what to do where it cannot: by default, what to type
 * @throws InputError that says which it can do
 */
export function requireTask(
  { name, tasks }: Pick<Estimator, 'name' | 'tasks'>,
  task: Task,
  remedy = `use --task ${tasks[0]!}`,
): void {
  if (tasks.includes(task)) return;
  throw new InputError(
    `Cannot train ${name} on the ${task} task: it can do the ${tasks.join(' and the ')} task alone; ${remedy}.`,
  );
}
