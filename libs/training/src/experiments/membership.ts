import { parseOptions } from '@botlab/models';
import type { RunConfig } from '../run-config';
import { findEstimator } from './estimator-order';
import type { ExperimentFacts } from './experiment-facts';
import { choicesOf, difference, identityOf, type Plan } from './plan';
import { rowSetKey, settingsOf } from './plan-runs';
import { variantId } from './variant';

/**
 * In what a run is unlike all that may lie in an experiment's folder; undefined where it may. It may where its
 * configuration is the plan's with the changes of the variant that it is named by, or where it differs from the
 * plan in its model and options only, and is named by these.
 */
export function misfit(
  config: RunConfig,
  { plan, sets }: Pick<ExperimentFacts, 'plan' | 'sets'>,
): string | undefined {
  const named = config.variant ?? ownName(config);
  const declared = plan.variants.find(({ id }) => id === named);
  const wanted = settingsOf(plan, declared, config.seed);
  const set = sets.find(({ key }) => key === rowSetKey(wanted));
  // Rows that no run was made on yet have nothing to be compared with.
  const checksum = set?.data.checksum ?? config.checksum;
  const differs = difference(choicesOf(config), choicesOf({ ...wanted, checksum }));
  if (differs !== undefined) return differs;
  if (declared === undefined) return misnamed(named, config);
  if (declared.model !== config.model) return `model ${config.model}, not ${declared.model}`;
  return differentOptions(config, declared.options);
}

/** In what two plans are unlike in all that their runs share: "epochs 3, not 4". */
export function deviation(one: Plan, other: Plan): string | undefined {
  if (identityOf(one) === identityOf(other)) return undefined;
  return difference(choicesOf(one), choicesOf(other));
}

/** A name that tells of another model or of other options than a run has. */
function misnamed(named: string, config: RunConfig): string | undefined {
  const own = ownName(config);
  return named === own ? undefined : `the name ${named}, which is not ${own}`;
}

function ownName({ model, options }: RunConfig): string {
  return findEstimator(model) ? variantId(model, options) : model; // a model of somebody's own
}

function differentOptions(
  { model, options }: RunConfig,
  wanted: Readonly<Record<string, unknown>>,
): string | undefined {
  const definition = findEstimator(model);
  if (definition === undefined) return undefined;
  return difference(parseOptions(definition, options), parseOptions(definition, wanted));
}
