import { unknownName } from '@botlab/errors';
import { getEstimator } from '../estimators/registry';
import { baselines } from '../experiments/baselines';
import { variantId, variantTitle } from '../experiments/variant';
import { fit } from './fit';
import type { FittedRun } from './fitted-run';
import type { NamedRuns } from './run-names';

/**
 * Variants with the baselines of Table 1 below them, fitted to the same rows with the same seeds: those that can do the
 * task and are not there already.
 *
 * @param wanted all, none, or those of some models
 * @throws InputError for a model that is no baseline
 */
export async function withBaselines(
  variants: readonly NamedRuns[],
  wanted: boolean | readonly string[],
): Promise<readonly NamedRuns[]> {
  if (wanted === false) return variants;
  const all = variants.flatMap(({ runs }) => runs);
  const bySeed = new Map<number, FittedRun>();
  for (const run of all) if (!bySeed.has(run.config.seed)) bySeed.set(run.config.seed, run);
  const there = new Set(all.map(({ config }) => variantId(config.model, config.options)));
  const added: NamedRuns[] = [];
  for (const { id, model, options, title } of chosen(wanted)) {
    const { task } = all[0]!.config;
    if (there.has(id) || !getEstimator(model).tasks.includes(task)) continue;
    const runs: FittedRun[] = [];
    for (const { data, config } of bySeed.values()) {
      const { validation } = config.training;
      runs.push(await fit(model, data, { task, seed: config.seed, options, validation }));
    }
    added.push({ name: title ?? variantTitle({ model, options }, undefined), runs });
  }
  return [...variants, ...added];
}

function chosen(wanted: true | readonly string[]) {
  const known = baselines();
  if (wanted === true) return known;
  const names = [...new Set(known.map(({ model }) => model))];
  const other = wanted.find((model) => !names.includes(model));
  if (other !== undefined) throw unknownName('baseline', other, names);
  return known.filter(({ model }) => wanted.includes(model));
}
