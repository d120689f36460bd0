'use strict';
// What is right for the exercises of 05, and a hint where it is not: in English and Chinese.

const near = (a, b) => Math.abs(a - b) < 0.05;
const isNumbers = (answer, length) =>
  Array.isArray(answer) && answer.length === length && answer.every(Number.isFinite);

const CLASSES = 11;

/** Parameters of a block: `u` channels a branch, `c` coming in. */
function ofBlock(c, u, isProjected) {
  const shortcut = isProjected ? 2 * c * u + 6 * u : 0;
  return 3 * c * u + u + 4 * u * (c + u + 1) + 4 * u + shortcut;
}

/** Parameters of the model's blocks, without its last layer. */
function ofBlocks(u) {
  const first = ofBlock(1, u, true) + ofBlock(2 * u, u, false);
  return first + ofBlock(2 * u, 2 * u, true) + ofBlock(4 * u, 4 * u, true);
}

const ofModel = (u) => ofBlocks(u) + (8 * u + 1) * CLASSES;

/** How many parameters the model has at width 32. */
function parameters(answer) {
  if (answer === ofModel(32)) return undefined;
  if (answer === ofModel(16)) {
    return { en: 'That is the model at width 16.', zh: '这是宽度 16 的模型。' };
  }
  if (answer === 4 * ofModel(16)) {
    return {
      en: 'Not every term grows fourfold: which of them has one channel count alone?',
      zh: '并非每一项都变为四倍：哪些项只含一个通道数？',
    };
  }
  if (answer === ofBlocks(32)) {
    return { en: 'The dense layer is missing.', zh: '还缺全连接层。' };
  }
  return {
    en: 'At width 32, what are c and u of each of the four blocks, and how many channels reach the dense layer?',
    zh: '宽度为 32 时，四个块的 c 和 u 各是多少？到达全连接层的有多少个通道？',
  };
}

/** Loss and silent kernels of a stack of 32 that starts with γ = 1, 0.1 and 0. */
function starts(answer) {
  const of = (gamma) => answer.find((start) => start?.gamma === gamma);
  const [one, tenth, zero] = Array.isArray(answer) ? [1, 0.1, 0].map(of) : [];
  const all = [one, tenth, zero];
  if (all.some((start) => !isNumbers([start?.loss, start?.silent], 2))) {
    return {
      en: 'Give { gamma, loss, silent } for each γ: 1, 0.1 and 0.',
      zh: '请对 γ = 1、0.1、0 各给出 { gamma, loss, silent }。',
    };
  }
  if (all.some(({ silent }) => silent < 0 || silent > 32)) {
    return {
      en: 'There are 32 kernels to count: those of the convolutions of block1.',
      zh: '要数的卷积核有 32 个：block1 里卷积的卷积核。',
    };
  }
  if (one.silent > 0) {
    return {
      en: 'With γ = 1 the stack is as it was built: look again for gradients that are exactly 0.',
      zh: 'γ = 1 时堆叠就是刚建好的样子：再看看哪些梯度恰好为 0。',
    };
  }
  if (tenth.silent > 0) {
    return {
      en: 'With γ = 0.1 something does come through each ReLU: is only γ changed, in training mode?',
      zh: 'γ = 0.1 时每个 ReLU 都有东西通过：是否只改了 γ，并且处于训练模式？',
    };
  }
  if (zero.silent < 32) {
    return {
      en: 'With γ = 0: is it set in every block1, and what is the derivative of ReLU at what comes in there?',
      zh: 'γ = 0 时：每个 block1 都设了吗？那里输入 ReLU 的是什么，它在该处的导数是多少？',
    };
  }
  if (tenth.loss >= one.loss || zero.loss >= one.loss) {
    return {
      en: 'The losses: is each that of the stack with its own γ, in training mode, on the same rows?',
      zh: '损失：每个都是用自己的 γ、在训练模式下、在同样的行上算的吗？',
    };
  }
  return undefined;
}

/** What 32 blocks hand on with the ReLU in front; given what they do with it at the end of g. */
function inFront(answer, atEnd) {
  if (!isNumbers(answer, atEnd.length)) {
    return {
      en: `Give ${atEnd.length} numbers: the root mean square after each block.`,
      zh: `请给 ${atEnd.length} 个数：每个块之后的均方根。`,
    };
  }
  const [first, last] = [answer[0], answer[answer.length - 1]];
  if (near(last, atEnd[atEnd.length - 1])) {
    return {
      en: 'That is the stack of the figure, whose ReLU stands at the end of g.',
      zh: '这是图中的堆叠，它的 ReLU 在 g 的末尾。',
    };
  }
  if (last > atEnd[atEnd.length - 1] / 2) {
    return {
      en: 'It grows too fast: does normalisation come first, and by the batch ({ training: true })?',
      zh: '增长得太快：归一化在最前面吗？是用这一批来归一化（{ training: true }）吗？',
    };
  }
  if (last < 1.5 * first) {
    return {
      en: 'It hardly grows: is x added, and is it the root mean square, not the mean?',
      zh: '几乎没有增长：加上 x 了吗？是均方根而不是均值吗？',
    };
  }
  return undefined;
}

/** Accuracy with 0, 1, 2, 4 and 8 blocks out, in per cent; given what the stack does whole and without each one. */
function fall(answer, { whole, without }) {
  if (!isNumbers(answer, 5)) {
    return {
      en: 'Give five numbers: the accuracy with 0, 1, 2, 4 and 8 blocks out.',
      zh: '请给五个数：拿掉 0、1、2、4、8 个块时的准确率。',
    };
  }
  if (answer.every((accuracy) => accuracy <= 1)) {
    return { en: 'Give per cent, not fractions.', zh: '请给百分数，不是小数。' };
  }
  const [none, one] = answer;
  if (!near(none, whole)) {
    return {
      en: 'With none out it is the whole stack: its accuracy stands above.',
      zh: '一个都不拿掉就是整个堆叠：它的准确率在上面。',
    };
  }
  if (one < Math.min(...without) || one > Math.max(...without)) {
    return {
      en: 'One out: the mean of draws lies between the least and the largest of those above. Is the right block left out?',
      zh: '拿掉一个：多次抽取的平均应在上面的最小值与最大值之间。拿掉的块对吗？',
    };
  }
  if (answer[4] >= one || answer[2] > none + 1 || answer[3] > none + 1) {
    return {
      en: 'More blocks out should cost more: are the blocks of a draw different ones, and are there several draws?',
      zh: '拿掉得越多，损失应越大：一次抽取的块互不相同吗？抽取了多次吗？',
    };
  }
  return undefined;
}

module.exports = { 1: parameters, 2: starts, 3: inFront, 4: fall };
