import { z } from 'zod';
import { defineEstimator } from '../define-estimator';
import type { FittedEstimator } from '../estimator';
import { fitLogistic, type LogisticWeights } from '../logistic/logistic-fit';
import { predictLogistic } from '../logistic/logistic-predict';
import { loadArrays, saveArrays } from '../saved-arrays';

const NAME = 'logistic';

export const logistic = defineEstimator({
  name: NAME,
  title: 'Logistic regression',
  summary:
    'Multinomial logistic regression with an L2 penalty, by L-BFGS: the best that weighs each column once.',
  kind: 'linear',
  tasks: ['binary', 'multiclass'],
  options: z.strictObject({
    c: z.number().positive().default(1).describe('how weak the penalty is: C of scikit-learn'),
    tolerance: z.number().positive().default(1e-4).describe('ends where no slope is larger'),
    iterations: z.int().positive().default(500).describe('ends after so many in any case'),
  }),
  async fit(train, context) {
    const { fitted, iterations } = await fitLogistic(train, context);
    return asFitted(fitted, { iterations });
  },
  load(file, { features, classes }) {
    const like: LogisticWeights = {
      weights: new Float64Array(classes * (features + 1)),
      present: new Uint8Array(classes),
      absent: new Float64Array(1),
    };
    return asFitted(loadArrays(file, NAME, { ...like }));
  },
});

/** Of two classes one set of weights says all. */
function parametersOf({ weights, present }: LogisticWeights): number {
  const occurring = present.reduce((count, occurs) => count + occurs, 0);
  return ((occurring > 2 ? occurring : 1) * weights.length) / present.length;
}

function asFitted(fitted: LogisticWeights, facts: Record<string, number> = {}): FittedEstimator {
  return {
    predict: (x) => predictLogistic(fitted, x),
    save: (file) => saveArrays(file, NAME, { ...fitted }),
    facts: { params: parametersOf(fitted), ...facts },
  };
}
