'use strict';
// What is right for the exercises of 03, and a hint where it is not: in English and Chinese.

const near = (a, b, by) => Math.abs(a - b) < by;
const zeros = (length) => new Array(length).fill(0);
const sigmoid = (value) => 1 / (1 + Math.exp(-value));
const times = (row, matrix) =>
  matrix[0].map((_, j) => row.reduce((sum, value, i) => sum + value * matrix[i][j], 0));
const add = (a, b) => a.map((value, u) => value + b[u]);
const mul = (a, b) => a.map((value, u) => value * b[u]);
const transpose = (matrix) => matrix[0].map((_, j) => matrix.map((row) => row[j]));

/** Whether an answer is as many vectors as there are, of the same length. */
const isLike = (vectors, expected) =>
  Array.isArray(vectors) &&
  vectors.length === expected.length &&
  vectors.every((vector, t) => Array.isArray(vector) && vector.length === expected[t].length);
const isSame = (a, b) => a.every((value, u) => near(value, b[u], 1e-6));
const allSame = (a, b) => a.every((vector, t) => isSame(vector, b[t]));

/** A forget-gate bias whose half-life is 30 steps. */
function halfLife(bias) {
  const stays = sigmoid(bias);
  const left = stays ** 30;
  if (near(left, 0.5, 1e-3)) return undefined;
  if (near(bias ** 30, 0.5, 1e-3)) {
    return {
      en: 'That is what the gate is to be at each step: of which bias is it the sigmoid?',
      zh: '这是每一步门的值：它是哪个偏置的 sigmoid？',
    };
  }
  if (near(stays, 1 - 1 / 30, 1e-3)) {
    return {
      en: 'That is a time constant of 30 steps: 1/e is left after it, not a half.',
      zh: '这是 30 步的时间常数：之后剩下 1/e，而不是一半。',
    };
  }
  return {
    en: `With it ${left.toPrecision(2)} of the memory is left after 30 steps.`,
    zh: `用它，30 步之后记忆还剩 ${left.toPrecision(2)}。`,
  };
}

/** Weights of an LSTM by inputs and units, their share of a network, and what a second bias would add. */
function count({ weights, share, more }, network) {
  const lstms = network.layers.filter((layer) => layer.getClassName() === 'FusedLSTM');
  const sizes = lstms.map((layer) => {
    const [kernel, recurrent] = layer.getWeights();
    return { m: kernel.shape[0], n: recurrent.shape[0], params: layer.countParams() };
  });
  if (typeof weights !== 'function') {
    return {
      en: 'weights is to be a function: (m, n) => ….',
      zh: 'weights 应当是函数：(m, n) => …。',
    };
  }
  const fits = (formula) => sizes.every(({ m, n }) => weights(m, n) === formula(m, n));
  if (fits((m, n) => m * n + n * n + n)) {
    return { en: 'weights: that is one of the four gates.', zh: 'weights：这只是四个层中的一个。' };
  }
  if (fits((m, n) => 4 * (m * n + n * n))) {
    return { en: 'weights: the biases are missing.', zh: 'weights：还缺偏置。' };
  }
  const other = sizes.find(({ m, n, params }) => weights(m, n) !== params);
  if (other !== undefined) {
    return {
      en: `weights: for m = ${other.m}, n = ${other.n} the layer has another number.`,
      zh: `weights：m = ${other.m}、n = ${other.n} 时，层的权重数与此不同。`,
    };
  }
  return ofNetwork({ share, more }, sizes, network);
}

function ofNetwork({ share, more }, sizes, network) {
  const inLSTMs = sizes.reduce((sum, { params }) => sum + params, 0);
  const trainable = network.trainableWeights.reduce((sum, { shape }) => {
    return sum + shape.reduce((product, length) => product * length, 1);
  }, 0);
  const shares = [trainable, network.countParams()].map((total) => inLSTMs / total);
  if (share > 1) {
    return { en: 'share: give a fraction, not per cent.', zh: 'share：请给小数，不是百分数。' };
  }
  if (!shares.some((right) => near(share, right, 1e-3))) {
    return {
      en: 'share: the weights of all LSTMs, over those of all layers.',
      zh: 'share：所有 LSTM 的权重，除以所有层的权重。',
    };
  }
  const units = sizes.reduce((sum, { n }) => sum + n, 0);
  if (more === units) {
    return {
      en: 'more: each of the four gates has a bias of its own.',
      zh: 'more：四个层各有自己的偏置。',
    };
  }
  if (more !== 4 * units) {
    return {
      en: 'more: how long is the bias of each LSTM?',
      zh: 'more：每个 LSTM 的偏置有多长？',
    };
  }
  return undefined;
}

/** A step of a GRU whose gates are in the order z, r, h; in other forms, which are not this one. */
function gru({ W, U, b }, { after = false, swapped = false } = {}) {
  return (x, h) => {
    const n = h.length;
    const [input, state] = [add(times(x, W), b), times(h, U)];
    const gates = add(input, state).map(sigmoid);
    const [z, r] = [gates.slice(0, n), gates.slice(n, 2 * n)];
    const recurrent = after ? mul(r, state.slice(2 * n)) : times(mul(r, h), U).slice(2 * n);
    const candidate = add(input.slice(2 * n), recurrent).map(Math.tanh);
    const [kept, fresh] = swapped ? [candidate, h] : [h, candidate];
    return kept.map((value, u) => z[u] * value + (1 - z[u]) * fresh[u]);
  };
}

/** All states of a row, from zeros. */
function statesOf(step, row, units) {
  let h = zeros(units);
  return row.map((x) => (h = step(x, h)));
}

/** A step of the GRU of the engine, on a whole row. */
function gruStep(step, { row, weights, states }) {
  const units = weights.U.length;
  const own = statesOf((x, h) => step(x, h, weights) ?? [], row, units);
  if (!isLike(own, states)) {
    return {
      en: `A step is to return the next state: ${units} numbers.`,
      zh: `一步应当返回下一个状态：${units} 个数。`,
    };
  }
  if (allSame(own, states)) return undefined;
  const isForm = (form) => allSame(own, statesOf(gru(weights, form), row, units));
  if (isForm({ after: true })) {
    return {
      en: 'That is the other form: here the reset gate comes before the recurrent product.',
      zh: '这是另一种形式：这里重置门在循环乘积之前。',
    };
  }
  if (isForm({ swapped: true })) {
    return {
      en: 'Old and new have changed places: what does z keep?',
      zh: '旧与新对调了：z 保留的是哪一个？',
    };
  }
  const first = own.findIndex((state, t) => !isSame(state, states[t]));
  return {
    en: `Step ${first} of 0 to ${row.length - 1} is the first that differs. Are the gates in the order z, r, h?`,
    zh: `第 ${first} 步（从 0 数到 ${row.length - 1}）最先不同。门的次序是 z、r、h 吗？`,
  };
}

/** The way back through an LSTM; without one of its ways from a step to the one before, it is another. */
function lstmBackward(steps, last, { W, U }, { byCell = true, byState = true } = {}) {
  const gradients = [];
  let [dh, dc] = [last, zeros(last.length)];
  for (let t = steps.length - 1; t >= 0; t--) {
    const { i, f, candidate, o, c } = steps[t];
    const before = steps[t - 1]?.c ?? zeros(c.length);
    const seen = c.map(Math.tanh);
    const gate = (y) => y.map((value) => value * (1 - value));
    const squash = (y) => y.map((value) => 1 - value * value);
    dc = add(dc, mul(mul(dh, o), squash(seen)));
    const dz = [
      ...mul(mul(dc, candidate), gate(i)),
      ...mul(mul(dc, before), gate(f)),
      ...mul(mul(dc, i), squash(candidate)),
      ...mul(mul(dh, seen), gate(o)),
    ];
    gradients.unshift(times(dz, transpose(W)));
    dh = byState ? times(dz, transpose(U)) : zeros(dh.length);
    dc = byCell ? mul(dc, f) : zeros(dc.length);
  }
  return gradients;
}

/** The gradient of each input, given that of the last state. */
function backward(answer, { steps, weights, gradients }) {
  const last = weights.U.map(() => 1);
  const own = answer(steps, last, weights);
  if (!isLike(own, gradients)) {
    const [n, m] = [gradients.length, gradients[0].length];
    return {
      en: `It is to return a list of ${n} gradients, of ${m} number each: one for each x.`,
      zh: `应当返回 ${n} 个梯度，每个 ${m} 个数：每个 x 一个。`,
    };
  }
  if (allSame(own, gradients)) return undefined;
  const isForm = (form) => allSame(own, lstmBackward(steps, last, weights, form));
  if (isForm({ byCell: false })) {
    return {
      en: 'One way back is missing: from a memory cell to the one before.',
      zh: '少了一条回程：从记忆单元到它的前一个。',
    };
  }
  if (isForm({ byState: false })) {
    return {
      en: 'One way back is missing: from the gates to the state before.',
      zh: '少了一条回程：从门到前一个状态。',
    };
  }
  if (allSame([...own].reverse(), gradients)) {
    return {
      en: 'They are right, from the last step to the first: turn them round.',
      zh: '数值都对，但从最后一步排到了第一步：倒过来。',
    };
  }
  return isSame(own.at(-1), gradients.at(-1))
    ? {
        en: 'The last step is right: what does it send back to the one before, and by which two ways?',
        zh: '最后一步是对的：它向前一步传回什么，经过哪两条路？',
      }
    : {
        en: 'The last step differs already: begin with h = o ∘ tanh(c), then each gate before its sigmoid or tanh.',
        zh: '最后一步就不同：从 h = o ∘ tanh(c) 开始，再到每个门在 sigmoid 或 tanh 之前的值。',
      };
}

const blockOf = (name) => name.slice(0, name.search(/_L\d/));
const windowOf = (name) => /_(L[\d.]+)_/.exec(name)[1];
/** The columns of a file, by blocks or windows in this order; within one as they were. */
const sorted = (names, groups, groupOf) =>
  groups.flatMap((group) => names.filter((name) => groupOf(name) === group));

/** Runs of the GRU on reversed blocks, and of the window LSTM on windows in two orders. */
function reordered(answer, first) {
  const names = first.data.table.columns;
  const blocks = [...new Set(names.map(blockOf))].reverse();
  const asked = {
    blocks: { model: 'gru', columns: sorted(names, blocks, blockOf) },
    fromLong: {
      model: 'window-lstm',
      columns: sorted(names, ['L0.01', 'L0.1', 'L1', 'L3', 'L5'], windowOf),
    },
    mixed: {
      model: 'window-lstm',
      columns: sorted(names, ['L1', 'L0.01', 'L5', 'L0.1', 'L3'], windowOf),
    },
  };
  for (const [name, { model, columns }] of Object.entries(asked)) {
    const fault = runsFault(answer[name], model, columns, first);
    if (fault !== undefined) return { en: `${name}: ${fault.en}`, zh: `${name}：${fault.zh}` };
  }
  return undefined;
}

function runsFault(runs, model, columns, first) {
  if (!Array.isArray(runs) || new Set(runs.map((run) => run?.config?.seed)).size < 2) {
    return { en: 'give runs of two seeds or more.', zh: '请给出两个或更多种子的运行。' };
  }
  if (runs.some(({ config }) => config.model !== model)) {
    return { en: `these are to be runs of ${model}.`, zh: `应当是 ${model} 的运行。` };
  }
  const training = JSON.stringify(first.config.training);
  if (runs.some(({ config }) => JSON.stringify(config.training) !== training)) {
    return {
      en: 'they are trained otherwise than the notebook’s.',
      zh: '训练方式与笔记本里的不同。',
    };
  }
  const read = runs.map(({ data }) => data.table.columns.join());
  if (read.some((names) => names !== columns.join())) {
    return {
      en: 'the columns that it reads are in another order than the exercise says.',
      zh: '它所读的列的次序与练习所说的不同。',
    };
  }
  return undefined;
}

module.exports = { 1: halfLife, 2: count, 3: gruStep, 4: backward, 5: reordered };
