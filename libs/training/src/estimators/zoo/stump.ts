import { z } from 'zod';
import { defineEstimator } from '../define-estimator';
import type { FittedEstimator } from '../estimator';
import { answerFrom, answerRows, joinAnswers } from '../fixed-answers';
import { loadArrays, saveArrays } from '../saved-arrays';
import { STUMP_GOALS } from '../stump-score';
import { searchStump } from '../stump-search';

const NAME = 'stump';

/** All that prediction needs. */
interface Stump {
  readonly column: Int32Array;
  readonly threshold: Float32Array;
  /** Of values at or below the threshold, and of those above it: `[2, classes]` and `[2]`. */
  readonly logits: Float32Array;
  readonly labels: Uint8Array;
}

export const stump = defineEstimator({
  name: NAME,
  title: 'Stump',
  summary:
    'One column against one threshold, the best of all on the training rows (Iba and Langley 1992).',
  kind: 'rule',
  tasks: ['binary', 'multiclass'],
  options: z.strictObject({
    for: z.enum(STUMP_GOALS).default('accuracy').describe('what the split is the best for'),
  }),
  async fit({ x, y }, { options, classes, features, ...hooks }) {
    const split = await searchStump({ x, y }, classes, options.for, hooks);
    const sides = [new Float64Array(classes), new Float64Array(classes)];
    y.forEach((label, row) => {
      const isAbove = x[row * features + split.column]! > split.threshold;
      sides[isAbove ? 1 : 0]![label]! += 1;
    });
    const answers = [answerFrom(sides[0]!, split.below), answerFrom(sides[1]!, split.above)];
    return fitted(
      {
        column: Int32Array.of(split.column),
        threshold: Float32Array.of(split.threshold),
        ...joinAnswers(answers),
      },
      features,
    );
  },
  load(file, { features, classes }) {
    const like: Stump = {
      column: new Int32Array(1),
      threshold: new Float32Array(1),
      logits: new Float32Array(2 * classes),
      labels: new Uint8Array(2),
    };
    return fitted(loadArrays(file, NAME, { ...like }), features);
  },
});

function fitted(stump: Stump, features: number): FittedEstimator {
  const [column, threshold] = [stump.column[0]!, stump.threshold[0]!];
  const placeIn = (x: Float32Array) => (row: number) =>
    x[row * features + column]! > threshold ? 1 : 0;
  return {
    predict: (x) => Promise.resolve(answerRows(stump, x.length / features, placeIn(x))),
    save: (file) => saveArrays(file, NAME, { ...stump }),
    facts: { column, threshold, below: stump.labels[0]!, above: stump.labels[1]! },
  };
}
