import { type ModelDefinition, parseOptions } from '@botlab/models';
import type { EstimatorDefinition } from '../estimators/estimator';

type Definition = ModelDefinition | EstimatorDefinition;

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';

/** What each field of a definition has to be: plain JavaScript has no compiler to say so. */
const OF_ALL = {
  title: { is: isText, expected: 'text' },
  summary: { is: isText, expected: 'a sentence' },
  options: {
    is: (value: unknown) => isFunction((value as { safeParse?: unknown } | undefined)?.safeParse),
    expected: 'an object of zod',
  },
};
const OF_NETWORKS = { build: { is: isFunction, expected: 'a function' } };
const OF_OTHERS = {
  tasks: { is: (value: unknown) => Array.isArray(value), expected: 'a list of tasks' },
  fit: { is: isFunction, expected: 'a function' },
  load: { is: isFunction, expected: 'a function' },
};

/**
 * Makes sure that a definition has all that it needs.
 *
 * @param fault makes the error of a reason
 * @throws what `fault` makes; an InputError where an option has no default
 */
export function requireComplete(definition: Definition, fault: (why: string) => Error): void {
  const fields = { ...OF_ALL, ...('kind' in definition ? OF_OTHERS : OF_NETWORKS) };
  for (const [field, { is, expected }] of Object.entries(fields)) {
    if (is(Reflect.get(definition, field))) continue;
    throw fault(`its model "${definition.name}" has no ${field}, which is to be ${expected}`);
  }
  parseOptions(definition);
}
