import type * as tf from '@tensorflow/tfjs';
import { join, type JoinBranch, type Normalisation } from '../join';
import type { PlannedStep, Values } from './step';
import type { NormalisationLayer } from './tfjs-layer';

/** A tensor of the model, and what normalises it on the way to a join. */
export interface Normalised {
  readonly tensor: tf.SymbolicTensor;
  readonly norm?: NormalisationLayer;
}

/** The same, pooled in between or not. */
export interface Branch extends Normalised {
  readonly pooled?: boolean;
}

/** What comes together in a join. */
export interface Branches {
  readonly branches: readonly Branch[];
  readonly relu: boolean;
}

/** The end of a block as one operation. */
export function joinStep(
  output: tf.SymbolicTensor,
  { branches, relu }: Branches,
  shortcut?: Normalised,
): PlannedStep {
  const inputOf = (values: Values, { tensor, norm, pooled = false }: Branch): JoinBranch => {
    const x = values.get(tensor)!;
    return norm === undefined ? { x, pooled } : { x, pooled, norm: normalisationOf(norm) };
  };
  return {
    output,
    inputs: [...branches, ...(shortcut ? [shortcut] : [])].map(({ tensor }) => tensor),
    run(values, training) {
      const [first, second] = branches.map((branch) => inputOf(values, branch));
      return join(
        {
          branches: second === undefined ? [first!] : [first!, second],
          relu,
          ...(shortcut && { shortcut: inputOf(values, shortcut) }),
        },
        training,
      );
    },
  };
}

function normalisationOf(layer: NormalisationLayer): Normalisation {
  const { gamma, beta, movingMean, movingVariance, epsilon, momentum } = layer;
  return {
    ...(gamma && { gamma: gamma.read() }),
    ...(beta && { beta: beta.read() }),
    epsilon,
    momentum,
    mean: movingMean.read(),
    variance: movingVariance.read(),
    onAverages(mean, variance) {
      movingMean.write(mean);
      movingVariance.write(variance);
    },
  };
}
