import type { Data, LayoutAxis } from 'plotly.js-dist-min';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { seriesInk } from './theme';

/** What was measured after an epoch; loss as it is, accuracy as a fraction. */
export interface Epoch {
  epoch: number;
  loss: number;
  accuracy: number;
  validationLoss?: number;
  validationAccuracy?: number;
}

/** A model's training. */
export interface TrainingRun {
  name: string;
  history: readonly Epoch[];
}

/**
 * Accuracy above loss, epoch by epoch: training dotted, validation drawn through, one colour a run
 * (the paper's Figure 3).
 */
export function trainingCurves(runs: readonly TrainingRun[], options: FigureOptions = {}): Figure {
  const say = sayIn(options.language);
  const curve = (
    run: number,
    axis: '' | '2',
    part: 'training' | 'validation',
    of: (epoch: Epoch) => number | undefined,
  ): Data[] => {
    const { name, history } = runs[run]!;
    const measured = history.filter((epoch) => of(epoch) !== undefined);
    if (measured.length === 0) return [];
    return [
      {
        type: 'scatter',
        // One epoch makes no line.
        mode: measured.length > 1 ? 'lines' : 'markers',
        name: [label(name), say(part)].join(say(', ')),
        legendgroup: name,
        showlegend: false,
        x: measured.map(({ epoch }) => epoch),
        y: measured.map((epoch) => of(epoch)!),
        yaxis: `y${axis}`,
        line: { color: seriesInk(run), width: 2, dash: part === 'training' ? 'dot' : 'solid' },
        marker: { color: seriesInk(run) },
      },
    ];
  };
  const key = (name: string, color: string, dash: 'dot' | 'solid', group?: string): Data => ({
    type: 'scatter',
    mode: 'lines',
    name: label(name),
    ...(group !== undefined && { legendgroup: group }),
    x: [null],
    y: [null],
    line: { color, width: 2, dash },
  });
  const last = runs.map(({ name, history }) => {
    const end = history.at(-1);
    if (!end) return say('{name}: no epoch', { name });
    const [epoch, loss] = [end.epoch, end.loss.toPrecision(3)];
    return say('{name}: after epoch {epoch}, training loss {loss}', { name, epoch, loss });
  });
  return {
    title: caption(options.title ?? say('Accuracy and loss while training'), options),
    description: say('Curves of accuracy and loss by epoch. {ends}.', {
      ends: last.join(say('; ')),
    }),
    data: [
      ...runs.flatMap((_, run) => [
        ...curve(run, '', 'training', (epoch) => 100 * epoch.accuracy),
        ...curve(run, '', 'validation', ({ validationAccuracy: accuracy }) =>
          accuracy === undefined ? undefined : 100 * accuracy,
        ),
        ...curve(run, '2', 'training', (epoch) => epoch.loss),
        ...curve(run, '2', 'validation', (epoch) => epoch.validationLoss),
      ]),
      ...runs.map(({ name }, run) => key(name, seriesInk(run), 'solid', name)),
      key(say('training'), 'theme:muted', 'dot'),
      key(say('validation'), 'theme:muted', 'solid'),
    ],
    layout: {
      height: 560,
      hovermode: 'closest',
      xaxis: { title: { text: say('epoch') }, anchor: 'y2', zeroline: false, ...wholeEpochs(runs) },
      yaxis: { title: { text: say('accuracy (%)') }, domain: [0.54, 1] },
      yaxis2: {
        title: { text: say('loss') },
        domain: [0, 0.46],
        rangemode: 'tozero',
        automargin: true,
      },
    },
  };
}

/** Ticks at whole epochs, about ten of them, from the first to the last. */
function wholeEpochs(runs: readonly TrainingRun[]): Partial<LayoutAxis> {
  const epochs = runs.flatMap(({ history }) => history.map(({ epoch }) => epoch));
  if (epochs.length === 0) return {};
  const [first, last] = [Math.min(...epochs), Math.max(...epochs)];
  const room = 0.02 * (last - first) + (first === last ? 0.5 : 0);
  const dtick = Math.ceil((last - first + 1) / 10);
  return { tick0: first, dtick, range: [first - room, last + room] };
}
