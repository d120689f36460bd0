'use strict';
// What is right for the exercises of 04, and a hint where it is not: in English and Chinese.

const near = (a, b) => Math.abs(a - b) < 1e-3;

/** The momentum whose start weighs 1 % after 16 steps. */
function forgetful(momentum) {
  if (typeof momentum !== 'number' || !(momentum > 0 && momentum < 1)) {
    return { en: 'Give a number between 0 and 1.', zh: '请给 0 到 1 之间的数。' };
  }
  const left = momentum ** 16;
  if (Math.abs(left - 0.01) < 1e-4) return undefined;
  if (Math.abs((1 - momentum) ** 16 - 0.01) < 1e-4) {
    return {
      en: 'That is the weight of a new batch, as PyTorch counts it; asked is what the old average weighs.',
      zh: '这是新批次的权重，PyTorch 的算法；要的是旧平均值的权重。',
    };
  }
  if (Math.abs(left - 0.99) < 1e-3) {
    return {
      en: 'With this momentum 99 % of the start are left, not 1 %.',
      zh: '用这个动量，起始值还剩 99 %，不是 1 %。',
    };
  }
  return {
    en: `After 16 steps ${(100 * left).toPrecision(2)} % of the start are left.`,
    zh: `16 步之后，起始值还剩 ${(100 * left).toPrecision(2)} %。`,
  };
}

/** Kernel and bias that do what a convolution and its normalisation do at inference. */
function folded(answer, network) {
  const numbers = (tensor) => Array.from(tensor.dataSync());
  const weightsOf = (name) => network.getLayer(name).getWeights().map(numbers);
  const [kernel, bias] = weightsOf('block1_1/conv');
  const [gamma, beta, mean, variance] = weightsOf('block1_1/conv_bn');
  const given = [answer?.kernel, answer?.bias];
  if (given.some((tensor) => typeof tensor?.dataSync !== 'function')) {
    return {
      en: 'Give { kernel, bias }, both tensors.',
      zh: '请给 { kernel, bias }，两者都是张量。',
    };
  }
  const [ownKernel, ownBias] = given.map(numbers);
  if (ownKernel.length !== kernel.length || ownBias.length !== bias.length) {
    return {
      en: `The kernel has ${kernel.length} numbers, the bias ${bias.length}: as those of the convolution.`,
      zh: `卷积核有 ${kernel.length} 个数，偏置有 ${bias.length} 个：与原来的卷积一样。`,
    };
  }
  const c = (i) => i % gamma.length;
  const factor = gamma.map((scale, i) => scale / Math.sqrt(variance[i] + 1e-5));
  const isAll = (own, expected) => own.every((value, i) => near(value, expected(i)));
  if (isAll(ownKernel, (i) => (kernel[i] * gamma[c(i)]) / (variance[c(i)] + 1e-5))) {
    return {
      en: 'The kernel: divided by the variance, not by its root.',
      zh: '卷积核：除以了方差，而不是方差的平方根。',
    };
  }
  if (!isAll(ownKernel, (i) => kernel[i] * factor[c(i)])) {
    return {
      en: 'The kernel: what is each channel of the convolution multiplied by at inference?',
      zh: '卷积核：推理时卷积的每个通道乘以什么？',
    };
  }
  if (!isAll(ownBias, (i) => factor[i] * (bias[i] - mean[i]) + beta[i])) {
    return {
      en: 'The kernel is right. The bias: what becomes of the old one, of the running mean, and of β?',
      zh: '卷积核是对的。偏置：原来的偏置、滑动平均的均值和 β 各变成了什么？',
    };
  }
  return undefined;
}

/** How far the first row's logits move with the other rows of the batch, in both modes. */
function moves(answer) {
  const { inTraining, atInference } = answer ?? {};
  if (![inTraining, atInference].every((move) => Number.isFinite(move) && move >= 0)) {
    return {
      en: 'Give { inTraining, atInference }, each the largest difference without its sign.',
      zh: '请给 { inTraining, atInference }，各是最大的差的绝对值。',
    };
  }
  if (inTraining < atInference) {
    return { en: 'Are the two exchanged?', zh: '两者是不是弄反了？' };
  }
  if (inTraining < 1e-3) {
    return {
      en: 'In training mode nothing moves? The other rows of the two batches must differ.',
      zh: '训练模式下什么也不动？两个批次的其他行必须不同。',
    };
  }
  if (atInference > 1e-3) {
    return {
      en: 'At inference: is the same row compared, and the mode that of inference in both batches?',
      zh: '推理时：比较的是同一行吗？两个批次都用推理模式吗？',
    };
  }
  return undefined;
}

/** How many times the standard error of independent values batch means have: batches of 1, 4, 16, 64 rows. */
function timesIndependent(answer, branch) {
  if (!Array.isArray(answer) || answer.length !== 4 || !answer.every((times) => times > 0)) {
    return {
      en: 'Give four numbers, for batches of 1, 4, 16 and 64 rows.',
      zh: '请给四个数，对应 1、4、16、64 行的批次。',
    };
  }
  const expected = clusterFactor(branch);
  if (answer.every((times) => times > 0.5 && times < 1.5) && expected > 1.5) {
    return {
      en: 'That is what independent values would give: draw whole rows, not single values.',
      zh: '独立的值才会这样：要抽整行，不是单个的值。',
    };
  }
  const apart = (i) => Math.abs(Math.log(answer[i] / expected));
  if (apart(0) > 0.15) {
    return {
      en: 'Batches of one row: the deviation of 512 means of 115 values each, over σ/√115.',
      zh: '一行的批次：512 个均值（各为 115 个值的均值）的标准差，除以 σ/√115。',
    };
  }
  // So few batches of 16 and 64 rows give their deviation roughly only.
  if (apart(1) > 0.25 || apart(2) > 0.6 || apart(3) > 1.1) {
    return {
      en: 'Larger batches are off: are the rows shuffled, and is B in the divisor?',
      zh: '较大的批次不对：行打乱了吗？除数里有 B 吗？',
    };
  }
  return undefined;
}

/** The deviation of the rows' means in channel 0, times that of independent values. */
function clusterFactor(branch) {
  const [rows, places, channels] = branch.shape;
  const all = branch.dataSync();
  const channel = Array.from({ length: rows * places }, (_, i) => all[i * channels]);
  const means = Array.from({ length: rows }, (_, row) =>
    mean(channel.slice(row * places, (row + 1) * places)),
  );
  return (deviation(means) / deviation(channel)) * Math.sqrt(places);
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
function deviation(numbers) {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
}

module.exports = { 1: forgetful, 2: folded, 3: moves, 4: timesIndependent };
