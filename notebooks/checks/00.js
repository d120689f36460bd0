'use strict';
// What is right for the exercises of 00, and a hint where it is not: in English and Chinese.

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
const near = (a, b) => Math.abs(a - b) < 1e-6;

/** Always "attack": its accuracy and macro F1, from the notebook's confusion matrix of eleven classes. */
function always({ accuracy, macroF1 }, confusion) {
  const rows = total(confusion.flat());
  const attacks = rows - total(confusion[0]);
  if (accuracy > 1 || macroF1 > 1) {
    return {
      en: 'Give fractions between 0 and 1, not per cent.',
      zh: '请给 0 到 1 之间的小数，不是百分数。',
    };
  }
  if (!near(accuracy, attacks / rows)) {
    return {
      en: 'The accuracy: of which share of the test rows is "attack" the truth?',
      zh: '准确率：测试行中有多大比例真的是攻击？',
    };
  }
  const ofAttack = (2 * attacks) / (rows + attacks);
  if (near(macroF1, ofAttack)) {
    return {
      en: 'The macro F1: that is the F1 of one of two classes.',
      zh: '宏平均 F1：这只是两类中一类的 F1。',
    };
  }
  if (!near(macroF1, ofAttack / 2)) {
    return {
      en: 'The macro F1: it is the plain mean over both classes, whatever their sizes.',
      zh: '宏平均 F1：它是两类的简单平均，与各类大小无关。',
    };
  }
  return undefined;
}

/** The three largest entries off the diagonal, as pairs of class numbers: truth, answer. */
function pairs(answer, confusion) {
  if (
    !Array.isArray(answer) ||
    answer.length !== 3 ||
    !answer.every((pair) => pair?.length === 2)
  ) {
    return {
      en: 'Give three pairs [truth, answer] of class numbers, such as [[1, 2], …].',
      zh: '请给三对类别编号 [真实, 回答]，例如 [[1, 2], …]。',
    };
  }
  if (answer.some(([truth, taken]) => truth === taken)) {
    return {
      en: 'The diagonal is what is right, not what is confused.',
      zh: '对角线是答对的，不是混淆的。',
    };
  }
  const counts = confusion.flatMap((row, truth) => row.filter((_, taken) => taken !== truth));
  const largest = counts.sort((a, b) => b - a).slice(0, 3);
  const found = answer
    .map(([truth, taken]) => confusion[truth]?.[taken] ?? -1)
    .sort((a, b) => b - a);
  if (found.some((count, i) => count !== largest[i])) {
    return {
      en: `Entries of ${found.join(', ')} rows are not the three largest: is the row the truth?`,
      zh: `行数为 ${found.join('、')} 的格子不是最大的三个：行是真实类别吗？`,
    };
  }
  return undefined;
}

/** A run of another model with the same settings as the notebook's. */
function another(run, first) {
  if (run.config?.model !== 'dense') {
    return { en: 'It is to be a run of dense.', zh: '应当是 dense 的一次运行。' };
  }
  const same = ['training', 'task', 'seed', 'data'].find(
    (part) => JSON.stringify(run.config[part]) !== JSON.stringify(first.config[part]),
  );
  if (same !== undefined) {
    return {
      en: `Its ${same} is another than that of the first run.`,
      zh: `它的 ${same} 与第一次运行不同。`,
    };
  }
  return undefined;
}

/** A binary run that has seen no Mirai. */
function unseen(run) {
  const { task, data } = run.config ?? {};
  if (data?.split !== 'family' || !(data.heldOut ?? []).includes('mirai')) {
    return {
      en: "The run's data are split otherwise: loadData takes split and heldOut.",
      zh: '这次运行的数据不是这样划分的：loadData 有 split 和 heldOut。',
    };
  }
  if (task !== 'binary') {
    return { en: 'Its task is to be binary.', zh: '任务应当是 binary。' };
  }
  return undefined;
}

module.exports = { 1: always, 2: pairs, 3: another, 4: unseen };
