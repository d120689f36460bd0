import { mean, standardDeviation } from '@botlab/metrics';
import type { Data, Layout } from 'plotly.js-dist-min';
import { label, percent, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn, type Say } from './language/say';

export type Task = 'binary' | 'multiclass';

/** One run: a model on a task with a seed; all scores as fractions. */
export interface Table1Row {
  model: string;
  /** The model with its options; bars are of runs of the same. */
  variant?: string;
  title: string;
  /** Named where a table has several. */
  scaler?: string;
  task: Task;
  seed: number;
  accuracy: number;
  weightedF1: number;
  /** What the paper's Table 1 says, where it says something. */
  paper?: { accuracy: number; f1: number };
}

/** What `table1.json` holds. */
export interface Table1 {
  rows: readonly Table1Row[];
  /** The most that any classifier can reach on the test rows. */
  ceiling?: Partial<Record<Task, { accuracy: number }>>;
}

/** How {@link table1Bars} are drawn. */
export interface Table1BarsOptions extends FigureOptions {
  /** Decimals of the numbers on our bars; the paper's have two. */
  decimals?: number;
}

interface Metric {
  key: 'accuracy' | 'weightedF1';
  paperKey: 'accuracy' | 'f1';
  axis: 'accuracy (%)' | 'F1 (%; ours: weighted mean)';
}

const metrics: readonly Metric[] = [
  { key: 'accuracy', paperKey: 'accuracy', axis: 'accuracy (%)' },
  { key: 'weightedF1', paperKey: 'f1', axis: 'F1 (%; ours: weighted mean)' },
];

// In categories: a bar, and where it begins. Ours is alone in the middle where the paper has none.
const thickness = 0.38;
const [above, middle, below] = [-thickness - 0.01, -thickness / 2, 0.01];

// In pixels, for the upper axis's ticks and title.
const facetGap = 70;

/**
 * One task of the paper's Table 1, ours beside the paper's: accuracy above F1, a pair of bars a
 * model. Several seeds make a mean with their sample standard deviation as error bar. The ceiling of
 * accuracy is a line.
 */
export function table1Bars(table: Table1, task: Task, options: Table1BarsOptions = {}): Figure {
  const { decimals = 2 } = options;
  const say = sayIn(options.language);
  const rows = table.rows.filter((row) => row.task === task);
  const variantOf = ({ variant, model }: Table1Row) => variant ?? model;
  const isOne = new Set(rows.map(({ scaler }) => scaler)).size < 2;
  const models = [...new Map(rows.map((row) => [variantOf(row), row])).values()].map((row) => ({
    paper: row.paper,
    title: isOne ? row.title : `${row.title}, ${row.scaler}`,
    runs: rows.filter((run) => variantOf(run) === variantOf(row)),
  }));
  const ceiling = table.ceiling?.[task];
  const hovered = { model: '%{y}', value: '%{x:.2f}' };
  const axisOf = (i: number) => (i === 0 ? '' : `${i + 1}`);
  const data = metrics.flatMap(({ key, paperKey }, i): Data[] => {
    const ours = models.map(({ runs }) => runs.map((row) => 100 * row[key]));
    const deviations = ours.map(standardDeviation);
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
      width: thickness,
    };
    return [
      {
        ...common,
        name: say('ours'),
        legendgroup: 'ours',
        // An array, which the types of plotly leave out.
        offset: paper.map((value) => (value === null ? middle : above)) as unknown as number,
        x: ours.map(mean),
        error_x: {
          type: 'data',
          // Of one seed there is none to draw, and none is not 0.
          array: deviations.map((deviation) => (deviation > 0 ? deviation : null)),
          visible: deviations.some((deviation) => deviation > 0),
          color: 'theme:text',
          thickness: 1.2,
          width: 3,
        },
        text: ours.map((values) => mean(values).toFixed(decimals)),
        textfont: { color: 'theme:paper' },
        marker: { color: 'theme:series0' },
        hovertemplate: `${say('{model}, ours: {value} %', hovered)}<extra></extra>`,
      },
      {
        ...common,
        name: say("the paper's"),
        legendgroup: 'paper',
        offset: below,
        x: paper,
        text: paper.map((value) => value?.toFixed(2) ?? ''),
        textfont: { color: 'theme:text' },
        marker: { color: 'theme:quiet' },
        hovertemplate: `${say("{model}, the paper's: {value} %", hovered)}<extra></extra>`,
      },
    ];
  });
  // Shapes have no place in every plotly legend; a key without points has.
  const line = { color: 'theme:series1', width: 2, dash: 'solid' as const };
  const keys: Data[] = ceiling
    ? [
        {
          type: 'scatter',
          mode: 'lines',
          name: say('ceiling of the data'),
          x: [null],
          y: [null],
          line,
        },
      ]
    : [];
  const height = 60 * models.length;
  return {
    title: caption(
      options.title ?? say("Table 1, {task} task: ours beside the paper's", { task: say(task) }),
      options,
    ),
    description: [
      ...models.map(({ runs, title, paper }) => {
        const accuracy = mean(runs.map((row) => row.accuracy));
        const said = { model: title, ours: percent(accuracy) };
        return paper
          ? say("{model}: accuracy {ours}, the paper's {paper}", {
              ...said,
              paper: percent(paper.accuracy),
            })
          : say('{model}: accuracy {ours}', said);
      }),
      ...(ceiling
        ? [say('ceiling of the data: accuracy {value}', { value: percent(ceiling.accuracy) })]
        : []),
    ].join(say('; ')),
    maxWidth: 760,
    data: [...data, ...keys],
    layout: {
      height: 2 * height + facetGap + 140,
      barmode: 'overlay',
      legend: { traceorder: 'normal' },
      ...axes(height / (2 * height + facetGap), say),
      shapes: ceiling
        ? [
            {
              type: 'line',
              xref: 'x',
              yref: 'y domain',
              x0: 100 * ceiling.accuracy,
              x1: 100 * ceiling.accuracy,
              y0: 0,
              y1: 1,
              line,
            },
          ]
        : [],
    },
  };
}

/** Accuracy above, F1 below, each on a share of the height, both from 0 so that bars do not deceive. */
function axes(share: number, say: Say): Partial<Layout> {
  const x = { range: [0, 102] as [number, number], dtick: 25, zeroline: false };
  const y = {
    type: 'category' as const,
    title: { text: say('model') },
    autorange: 'reversed' as const,
    showgrid: false,
    automargin: true,
  };
  return {
    xaxis: { ...x, title: { text: say(metrics[0]!.axis) } },
    xaxis2: { ...x, title: { text: say(metrics[1]!.axis) }, anchor: 'y2', automargin: true },
    yaxis: { ...y, domain: [1 - share, 1] },
    yaxis2: { ...y, domain: [0, share], anchor: 'x2' },
  };
}
