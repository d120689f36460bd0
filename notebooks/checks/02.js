'use strict';
// What is right for the exercises of 02, and a hint where it is not: in English and Chinese.

const near = (a, b) => Math.abs(a - b) < 1e-6;
const areNear = (a, b) =>
  (Array.isArray(a) || ArrayBuffer.isView(a)) &&
  a.length === b.length &&
  b.every((value, i) => near(a[i], value));

// What functions are tried on: no symmetry, so that a mirrored filter is seen.
const signal = [0.5, 2, 1, -1, -2, -1.5, 3, 3, 1, 0, 0.25, -0.75];
const filter = [-0.5, 1, 0.25];

/** Lengths by the formula, a filter that takes the mean and one that moves the signal. */
function formula({ lengths, mean, shift }) {
  if (!areNear(lengths, [56, 26])) {
    return {
      en: 'The lengths: valid takes the kernel from the length before it divides by the stride; the second layer reads what the first gave.',
      zh: '长度：valid 先从长度中减去卷积核，再除以步长；第二层读的是第一层的输出。',
    };
  }
  if (!areNear(mean, [1 / 3, 1 / 3, 1 / 3])) {
    return {
      en: 'The mean: of three equal numbers it has to give that number back.',
      zh: '均值：对三个相等的数，它应当给回这个数。',
    };
  }
  if (!areNear(shift, [1, 0, 0]) && !areNear(shift, [0, 0, 1])) {
    return {
      en: 'The shift: an output is to be one neighbour, unchanged, and nothing else.',
      zh: '平移：一个输出应当恰好是一个邻居，不变，也没有别的。',
    };
  }
  return undefined;
}

/** A dilated cross-correlation, tried on a signal, and the receptive field of four layers. */
function holes({ dilated, field }) {
  if (typeof dilated !== 'function') {
    return { en: 'dilated is to be a function.', zh: 'dilated 应当是一个函数。' };
  }
  for (const d of [1, 2, 3]) {
    const outputs = signal.length - d * (filter.length - 1);
    const expected = Array.from({ length: outputs }, (_, i) =>
      filter.reduce((sum, weight, k) => sum + weight * signal[i + d * k], 0.5),
    );
    const found = dilated(signal, filter, d, 0.5);
    if (found?.length !== outputs) {
      return {
        en: `With d = ${d} a signal of ${signal.length} gives another number of outputs: how far does the window reach?`,
        zh: `d = ${d} 时，长度 ${signal.length} 的信号给出的输出个数不同：窗口伸到多远？`,
      };
    }
    if (!areNear(found, expected)) {
      return {
        en: `With d = ${d} the outputs are others: which values does the window read, and is the bias in?`,
        zh: `d = ${d} 时，输出不对：窗口读的是哪些值，偏置加了吗？`,
      };
    }
  }
  if (field !== 31) {
    return {
      en: 'The field: each layer adds (K − 1) d places to the one that it begins with.',
      zh: '感受野：从一个位置开始，每层增加 (K − 1) d 个位置。',
    };
  }
  return undefined;
}

/** The gradient of the input, as the transposed matrix gives it. */
function backward(answer) {
  if (typeof answer !== 'function') {
    return { en: 'The answer is to be a function.', zh: '答案应当是一个函数。' };
  }
  const delta = signal.slice(2, 9); // the outputs of nine inputs
  const expected = Array.from({ length: 9 }, (_, j) =>
    delta.reduce((sum, value, i) => sum + (filter[j - i] ?? 0) * value, 0),
  );
  const found = answer(delta, filter);
  if (found?.length !== expected.length) {
    return {
      en: 'The gradient is to be as long as the input was: how many zeros belong on each side of δ?',
      zh: '梯度应当与输入一样长：δ 的两边各要多少个零？',
    };
  }
  if (!areNear(found, expected)) {
    return {
      en: 'The length is right, the numbers are not: in which direction is the filter read?',
      zh: '长度对了，数值不对：滤波器是朝哪个方向读的？',
    };
  }
  return undefined;
}

/** What a run does not share with the notebook's, of the parts named. */
function otherPart(run, first, parts) {
  const part = parts.find(
    (name) => JSON.stringify(run.config?.[name]) !== JSON.stringify(first.config[name]),
  );
  return part === undefined
    ? undefined
    : {
        en: `Its ${part} is another than that of the notebook's run.`,
        zh: `它的 ${part} 与笔记本的那次运行不同。`,
      };
}

/** A run of the 1D-CNN with filters of one. */
function one(run, first) {
  if (run.config?.model !== 'cnn1d' || run.config.options?.kernelSize !== 1) {
    return {
      en: 'It is to be a run of cnn1d whose kernelSize is 1: that is an option of the model.',
      zh: '应当是 cnn1d 的一次运行，kernelSize 为 1：这是模型的选项。',
    };
  }
  return otherPart(run, first, ['training', 'task', 'seed', 'data']);
}

/** A run of a smaller model on columns sorted by window. */
function alongWindows(run, first) {
  const columns = run.config?.data?.columns ?? [];
  const windows = columns.map((name) => /_L([\d.]+)_/.exec(name)?.[1]);
  const fives = windows.filter((window, i) => i % 23 === 0);
  if (columns.length !== 115 || windows.some((window, i) => window !== fives[Math.floor(i / 23)])) {
    return {
      en: 'Its columns are not five windows one after another, with all 23 statistics of each.',
      zh: '它的列不是五个窗口依次排列、每个窗口 23 个统计量。',
    };
  }
  const order = fives.join(' ');
  if (order !== '5 3 1 0.1 0.01' && order !== '0.01 0.1 1 3 5') {
    return {
      en: 'The windows are not in the order of their time scales.',
      zh: '窗口没有按时间尺度的顺序排列。',
    };
  }
  const statistics = columns.map((name) => name.replace(/_L[\d.]+_/, ' '));
  if (statistics.some((statistic, i) => statistic !== statistics[i % 23])) {
    return {
      en: 'A channel is to be the same statistic in each of the five windows.',
      zh: '同一个通道在五个窗口里应当是同一个统计量。',
    };
  }
  if (!(run.metrics?.params < first.metrics.params)) {
    return {
      en: 'It has no fewer weights than the 1D-CNN: does it convolve along five places?',
      zh: '它的权重不比 1D-CNN 少：它是沿着五个位置卷积的吗？',
    };
  }
  return otherPart(run, first, ['training', 'task', 'seed']);
}

module.exports = { 1: formula, 2: holes, 3: backward, 4: one, 5: alongWindows };
