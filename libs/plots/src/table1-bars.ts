import type { Data, Layout } from 'plotly.js-dist-min';
import { label, percent, type Figure } from './figure';

export type Task = 'binary' | 'multiclass';

/** One run: a model on a task with a seed; all scores as fractions. */
export interface Table1Row {
  model: string;
  title: string;
  task: Task;
  seed: number;
  accuracy: number;
  macroF1: number;
  /** What the paper's Table 1 says, where it says something. */
  paper?: { accuracy: number; f1: number };
}

/** What `table1.json` holds. */
export interface Table1 {
  rows: readonly Table1Row[];
  /** The most that any classifier can reach on the test rows. */
  ceiling?: Partial<Record<Task, { accuracy: number; macroF1: number }>>;
  /** One feature against one threshold, on the binary task. */
  stump?: { accuracy: number; macroF1: number };
}

interface Metric {
  key: 'accuracy' | 'macroF1';
  paperKey: 'accuracy' | 'f1';
  axis: string;
}

const metrics: readonly Metric[] = [
  { key: 'accuracy', paperKey: 'accuracy', axis: 'accuracy (%)' },
  { key: 'macroF1', paperKey: 'f1', axis: 'F1 (%; ours is the macro mean)' },
];

// In pixels, for the upper axis's ticks and title.
const facetGap = 70;

/**
 * One task of the paper's Table 1, ours beside the paper's: accuracy above F1, a pair of bars a
 * model. Several seeds make a mean with their sample standard deviation as error bar. The ceiling
 * is a line, the stump (binary only) a dotted one.
 */
export function table1Bars(table: Table1, task: Task, options: { title?: string } = {}): Figure {
  const rows = table.rows.filter((row) => row.task === task);
  const models = [...new Map(rows.map((row) => [row.model, row])).values()];
  const runsOf = (model: string) => rows.filter((row) => row.model === model);
  const ceiling = table.ceiling?.[task];
  const stump = task === 'binary' ? table.stump : undefined;
  const lines = [
    ...(ceiling ? [{ name: 'ceiling of the data', dash: 'solid' as const, at: ceiling }] : []),
    ...(stump ? [{ name: 'best single threshold', dash: 'dot' as const, at: stump }] : []),
  ];
  const axisOf = (i: number) => (i === 0 ? '' : `${i + 1}`);
  const data = metrics.flatMap(({ key, paperKey }, i): Data[] => {
    const ours = models.map(({ model }) => spread(runsOf(model).map((row) => 100 * row[key])));
    const paper = models.map(({ paper }) => (paper ? 100 * paper[paperKey] : null));
    const common = {
      type: 'bar' as const,
      orientation: 'h' as const,
      y: models.map(({ title }) => label(title)),
      xaxis: `x${axisOf(i)}` as 'x',
      yaxis: `y${axisOf(i)}` as 'y',
      showlegend: i === 0,
      textposition: 'inside' as const,
      insidetextanchor: 'start' as const,
      textangle: 0,
    };
    return [
      {
        ...common,
        name: 'ours',
        legendgroup: 'ours',
        x: ours.map(({ mean }) => mean),
        error_x: {
          type: 'data',
          array: ours.map(({ deviation }) => deviation),
          visible: ours.some(({ deviation }) => deviation > 0),
          color: 'theme:text',
          thickness: 1.2,
          width: 3,
        },
        text: ours.map(({ mean }) => mean.toFixed(2)),
        textfont: { color: 'theme:paper' },
        marker: { color: 'theme:series0' },
        hovertemplate: '%{y}, ours: %{x:.2f} %<extra></extra>',
      },
      {
        ...common,
        name: "the paper's",
        legendgroup: 'paper',
        x: paper,
        text: paper.map((value) => value?.toFixed(2) ?? ''),
        textfont: { color: 'theme:text' },
        marker: { color: 'theme:quiet' },
        hovertemplate: "%{y}, the paper's: %{x:.2f} %<extra></extra>",
      },
    ];
  });
  // Shapes have no place in every plotly legend; a key without points has.
  const keys = lines.map(({ name, dash }): Data => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x: [null],
    y: [null],
    line: { color: 'theme:series1', width: 2, dash },
  }));
  const height = 60 * models.length;
  return {
    title: options.title ?? `Table 1, ${task} task: ours beside the paper's`,
    description: [
      ...models.map(({ model, title, paper }) => {
        const { mean } = spread(runsOf(model).map((row) => row.accuracy));
        return `${title}: accuracy ${percent(mean)}${paper ? `, the paper's ${percent(paper.accuracy)}` : ''}`;
      }),
      ...lines.map(({ name, at }) => `${name}: accuracy ${percent(at.accuracy)}`),
    ].join('; '),
    maxWidth: 760,
    data: [...data, ...keys],
    layout: {
      height: 2 * height + facetGap + 140,
      barmode: 'group',
      bargap: 0.22,
      bargroupgap: 0.06,
      legend: { traceorder: 'normal' },
      ...axes(height / (2 * height + facetGap)),
      shapes: lines.flatMap(({ dash, at }) =>
        metrics.map(({ key }, i) => ({
          type: 'line' as const,
          xref: `x${axisOf(i)}` as 'x',
          yref: `y${axisOf(i)} domain` as 'y domain',
          x0: 100 * at[key],
          x1: 100 * at[key],
          y0: 0,
          y1: 1,
          line: { color: 'theme:series1', width: 2, dash },
        })),
      ),
    },
  };
}

/** Accuracy above, F1 below, each on a share of the height, both from 0 so that bars do not deceive. */
function axes(share: number): Partial<Layout> {
  const x = { range: [0, 102] as [number, number], dtick: 25, zeroline: false };
  const y = {
    type: 'category' as const,
    title: { text: 'model' },
    autorange: 'reversed' as const,
    showgrid: false,
    automargin: true,
  };
  return {
    xaxis: { ...x, title: { text: metrics[0]!.axis } },
    xaxis2: { ...x, title: { text: metrics[1]!.axis }, anchor: 'y2', automargin: true },
    yaxis: { ...y, domain: [1 - share, 1] },
    yaxis2: { ...y, domain: [0, share], anchor: 'x2' },
  };
}

function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}
