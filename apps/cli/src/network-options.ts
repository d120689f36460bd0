import type { EstimatorKind } from '@botlab/training';
import type { TrainingOptions } from './training-options';

/** Options that say how networks are trained, as they are typed. */
const OF_NETWORKS = {
  epochs: '--epochs',
  batchSize: '--batch-size',
  learningRate: '--learning-rate',
  schedule: '--schedule',
  clipNorm: '--clip-norm',
} as const satisfies Partial<Record<keyof TrainingOptions, string>>;

/**
 * What to tell a person whose options say nothing of what is trained, since they are for networks; undefined where
 * all of them count.
 */
export function idleOptions(
  options: Pick<TrainingOptions, keyof typeof OF_NETWORKS>,
  { name, kind }: { readonly name: string; readonly kind: EstimatorKind },
): string | undefined {
  if (kind === 'network') return undefined;
  const names = Object.keys(OF_NETWORKS) as (keyof typeof OF_NETWORKS)[];
  const idle = names.filter((option) => options[option] !== undefined);
  if (idle.length === 0) return undefined;
  const typed = idle.map((option) => OF_NETWORKS[option]).join(', ');
  return `${typed}: for networks, without effect on ${name}, whose options are set by --set`;
}
