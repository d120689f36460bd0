import { ConfusionMatrix, rocAuc, scores } from '@botlab/metrics';
import type { TreeAnswers } from './tree-contestant';
import type { TreeRows } from './tree-rows';

/** How good answers are, so that a quick model that answers wrongly shows. */
export type TreeQuality =
  { readonly accuracy: number; readonly macroF1: number } | { readonly rocAuc: number | null };

/** Of labels accuracy and macro F1; of scores how well they rank attacks above benign rows, null where either lack. */
export function treeQuality(answers: TreeAnswers, { test, classes }: TreeRows): TreeQuality {
  if ('scores' in answers) {
    const isAttack = test.y.map((label) => Math.min(label, 1));
    return { rocAuc: rocAuc(isAttack, answers.scores) ?? null };
  }
  const matrix = new ConfusionMatrix(classes).add(test.y, answers.labels);
  const { accuracy, macroF1 } = scores(matrix);
  return { accuracy, macroF1 };
}
