import type { Examples } from '../../prepare-data';
import type { FitContext } from '../estimator';
import { countClasses } from '../fixed-answers';
import { curvatureOf } from './curvature';
import { minimise } from './lbfgs';
import { logisticLoss } from './logistic-loss';

export interface LogisticOptions {
  readonly c: number;
  readonly tolerance: number;
  readonly iterations: number;
}

/** A fitted logistic regression. */
export interface LogisticWeights {
  /** `[classes, features + 1]`, the intercept last; zeros for classes without training rows. */
  readonly weights: Float64Array;
  /** `[classes]` 1 for the classes that had training rows. */
  readonly present: Uint8Array;
  /** `[1]` the log-probability of each other class: as though one row more were of it. */
  readonly absent: Float64Array;
}

/**
 * Fits multinomial logistic regression with an L2 penalty to the classes that occur: the minimum of scikit-learn's
 * `LogisticRegression(C=c, tol=tolerance, max_iter=iterations)`, two classes with one set of weights.
 */
export async function fitLogistic(
  { x, y }: Pick<Examples, 'x' | 'y'>,
  context: Pick<FitContext<LogisticOptions>, 'options' | 'classes' | 'signal' | 'onProgress'>,
): Promise<{ fitted: LogisticWeights; iterations: number }> {
  const { options, classes, signal, onProgress } = context;
  const width = x.length / y.length + 1;
  const counts = countClasses(y, classes);
  const places = [...counts.keys()].filter((c) => counts[c]! > 0);
  const rows = {
    ...{ x, width, classes: places.length },
    y: y.map((label) => places.indexOf(label)),
  };
  const penalty = 1 / (options.c * y.length);
  const functions = places.length > 2 ? places.length : 1;
  const minimum = await minimise(
    (at, gradient) => logisticLoss(rows, penalty, at, gradient),
    new Float64Array(functions * width),
    {
      ...{ tolerance: options.tolerance, iterations: options.iterations },
      precondition: curvatureOf(rows, penalty),
      onIteration: async (done) => {
        onProgress?.(done, options.iterations);
        await new Promise(setImmediate); // lets a signal in
        signal?.throwIfAborted();
      },
    },
  );
  const weights = new Float64Array(classes * width);
  for (const [place, label] of places.slice(places.length - functions).entries()) {
    weights.set(minimum.at.subarray(place * width, (place + 1) * width), label * width);
  }
  return {
    fitted: {
      weights,
      present: Uint8Array.from(counts, (count) => (count > 0 ? 1 : 0)),
      absent: Float64Array.of(-Math.log(y.length + classes)),
    },
    iterations: minimum.iterations,
  };
}
