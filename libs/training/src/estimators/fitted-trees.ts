import { InputError } from '@botlab/errors';
import { loadTrees, type Saved, saveTrees, type Trees } from '@botlab/trees';
import type { EstimatorShape, FittedEstimator } from './estimator';
import { logProbabilities } from './log-probabilities';

/** Trees that give rows the probabilities of classes. */
export interface AnsweringTrees extends Saved {
  readonly classes: number;
  readonly facts: Readonly<Record<string, number>>;
  /** `[rows, classes]` of rows `x` `[rows, columns]`. */
  predict(x: Float32Array): Float32Array;
}

/**
 * Trees as an estimator.
 *
 * @param doubt as {@link logProbabilities} takes it
 */
export function fittedTrees(trees: AnsweringTrees, doubt?: number): FittedEstimator {
  return {
    predict: (x) => Promise.resolve(logProbabilities(trees.predict(x), trees.classes, doubt)),
    save: (file) => Promise.resolve(saveTrees(trees, file)),
    facts: trees.facts,
  };
}

/**
 * The trees that an estimator saved.
 *
 * @param kind the estimator's name, which is what its trees call themselves
 * @param type their class
 * @throws InputError when the file is damaged, or is of another estimator or shape
 */
export function loadTreesOf<Model extends Trees>(
  file: string,
  kind: Model['kind'],
  type: abstract new (...parts: never[]) => Model,
  { features, classes }: Pick<EstimatorShape, 'features' | 'classes'>,
): Model {
  const mend = 'delete its run folder and train again';
  const wrong = (what: string): InputError =>
    new InputError(`Cannot load ${file} into ${kind}: ${what}; ${mend}.`);
  const trees = loadTrees(file, mend);
  const { kind: other } = trees;
  if (!(trees instanceof type) || other !== kind) throw wrong(`it is of ${other}`);
  if (trees.columns !== features) {
    throw wrong(`expected trees of ${features} columns, got ${trees.columns}`);
  }
  const { classes: known = classes } = trees as { readonly classes?: number };
  if (known !== classes) throw wrong(`expected trees of ${classes} classes, got ${known}`);
  return trees;
}
