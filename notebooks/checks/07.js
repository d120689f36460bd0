'use strict';
// What is right for the exercises of 07, and a hint where it is not: in English and Chinese.

const isNear = (a, b, tolerance) => Math.abs(a - b) <= tolerance;
const layersOf = (run, className) =>
  run.model.layers.filter((layer) => layer.getClassName() === className);

/** Weights of the encoder by default, with one head, and with eight. */
function heads(counts, usual) {
  if (!Array.isArray(counts) || counts.length !== 3 || !counts.every(Number.isInteger)) {
    return { en: 'Give three whole numbers.', zh: '请给三个整数。' };
  }
  const [first, one, eight] = counts;
  if (first !== usual) {
    return {
      en: 'The first: countParameters says how many a built model has.',
      zh: '第一个：countParameters 会说出一个已搭好的模型有多少。',
    };
  }
  if (one !== usual || eight !== usual) {
    return {
      en: 'What shape have the kernels of queries, keys and values, and what does a head take of them?',
      zh: '查询、键、值的权重矩阵是什么形状？一个头取其中哪一部分？',
    };
  }
  return undefined;
}

/** What is wrong with a run as one to set beside another: nothing where only the model differs. */
function faultBeside(run, other) {
  if (run?.config === undefined || run.config.kind !== 'network') {
    return {
      en: 'Give what fit returned for your network: did you await it?',
      zh: '请给 fit 为你的网络返回的结果：写了 await 吗？',
    };
  }
  const same = ['data', 'training', 'task', 'seed'].find(
    (part) => JSON.stringify(run.config[part]) !== JSON.stringify(other.config[part]),
  );
  if (same !== undefined) {
    return {
      en: `Its ${same} is another than that of my-bert: then it is not the model alone that differs.`,
      zh: `它的 ${same} 与 my-bert 的不同：那么不同的就不只是模型了。`,
    };
  }
  return undefined;
}

/** An encoder whose tokens are the five windows. */
function byWindows(run, { run: other, features }) {
  const fault = faultBeside(run, other);
  if (fault !== undefined) return fault;
  const [tokens] = layersOf(run, 'FeatureTokens');
  if (tokens === undefined) {
    return { en: 'It has no FeatureTokens.', zh: '它没有 FeatureTokens。' };
  }
  const { columns } = tokens;
  if (columns.length !== 5) {
    return {
      en: `It has ${columns.length} tokens, and there are 5 windows.`,
      zh: `它有 ${columns.length} 个词元，而窗口有 5 个。`,
    };
  }
  const mixed = columns.findIndex(
    (token) => new Set(token.map((column) => features[column].window)).size > 1,
  );
  if (mixed >= 0) {
    return {
      en: `Token ${mixed + 1} has columns of several windows: they do not stand side by side in a row.`,
      zh: `第 ${mixed + 1} 个词元含有几个窗口的列：同一窗口的列在一行里并不相邻。`,
    };
  }
  if (new Set(columns.flat()).size !== features.length) {
    return {
      en: `Of the ${features.length} columns some are in no token.`,
      zh: `${features.length} 列中有些不在任何词元里。`,
    };
  }
  if (layersOf(run, 'SelfAttention').length === 0) {
    return { en: 'Nothing in it is attention.', zh: '其中没有注意力层。' };
  }
  return undefined;
}

/** Two-sided p-value of so many heads and tails of a fair coin. */
function coin(heads, tails) {
  const tosses = heads + tails;
  let logChoose = -tosses * Math.LN2; // of 0 heads
  let tail = 0;
  for (let k = 0; k <= Math.min(heads, tails); k++) {
    tail += Math.exp(logChoose);
    logChoose += Math.log(tosses - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * tail);
}

/** The tail of χ² with one degree of freedom, by Simpson's rule over the normal density. */
function tailOf(chiSquared) {
  const [steps, end] = [2000, Math.sqrt(chiSquared)];
  const density = (z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(end);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density((i * end) / steps);
  return Math.max(0, 1 - (2 * sum * end) / (3 * steps));
}

/** Rows that one model alone has right, and McNemar's p-value: exact, or by χ² with continuity correction. */
function mcnemar(answer, [first, second]) {
  const rightIn = ({ truth, prediction }) => truth.map((name, row) => name === prediction[row]);
  const [a, b] = [rightIn(first), rightIn(second)];
  const only = a.filter((right, row) => right && !b[row]).length;
  const other = b.filter((right, row) => right && !a[row]).length;
  const { onlyBert, onlyCnn, p } = answer;
  if (![onlyBert, onlyCnn, p].every(Number.isFinite)) {
    return {
      en: 'Give three numbers: onlyBert, onlyCnn and p.',
      zh: '请给三个数：onlyBert、onlyCnn 和 p。',
    };
  }
  if (onlyBert === other && onlyCnn === only && only !== other) {
    return { en: 'The two counts are swapped.', zh: '两个计数交换了。' };
  }
  if (onlyBert !== only || onlyCnn !== other) {
    return {
      en: 'The counts: a row counts where one model has the truth, and the other has not.',
      zh: '计数：一个模型答对而另一个没有答对的行才算。',
    };
  }
  const tosses = only + other;
  const difference = Math.abs(only - other);
  const chiSquared = (distance) => (tosses === 0 ? 0 : distance ** 2 / tosses);
  const accepted = [coin(only, other), tailOf(chiSquared(Math.max(0, difference - 1)))];
  if (accepted.some((right) => isNear(p, right, 1e-3 * right + 1e-6))) return undefined;
  if (isNear(p, tailOf(chiSquared(difference)), 1e-3)) {
    return {
      en: 'The p-value: χ² is continuous and counts are not; correct for it, or take the coin itself.',
      zh: 'p 值：χ² 是连续的，计数不是；请作连续性校正，或直接用抛硬币的概率。',
    };
  }
  if (isNear(p, coin(only, other) / 2, 1e-3)) {
    return {
      en: 'The p-value: either of the two models might have been ahead.',
      zh: 'p 值：两个模型中的任何一个都可能领先。',
    };
  }
  return {
    en: 'The p-value: how likely are so many heads, or more, or as few, of that many tosses of a fair coin?',
    zh: 'p 值：抛这么多次均匀硬币，正面至少这么多、或者至多这么少的概率是多少？',
  };
}

/** The same encoder without a position embedding. */
function asSet(run, other) {
  const fault = faultBeside(run, other);
  if (fault !== undefined) return fault;
  if (layersOf(run, 'PositionEmbedding').length > 0) {
    return {
      en: 'It still has a PositionEmbedding.',
      zh: '它还有 PositionEmbedding。',
    };
  }
  const kinds = (of) =>
    of.model.layers
      .map((layer) => layer.getClassName())
      .filter((name) => name !== 'PositionEmbedding');
  const places = layersOf(other, 'PositionEmbedding')[0].countParams();
  const isSame =
    JSON.stringify(kinds(run)) === JSON.stringify(kinds(other)) &&
    run.metrics.params === other.metrics.params - places;
  if (!isSame) {
    return {
      en: 'More than the position embedding is different from my-bert.',
      zh: '与 my-bert 不同的不只是位置嵌入。',
    };
  }
  return undefined;
}

/** Errors of hidden tokens by epoch, and both accuracies after 100 labelled rows. */
function pretraining({ errors, scratch, pretrained }, ceiling) {
  if (!Array.isArray(errors) || errors.length < 2 || !errors.every(Number.isFinite)) {
    return {
      en: 'Give the error of each epoch, of two at least.',
      zh: '请给出每个轮次的误差，至少两个。',
    };
  }
  if (![scratch, pretrained].every((accuracy) => accuracy >= 0 && accuracy <= 1)) {
    return {
      en: 'Give accuracies as fractions between 0 and 1.',
      zh: '准确率请用 0 到 1 之间的小数。',
    };
  }
  const last = errors[errors.length - 1];
  if (last > 0.9 * errors[0]) {
    return {
      en: 'The error does not fall: do the weights of the encoder change in a step?',
      zh: '误差没有下降：每一步里编码器的权重变了吗？',
    };
  }
  if (last < 0.005) {
    return {
      en: 'The error is hardly more than 0: can the encoder see what is hidden, or are all tokens counted?',
      zh: '误差几乎为 0：编码器是不是看得见被遮住的词元，或者把所有词元都算进去了？',
    };
  }
  const [low, high] = [Math.min(scratch, pretrained), Math.max(scratch, pretrained)];
  if (high > ceiling) {
    return {
      en: 'An accuracy is above the ceiling of the test rows: on which rows was it measured?',
      zh: '有一个准确率高于测试行的上限：它是在哪些行上测得的？',
    };
  }
  if (low < 0.3) {
    return {
      en: 'An accuracy is hardly better than guessing: 100 rows want many epochs.',
      zh: '有一个准确率几乎不比瞎猜好：100 行需要很多轮次。',
    };
  }
  return undefined;
}

module.exports = { 1: heads, 2: byWindows, 3: mcnemar, 4: asSet, 5: pretraining };
