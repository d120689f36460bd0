import type { z } from 'zod';
import type { EstimatorDefinition } from './estimator';

const definitions = new Map<string, EstimatorDefinition>();

/**
 * Registers an estimator that is no network, and returns its definition: from then on the command line lists it,
 * Table 1 can run it and the contract tests cover it. Defining a name again replaces it, as a notebook's cell
 * that is run twice does. A network is defined by `defineModel` of `@botlab/models`.
 *
 * @throws RangeError when the name is not lower-case letters, digits and dashes
 */
export function defineEstimator<Schema extends z.ZodType>(
  definition: EstimatorDefinition<Schema>,
): EstimatorDefinition<Schema> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(definition.name)) {
    throw new RangeError(
      `Cannot define the estimator "${definition.name}": expected a name of lower-case letters, digits and dashes.`,
    );
  }
  definitions.set(definition.name, definition);
  return definition;
}

/** Every definition so far, in the order of definition. */
export function definedEstimators(): readonly EstimatorDefinition[] {
  return [...definitions.values()];
}

/** Notes what is defined; what it returns makes it so again, as when a plugin is refused. */
export function noteEstimators(): () => void {
  const before = [...definitions];
  return () => {
    definitions.clear();
    for (const [name, definition] of before) definitions.set(name, definition);
  };
}
