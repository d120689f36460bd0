'use strict';
// What is right for the exercises of 01, and a hint where it is not: in English and Chinese.

const lambdas = [5, 3, 1, 0.1, 0.01];
const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
const isNear = (a, b, tolerance = 1e-6) => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

/** Seconds until the burst's weight has faded to 1, of each window, from the weights at its end. */
function untilGone(answer, weights) {
  if (!Array.isArray(answer) || answer.length !== lambdas.length) {
    return {
      en: 'Give five numbers of seconds, one for each window, in the order of lambdas.',
      zh: '请给五个秒数，每个窗口一个，按 lambdas 的顺序。',
    };
  }
  const are = (of, tolerance) =>
    answer.every((seconds, w) => isNear(seconds, of(weights[w], lambdas[w]), tolerance));
  if (are((weight, lambda) => Math.log2(weight) / lambda, 1e-3)) return undefined;
  if (are((weight, lambda) => Math.log(weight) / lambda, 1e-3)) {
    return {
      en: 'The weight halves, so that the logarithm has another base than e.',
      zh: '权重是每次减半的，所以对数的底不是 e。',
    };
  }
  if (are((weight, lambda) => 1 / lambda, 1e-3)) {
    return {
      en: 'After a half-life half of the weight is left; of the burst that is more than one packet.',
      zh: '过了一个半衰期还剩一半的权重；对这次突发来说，那不止一个数据包。',
    };
  }
  if (are((weight, lambda) => Math.log2(weight) * lambda, 1e-3)) {
    return {
      en: 'A larger λ forgets faster, and your times grow with λ.',
      zh: 'λ 越大忘得越快，而你的时间随 λ 增长。',
    };
  }
  if (are((weight, lambda) => 1 + Math.log2(weight) / lambda, 1e-3)) {
    return {
      en: 'Count the seconds from the end of the burst, not from its beginning.',
      zh: '秒数从突发结束时算起，不是从开始时。',
    };
  }
  return {
    en: 'Put each of your times into the formula for silence: is what is left 1?',
    zh: '把你的每个时间代入静默时的公式：剩下的是 1 吗？',
  };
}

/** Largest remainders, compared as whole numbers. */
function quotasOf(counts, seats) {
  const all = total(counts);
  const shares = counts.map((count) => Math.floor((seats * count) / all));
  const remainder = (i) => seats * counts[i] - shares[i] * all;
  const order = [...counts.keys()].sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const i of order.slice(0, seats - total(shares))) shares[i] += 1;
  return shares;
}

/** A function that deals out seats, tried on small parliaments and on the 89 files. */
function seats(deal, counts) {
  if (typeof deal !== 'function') {
    return {
      en: 'Give a function of counts and a total.',
      zh: '请给一个函数，参数是各项数目和总数。',
    };
  }
  const parliaments = [
    [[50, 30, 20], 10],
    [[7, 2, 1], 4],
    [[3, 3, 4], 5],
    [[1, 1, 1, 1], 2],
    [counts, 353_130],
  ];
  for (const [sizes, places] of parliaments) {
    const dealt = deal([...sizes], places);
    const question =
      sizes.length > 9 ? `${sizes.length} files, ${places}` : `[${sizes}], ${places}`;
    if (!Array.isArray(dealt) || dealt.length !== sizes.length) {
      return {
        en: `For (${question}) it gives no list of ${sizes.length} shares.`,
        zh: `对 (${question}) 它没有给出 ${sizes.length} 个份额的列表。`,
      };
    }
    if (total(dealt) !== places) {
      return {
        en: `For (${question}) its shares add up to ${total(dealt)}.`,
        zh: `对 (${question}) 它的份额之和是 ${total(dealt)}。`,
      };
    }
    if (quotasOf(sizes, places).some((share, i) => share !== dealt[i])) {
      return {
        en: `For (${question}) the sum is right, but some seats went to others: whose remainder is largest, and who is first of equals?`,
        zh: `对 (${question}) 总数对了，但有些席位给错了：谁的余数最大，余数相等时谁在前？`,
      };
    }
  }
  return undefined;
}

/** The blocks that see what was changed. */
const blocksThatSee = { port: ['HpHp'], flags: [], server: ['HH', 'HH_jit', 'HpHp'], hour: [] };

const lookAgain = {
  port: {
    en: 'port: which kinds of stream keep packets to two ports of one server apart?',
    zh: 'port：哪几类流会把发往同一台服务器两个端口的数据包分开？',
  },
  flags: {
    en: 'flags: compare all 115 columns of both last rows; is what differs more than rounding?',
    zh: 'flags：比较两个最后一行的全部 115 列；差别超过舍入误差吗？',
  },
  server: {
    en: 'server: which kinds of stream have the receiver among what their packets share?',
    zh: 'server：哪几类流的数据包要求接收者相同？',
  },
  hour: {
    en: 'hour: leave out the ten columns of the clock, and differences below 1e-6.',
    zh: 'hour：不算时钟的十列，也不算 1e-6 以下的差别。',
  },
};

function seen(answer) {
  const names = Object.keys(blocksThatSee);
  const isList = (name) => Array.isArray(answer?.[name]);
  if (!names.every(isList)) {
    return {
      en: `Give a list of blocks for each of ${names.join(', ')}; an empty one where nothing is seen.`,
      zh: `请对 ${names.join('、')} 各给一个特征块的列表；什么也看不到时给空列表。`,
    };
  }
  const same = (a, b) => [...new Set(a)].sort().join() === [...b].sort().join();
  const wrong = names.find((name) => !same(answer[name], blocksThatSee[name]));
  return wrong === undefined ? undefined : lookAgain[wrong];
}

/** The ceiling by the counts of the classes: Gafgyt's tcp and udp floods are one row. */
function most(answer, classes) {
  const { accuracy, macroF1 } = answer;
  if (accuracy > 1 || macroF1 > 1) {
    return {
      en: 'Give fractions between 0 and 1, not per cent.',
      zh: '请给 0 到 1 之间的小数，不是百分数。',
    };
  }
  const rows = total(classes.map(({ count }) => count));
  const of = (name) => classes.find((one) => one.name === name).count;
  const [tcp, udp] = [of('gafgyt tcp'), of('gafgyt udp')];
  const [fewer, more] = [Math.min(tcp, udp), Math.max(tcp, udp)];
  if (isNear(accuracy, 1 - more / rows)) {
    return {
      en: 'The accuracy: one answer for both floods loses one of them; which would you rather lose?',
      zh: '准确率：对两种洪泛只有一个回答，就要失去其中一种；你宁愿失去哪一种？',
    };
  }
  if (!isNear(accuracy, 1 - fewer / rows)) {
    return {
      en: 'The accuracy: how many of the 353,130 rows must be wrong, if equal rows get one answer?',
      zh: '准确率：如果相同的行只有一个回答，353,130 行中有多少必定答错？',
    };
  }
  const one = (2 * more) / (2 * more + fewer);
  const classesSolved = classes.length - 2;
  if (isNear(macroF1, (classesSolved + 1 + one) / classes.length)) {
    return {
      en: 'The macro F1: what is the F1 of a class that is never answered?',
      zh: '宏平均 F1：一个从不被回答的类别，它的 F1 是多少？',
    };
  }
  if (isNear(macroF1, classesSolved / classes.length)) {
    return {
      en: 'The macro F1: the flood that is answered has a precision and a recall of more than 0.',
      zh: '宏平均 F1：被回答的那种洪泛，精确率和召回率都大于 0。',
    };
  }
  if (!isNear(macroF1, (classesSolved + one) / classes.length)) {
    return {
      en: 'The macro F1: write down precision, recall and F1 of each of the two floods; the other nine have 1.',
      zh: '宏平均 F1：写出两种洪泛各自的精确率、召回率和 F1；其余九类都是 1。',
    };
  }
  return undefined;
}

/** Runs of dense under every scaler, several seeds each. */
function scalers(runs, names) {
  if (!Array.isArray(runs) || runs.some(({ config }) => config?.model !== 'dense')) {
    return { en: 'Give a list of runs of dense.', zh: '请给 dense 的若干次运行的列表。' };
  }
  if (runs.some(({ config }) => config.task !== 'multiclass')) {
    return { en: 'The task is to be multiclass.', zh: '任务应当是 multiclass。' };
  }
  const missing = names.find((name) => !runs.some(({ config }) => config.data.scaler === name));
  if (missing !== undefined) {
    return { en: `There is no run with ${missing}.`, zh: `没有使用 ${missing} 的运行。` };
  }
  const seedsOf = (name) =>
    new Set(
      runs.filter(({ config }) => config.data.scaler === name).map(({ config }) => config.seed),
    );
  const alone = names.find((name) => seedsOf(name).size < 2);
  if (alone !== undefined) {
    return {
      en: `Of ${alone} there is one seed: how large is chance?`,
      zh: `${alone} 只有一个种子：偶然有多大？`,
    };
  }
  const settings = new Set(
    runs.map(({ config }) => JSON.stringify([config.training, config.options])),
  );
  if (settings.size > 1) {
    return {
      en: 'Not all are trained alike: change the scaler and the seed alone.',
      zh: '训练方式不全相同：只改缩放方式和种子。',
    };
  }
  return undefined;
}

module.exports = { 1: untilGone, 2: seats, 3: seen, 4: most, 5: scalers };
