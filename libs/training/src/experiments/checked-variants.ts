import type { Task } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { requireFileName } from '@botlab/files';
import { parseOptions } from '@botlab/models';
import { getEstimator, requireTask } from '../estimators/registry';
import type { Variant } from './variant-schema';

/**
 * Variants with the options of their models filled in.
 *
 * @throws InputError for an unknown model or option, an id that is no folder's name or is given twice, or a task
 *   that a model cannot do: before data are read
 */
export function checkedVariants(variants: readonly Variant[], tasks: readonly Task[]): Variant[] {
  if (variants.length === 0) throw new InputError('A plan needs at least one variant to train.');
  const ids = new Map<string, string>();
  return variants.map((variant) => {
    const { id, model, options } = variant;
    requireFileName(id, 'a variant');
    const namesake = ids.get(id.toLowerCase());
    if (namesake !== undefined) {
      throw new InputError(
        namesake === id
          ? `The variant "${id}" is there twice: give each an id of its own.`
          : `The variants "${namesake}" and "${id}" would have one folder where capitals do not count: give each an id of its own.`,
      );
    }
    ids.set(id.toLowerCase(), id);
    const estimator = getEstimator(model);
    for (const task of variant.tasks ?? tasks) requireTask(estimator, task);
    return { ...variant, options: parseOptions(estimator, options) };
  });
}
