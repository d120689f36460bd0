'use strict';
// What is right for the exercises of 06, and a hint where it is not: in English and Chinese.

const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
const near = (a, b, by = 1e-6) => Math.abs(a - b) < by;
const isNumbers = (answer, length) =>
  Array.isArray(answer) && answer.length === length && answer.every(Number.isFinite);

const [TCP, UDP] = [4, 5]; // places of Gafgyt's two floods among the eleven classes

/** Each run's accuracy with the two floods as one class. */
function tenClasses(answer, runs) {
  if (!isNumbers(answer, runs.length)) {
    return {
      en: `Give ${runs.length} numbers, one a run.`,
      zh: `请给 ${runs.length} 个数，每次运行一个。`,
    };
  }
  if (answer.some((accuracy) => accuracy > 1)) {
    return {
      en: 'Give fractions between 0 and 1, not per cent.',
      zh: '请给 0 到 1 之间的小数，不是百分数。',
    };
  }
  const accuracies = (isRight) =>
    runs.map(({ confusion }) => {
      const counts = confusion.flatMap((row, truth) =>
        row.map((count, taken) => (isRight(truth, taken) ? count : 0)),
      );
      return total(counts) / total(confusion.flat());
    });
  const are = (others) => answer.every((accuracy, i) => near(accuracy, others[i]));
  const isFlood = (label) => label === TCP || label === UDP;
  const merged = accuracies(
    (truth, taken) => truth === taken || (isFlood(truth) && isFlood(taken)),
  );
  if (are(merged)) return undefined;
  if (are(accuracies((truth, taken) => truth === taken))) {
    return {
      en: 'These are the accuracies of eleven classes: which confusions are none any more?',
      zh: '这是 11 类的准确率：哪些混淆不再是混淆？',
    };
  }
  const oneWay = [
    [TCP, UDP],
    [UDP, TCP],
  ];
  const isOneWay = oneWay.some(([from, to]) =>
    are(accuracies((truth, taken) => truth === taken || (truth === from && taken === to))),
  );
  if (isOneWay) {
    return {
      en: 'tcp taken for udp is right now, and so is udp taken for tcp.',
      zh: 'tcp 被当成 udp 现在算对，udp 被当成 tcp 也算对。',
    };
  }
  return {
    en: 'Count all rows, and as right the diagonal and what is confused within the two floods.',
    zh: '要数全部的行；算对的是对角线，以及两种洪泛之间的混淆。',
  };
}

/** How many test rows only one of two networks gets right. */
function onlyRight(answer, { dense, cnn1d }) {
  const { dense: first, cnn1d: second } = answer;
  if (!isNumbers([first, second], 2)) {
    return { en: 'Give two numbers of rows.', zh: '请给两个行数。' };
  }
  const isRight = (said) => Array.from(said.truth, (truth, row) => truth === said.prediction[row]);
  const [one, two] = [isRight(dense), isRight(cnn1d)];
  const b = one.filter((yes, row) => yes && !two[row]).length;
  const c = two.filter((yes, row) => yes && !one[row]).length;
  if (first === b && second === c) return undefined;
  if (first === c && second === b && b !== c) {
    return { en: 'The two have changed places.', zh: '两个数的位置颠倒了。' };
  }
  if (first === one.filter(Boolean).length || second === two.filter(Boolean).length) {
    return {
      en: 'That is how many rows a network gets right; of these leave out what the other gets right too.',
      zh: '这是一个网络答对的行数；其中另一个也答对的要去掉。',
    };
  }
  return {
    en: 'Compare row by row: prediction with truth in either, then the one with the other.',
    zh: '逐行比较：先在各自之中比较预测与真实，再比较两者。',
  };
}

/** Thresholds for at most 2 % of half of the benign rows, with what follows from them on the other half. */
function thresholds(answer, runs) {
  if (!Array.isArray(answer) || answer.length !== runs.length) {
    return { en: 'Give one for each of the two runs.', zh: '请对两次运行各给一个。' };
  }
  for (const [i, { at, falsePositiveRate, recall }] of answer.entries()) {
    if (!isNumbers([at, falsePositiveRate, recall], 3)) {
      return {
        en: 'Each has { at, falsePositiveRate, recall }.',
        zh: '每个都有 { at, falsePositiveRate, recall }。',
      };
    }
    const { truth, 'p(attack)': p } = runs[i];
    const of = (name) => Array.from(p).filter((_, row) => truth[row] === name);
    const benign = of('benign');
    const [even, odd] = [0, 1].map((rest) => benign.filter((_, place) => place % 2 === rest));
    const share = (values) => values.filter((value) => value > at).length / values.length;
    const falling = [...even].sort((a, b) => b - a);
    const lowest = falling[Math.floor(0.02 * falling.length)];
    if (share(even) > 0.02) {
      return {
        en: 'More than 2 % of the benign rows at even places lie above the threshold.',
        zh: '偶数位置的良性行中，有超过 2 % 在阈值之上。',
      };
    }
    if (at > lowest + 1e-6) {
      return {
        en: 'The threshold could be lower: sort the benign rows at even places by p.',
        zh: '阈值还可以更低：把偶数位置的良性行按 p 排序。',
      };
    }
    if (!near(falsePositiveRate, share(odd))) {
      return {
        en: 'The false positive rate: a fraction of the benign rows at odd places, which did not choose the threshold.',
        zh: '误报率：奇数位置的良性行中的比例（小数），它们没有参与选择阈值。',
      };
    }
    if (!near(recall, share(of('attack')))) {
      return {
        en: 'The recall: a fraction of all attack rows.',
        zh: '召回率：全部攻击行中的比例（小数）。',
      };
    }
  }
  return undefined;
}

/** A network and a stump for each device held out. */
function ninths(answer, devices) {
  if (
    !Array.isArray(answer) ||
    answer.some((pair) => !pair?.dense?.config || !pair.stump?.config)
  ) {
    return {
      en: 'Give { dense, stump } for each device, both runs of fit.',
      zh: '请对每台设备给 { dense, stump }，都是 fit 的运行。',
    };
  }
  const seen = new Set();
  for (const pair of answer) {
    for (const model of ['dense', 'stump']) {
      const { config } = pair[model];
      if (config.model !== model) {
        return {
          en: `A run of ${model} is of another model.`,
          zh: `${model} 的一次运行是另一个模型的。`,
        };
      }
      if (config.task !== 'binary') {
        return { en: 'The task is to be binary.', zh: '任务应当是 binary。' };
      }
      if (config.data.split !== 'device' || config.data.heldOut?.length !== 1) {
        return {
          en: "The rows are split otherwise: loadData takes split: 'device', and one device in heldOut.",
          zh: "行不是这样划分的：loadData 取 split: 'device'，heldOut 里放一台设备。",
        };
      }
    }
    const [[device], [other]] = [pair.dense.config.data.heldOut, pair.stump.config.data.heldOut];
    if (device !== other) {
      return {
        en: 'Two runs of a pair hold out two devices.',
        zh: '一对中的两次运行留出了两台设备。',
      };
    }
    seen.add(device);
  }
  const missing = devices.filter((device) => !seen.has(device));
  return missing.length === 0
    ? undefined
    : {
        en: `${missing.length} of the ${devices.length} devices are not held out yet.`,
        zh: `${devices.length} 台设备中还有 ${missing.length} 台没有留出过。`,
      };
}

/** The 1D-CNN by a batch of 512: for as many epochs, and for as many steps. */
function large512(answer, training) {
  const { asManyEpochs, asManySteps } = answer;
  for (const run of [asManyEpochs, asManySteps]) {
    if (run?.config?.model !== 'cnn1d') {
      return { en: 'Give two runs of cnn1d.', zh: '请给 cnn1d 的两次运行。' };
    }
    if (run.config.training.batchSize !== 512) {
      return { en: 'The batch size is to be 512.', zh: '批大小应当是 512。' };
    }
    if (run.config.training.learningRate !== training.learningRate) {
      return { en: 'The learning rate is to stay as it is.', zh: '学习率应当不变。' };
    }
  }
  if (asManyEpochs.config.training.epochs !== training.epochs) {
    return {
      en: 'The first has another number of epochs than the run in the table.',
      zh: '第一次运行的轮数与表中的不同。',
    };
  }
  const rows = asManyEpochs.data.train.rows.length * (1 - training.validation);
  const stepsOf = ({ epochs, batchSize }) => epochs * Math.ceil(rows / batchSize);
  const off = stepsOf(asManySteps.config.training) - stepsOf(training);
  if (Math.abs(off) > Math.ceil(rows / 512)) {
    return {
      en: `The second has too ${off < 0 ? 'few' : 'many'} steps: an epoch is rows / batch size of them, rounded up.`,
      zh: `第二次运行的步数太${off < 0 ? '少' : '多'}：一轮有 行数 / 批大小 步，向上取整。`,
    };
  }
  return undefined;
}

module.exports = { 1: tenClasses, 2: onlyRight, 3: thresholds, 4: ninths, 5: large512 };
