import { unknownName } from '@botlab/errors';
import type { Assignment } from './request-options';

/** The options that `--set` gives, by name. */
export function optionsOf(assignments: readonly Assignment[] = []): Record<string, unknown> {
  return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}

/**
 * The options that `--set` gives, by the name of their model.
 *
 * @param models those that are trained
 * @throws InputError for a model that is not among them
 */
export function optionsByModel(
  assignments: readonly Assignment[] = [],
  models: readonly string[],
): Record<string, Record<string, unknown>> {
  const byModel: Record<string, Record<string, unknown>> = {};
  for (const { model, name, value } of assignments) {
    if (!models.includes(model!)) throw unknownName('model to set an option of', model!, models);
    byModel[model!] = Object.fromEntries([...Object.entries(byModel[model!] ?? {}), [name, value]]);
  }
  return byModel;
}
