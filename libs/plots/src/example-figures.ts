import { barChart } from './bar-chart';
import { batchNormalisation } from './batch-normalisation';
import { criticalDifferenceDiagram } from './critical-difference-diagram';
import { reliabilityDiagram } from './reliability-diagram';
import { dampedWindow } from './damped-window';
import { lstmCell } from './lstm-cell';
import { residualBlock } from './residual-block';
import { slidingFilter } from './sliding-filter';
import { testbed } from './testbed';
import { wayOfRow } from './way-of-row';
import { architecture, type ArchitectureGraph, type ArchitectureNode } from './architecture';
import { attention } from './attention';
import { classDistribution } from './class-distribution';
import { confusionHeatmap } from './confusion-heatmap';
import type { Figure } from './figure';
import { heatmap } from './heatmap';
import type { FigureOptions } from './language/caption';
import { lineChart } from './line-chart';
import { table1Bars, type Table1 } from './table1-bars';
import { trainingCurves, type Epoch } from './training-curves';

// Made-up numbers, as large and as uneven as real ones: what the tests draw and look at.

export const exampleClasses = [
  { name: 'benign', count: 27_797 },
  { name: 'gafgyt.combo', count: 25_758 },
  { name: 'gafgyt.junk', count: 13_090 },
  { name: 'gafgyt.scan', count: 12_756 },
  { name: 'gafgyt.tcp', count: 42_992 },
  { name: 'gafgyt.udp', count: 47_318 },
  { name: 'mirai.ack', count: 32_191 },
  { name: 'mirai.scan', count: 26_899 },
  { name: 'mirai.syn', count: 36_665 },
  { name: 'mirai.udp', count: 61_500 },
  { name: 'mirai.udpplain', count: 26_164 },
];

function exampleHistory(pace: number): Epoch[] {
  return Array.from({ length: 30 }, (_, i) => {
    const left = Math.exp(-(i + 1) / pace);
    const wobble = 0.02 * Math.sin(3 * i + pace) * (left + 0.2);
    return {
      epoch: i + 1,
      loss: 0.3 + 1.6 * left,
      accuracy: 0.88 - 0.5 * left,
      validationLoss: 0.32 + 1.5 * left + 2 * wobble,
      validationAccuracy: 0.875 - 0.48 * left - wobble,
    };
  });
}

export const exampleRuns = ['Dense', 'GRU', '1DCNN', 'CNN-LSTM', 'Res-1DCNN-LSTM'].map(
  (name, i) => ({ name, history: exampleHistory(9 - 1.5 * i) }),
);

export const exampleRanks = {
  names: [
    'Dense',
    'GRU',
    '1D-CNN',
    'CNN-LSTM',
    'Res-1DCNN-LSTM',
    'Random forest',
    'Decision tree of depth 2',
  ],
  ranks: [4.2, 5.1, 3.6, 5.3, 2.1, 1.4, 6.3],
  cliques: [
    [5, 4],
    [2, 0, 1, 3],
    [1, 3, 6],
  ],
};

export const exampleReliability = ['Dense', 'Random forest'].map((name, i) => ({
  name,
  bins: Array.from({ length: 10 }, (_, bin) => {
    const confidence = 0.42 + 0.58 * (1 - (1 - bin / 9) ** 2);
    return {
      confidence,
      accuracy: confidence - (i ? -0.02 : 0.11) * Math.sin(Math.PI * confidence),
    };
  }),
}));

const paper = {
  Dense: [96.32, 95.76, 82.45, 79.89],
  GRU: [98.57, 98.34, 85.56, 84.94],
  '1DCNN': [98.62, 98.24, 85.73, 84.38],
  'CNN-LSTM': [98.91, 98.71, 86.98, 87.23],
  'Res-1DCNN-LSTM': [98.89, 99.32, 87.53, 88.56],
};

export const exampleTable1: Table1 = {
  rows: Object.entries(paper).flatMap(([title, scores], m) =>
    (['binary', 'multiclass'] as const).flatMap((task, t) =>
      [1, 2, 3].map((seed) => ({
        model: title.toLowerCase(),
        title,
        task,
        seed,
        accuracy: (t === 0 ? 0.982 + 0.003 * m : 0.836 + 0.008 * m) + 0.002 * seed,
        weightedF1: (t === 0 ? 0.975 + 0.004 * m : 0.82 + 0.01 * m) + 0.002 * seed,
        paper: { accuracy: scores[2 * t]! / 100, f1: scores[2 * t + 1]! / 100 },
      })),
    ),
  ),
  ceiling: {
    binary: { accuracy: 0.99998 },
    multiclass: { accuracy: 0.8783 },
  },
};

/** The reference Res-1DCNN-LSTM: 4 blocks of width 16. */
export function exampleGraph(): ArchitectureGraph {
  const nodes: ArchitectureNode[] = [
    { id: 'input', label: 'Input', detail: '115 × 1', kind: 'input' },
  ];
  const edges: [string, string][] = [];
  const add = (node: ArchitectureNode, ...from: string[]) => {
    nodes.push(node);
    from.forEach((id) => edges.push([id, node.id]));
    return node.id;
  };
  let x = 'input';
  const blocks = [
    { name: 'block1, 1', length: 115, channels: 16, isWider: true, isPooled: false },
    { name: 'block1, 2', length: 115, channels: 16, isWider: false, isPooled: false },
    { name: 'block2, 1', length: 58, channels: 32, isWider: true, isPooled: true },
    { name: 'block2, 2', length: 29, channels: 64, isWider: true, isPooled: true },
  ];
  blocks.forEach(({ name, length, channels, isWider, isPooled }, b) => {
    const detail = `${length} × ${channels}`;
    const node = (id: string, label: string, kind: ArchitectureNode['kind'], detail?: string) =>
      ({ id: `${id}${b}`, label, kind, detail, group: name }) as ArchitectureNode;
    const branch = (id: string, label: string, kind: ArchitectureNode['kind']) => {
      let at = add(node(id, label, kind, isPooled ? undefined : detail), x);
      if (isPooled) at = add(node(`${id}pool`, 'Max pool', 'pool', detail), at);
      return add(node(`${id}bn`, 'BatchNorm', 'norm'), at);
    };
    const conv = branch('conv', 'Conv1D, 3', 'conv');
    const lstm = branch('lstm', 'LSTM', 'recurrent');
    const wide = `${length} × ${2 * channels}`;
    const join = add(node('join', 'Concat', 'join', wide), conv, lstm);
    const relu = add(node('relu', 'ReLU', 'activation'), join);
    let shortcut = x;
    if (isWider) {
      if (isPooled) shortcut = add(node('short', 'Max pool', 'pool'), shortcut);
      shortcut = add(node('shortconv', 'Conv1D, 1', 'conv', wide), shortcut);
      shortcut = add(node('shortbn', 'BatchNorm', 'norm'), shortcut);
    }
    x = add(node('add', 'Add', 'join', wide), relu, shortcut);
  });
  x = add({ id: 'mean', label: 'Mean', detail: '128', kind: 'pool' }, x);
  x = add({ id: 'dense', label: 'Dense', detail: '11', kind: 'dense' }, x);
  add({ id: 'softmax', label: 'Softmax', detail: '11 classes', kind: 'activation' }, x);
  return { nodes, edges };
}

/** gafgyt tcp and udp are mostly mistaken for each other, the rest is mostly right. */
function exampleConfusion() {
  const classes = [...exampleClasses.map(({ name }) => name), 'never seen'];
  const counts = classes.map((_, truth) =>
    classes.map((_, c) => {
      const rows = Math.round((exampleClasses[truth]?.count ?? 0) / 5);
      if (truth === 4) return c === 5 ? rows - 41 : c === 4 ? 40 : 0;
      if (c === truth) return Math.round(0.98 * rows);
      return (truth * 7 + c * 5) % 6 === 0 && c < 11 && truth < 11 ? Math.round(0.004 * rows) : 0;
    }),
  );
  return { classes, counts };
}

const exampleWay = {
  packet: 'UDP, 554 bytes',
  streams: [
    { name: 'MI_dir', shared: 'MAC, IP', statistics: 3 },
    { name: 'H', shared: 'IP', statistics: 3 },
    { name: 'HH', shared: 'IP → IP', statistics: 7 },
    { name: 'HH_jit', shared: 'gaps', statistics: 3 },
    { name: 'HpHp', shared: 'port → port', statistics: 7 },
  ],
  windows: ['L5', 'L3', 'L1', 'L0.1', 'L0.01'],
  scaler: 'quantile',
  model: 'Res-1DCNN-LSTM',
  verdict: [
    { name: 'mirai.udp', probability: 0.934 },
    { name: 'mirai.udpplain', probability: 0.061 },
    { name: 'benign', probability: 0.005 },
  ],
};

const examplePackets = [0, 0.6, 0.7, 2.9, 3, 3.1, 6.4, 8, 8.1, 8.2, 8.3, 9.6, 9.9, 10].map(
  (time, i) => ({ time, size: 60 + ((i * 389) % 500) }),
);

/** Three channels that stand apart, each a bell (Box and Muller, with evenly spread numbers for random ones). */
const exampleChannels = [-4, 1, 9].map((middle, c) => ({
  name: `channel ${c + 1}`,
  values: Array.from({ length: 600 }, (_, i) => {
    const far = Math.sqrt(-2 * Math.log((i + 0.5) / 600));
    return (
      middle +
      [0.5, 2, 1][c]! * far * Math.cos(2 * Math.PI * i * [0.618034, 0.414214, 0.732051][c]!)
    );
  }),
}));

const steps = Array.from({ length: 115 }, (_, i) => i);

/** One example of every figure, by the name of its function; what is data in them stays English. */
export function examplesIn(
  options: Pick<FigureOptions, 'language' | 'synthetic'>,
): Record<string, readonly Figure[]> {
  return {
    classDistribution: [classDistribution(exampleClasses, options)],
    trainingCurves: [trainingCurves(exampleRuns, options)],
    confusionHeatmap: [
      confusionHeatmap(exampleConfusion(), { ...options, title: 'Res-1DCNN-LSTM, multiclass' }),
      confusionHeatmap({ classes: ['benign', 'attack'], counts: [[5521, 38], [112, 64_955]] }, options), // prettier-ignore
    ],
    table1Bars: [
      table1Bars(exampleTable1, 'binary', options),
      table1Bars(exampleTable1, 'multiclass', options),
    ],
    lineChart: [
      lineChart(
        [
          { name: 'RNN', y: steps.map((t) => 0.9 ** (114 - t)) },
          { name: 'LSTM', y: steps.map((t) => 0.99 ** (114 - t)), dash: true },
          {
            name: 'measured',
            x: [0, 57, 114],
            y: [0.2, 0.6, 1],
            markers: 'only',
            error: [0.1, 0.1, 0],
          },
        ],
        { ...options, title: 'Gradient by time step', x: 'time step', y: '|∂h/∂x|', logY: true },
      ),
    ],
    barChart: [
      barChart(
        [
          { name: 'random split', values: [0.99, 0.98, 0.97] },
          { name: 'unseen device', values: [0.9, null, 0.95], error: [0.01, 0, 0.03] },
        ],
        {
          ...options,
          title: 'Splits',
          categories: ['Dense', 'GRU', '1D-CNN'],
          x: 'model',
          y: 'accuracy',
        },
      ),
      barChart([{ name: 'rows', values: [3_555, 1_018_298] }], {
        ...{ ...options, title: 'Rows', categories: ['Ennio_Doorbell', 'Danmini_Doorbell'] },
        ...{ y: 'rows', x: 'device', horizontal: true, logY: true },
      }),
    ],
    heatmap: [
      heatmap(
        [
          [1, 2, -3],
          [0, 0.5, 2],
        ],
        {
          ...{ ...options, title: 'Weights', x: 'place', y: 'filter', xNames: ['−1', '0', '+1'] },
          ...{ scale: 'diverging', colour: 'filter weight', text: true },
        },
      ),
      heatmap(
        steps.slice(0, 23).map((i) => steps.map((j) => Math.sin((i * j) / 50))),
        {
          ...{ ...options, title: 'Responses', x: 'feature', y: 'filter', colour: 'response' },
        },
      ),
    ],
    architecture: [architecture(exampleGraph(), { ...options, title: 'Res-1DCNN-LSTM' })],
    lstmCell: [
      lstmCell({ inputs: 1, units: 16 }, options),
      lstmCell(
        { inputs: 32, units: 16 },
        {
          ...options,
          step: { forget: 0.97, input: 0.42, candidate: -0.81, output: 0.66, cellBefore: 1.35 },
        },
      ),
    ],
    slidingFilter: [
      slidingFilter([2, 0, 1, 3, -1, 4, 2], [1, 0, -1], { ...options, padding: 'same' }),
      slidingFilter([0.5, 1, -0.25, 2, 0, 1.5, 3, -1, 0.75], [0.5, 1, 0.5], {
        ...options,
        stride: 2,
        bias: 0.1,
      }),
    ],
    attention: [
      attention(
        {
          query: [2, 4],
          keys: [
            [0, 1],
            [2, 2],
            [1, 2],
          ],
          values: [
            [2, -1],
            [0, 2],
            [2, 0],
          ],
        },
        options,
      ),
    ],
    residualBlock: [
      residualBlock({ input: [115, 32], filters: 16 }, options),
      residualBlock({ input: [115, 32], filters: 32, pool: 2 }, options),
    ],
    wayOfRow: [wayOfRow(exampleWay, options)],
    dampedWindow: [dampedWindow(examplePackets, [5, 3, 1, 0.1, 0.01], options)],
    batchNormalisation: [batchNormalisation(exampleChannels, options)],
    testbed: [testbed(undefined, options)],
    criticalDifferenceDiagram: [criticalDifferenceDiagram(exampleRanks, options)],
    reliabilityDiagram: [reliabilityDiagram(exampleReliability, options)],
  };
}

/** The examples in English. */
export const exampleFigures = examplesIn({ language: 'en' });
