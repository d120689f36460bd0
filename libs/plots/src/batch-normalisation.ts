import type { Data } from 'plotly.js-dist-min';
import { axis } from './axis';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { seriesInk } from './theme';

/** What one channel gives for the rows of a batch. */
export interface Channel {
  name: string;
  values: ArrayLike<number>;
  /** What the layer has learnt to scale and shift by; 1 and 0 before it has learnt. */
  gamma?: number;
  beta?: number;
}

/** Options of {@link batchNormalisation}. */
export interface BatchNormalisationOptions extends FigureOptions {
  /** Added to the variance; 0.001 by default, as in Keras. */
  epsilon?: number;
  /** Bars of a histogram; 40 by default. */
  bins?: number;
}

/**
 * What batch normalisation does to a few channels: their histograms as they come, above, and after
 * γ (x − μ) / √(σ² + ε) + β with the mean and variance of the batch, below.
 *
 * @throws RangeError when there is no channel, or one without values
 */
export function batchNormalisation(
  channels: readonly Channel[],
  options: BatchNormalisationOptions = {},
): Figure {
  const { epsilon = 0.001, bins = 40 } = options;
  if (channels.length === 0 || channels.some(({ values }) => values.length === 0)) {
    throw new RangeError(
      'Cannot draw batch normalisation: each channel needs values, and there must be a channel',
    );
  }
  const say = sayIn(options.language);
  const normalised = channels.map(({ values, gamma = 1, beta = 0 }) => {
    const { mean, variance } = moments(values);
    const scale = gamma / Math.sqrt(variance + epsilon);
    return Array.from(values, (value) => scale * (value - mean) + beta);
  });
  const panels = [channels.map(({ values }) => Array.from(values)), normalised].map((of) =>
    histograms(of, bins),
  );
  const trace = (panel: number, c: number): Data => ({
    type: 'scatter',
    mode: 'lines',
    name: label(channels[c]!.name),
    legendgroup: `${c}`,
    showlegend: panel === 0,
    x: panels[panel]!.edges,
    y: panels[panel]!.shares[c]!,
    ...(panel === 1 && { xaxis: 'x2', yaxis: 'y2' }),
    line: { color: seriesInk(c), width: 1.8, shape: 'hv' },
  });
  return {
    title: caption(options.title ?? say('What batch normalisation does'), options),
    description: `${channels
      .map(({ name, values, gamma = 1, beta = 0 }) => {
        const { mean, variance } = moments(values);
        const [before, spread] = [mean, Math.sqrt(variance)].map((value) => value.toPrecision(3));
        return say(
          '{name}: mean {before} and standard deviation {spread} become {beta} and {gamma}',
          { name, before: before!, spread: spread!, beta, gamma },
        );
      })
      .join(say('; '))}.`,
    maxWidth: 760,
    data: channels.flatMap((_, c) => [trace(0, c), trace(1, c)]),
    layout: {
      height: 480,
      hovermode: 'closest',
      xaxis: axis(say('before normalisation')),
      yaxis: { ...axis(say('share of values (%)')), domain: [0.6, 1], rangemode: 'tozero' },
      xaxis2: { ...axis(say('after normalisation')), anchor: 'y2' },
      yaxis2: {
        ...axis(say('share of values (%)')),
        domain: [0, 0.4],
        anchor: 'x2',
        rangemode: 'tozero',
      },
    },
  };
}

function moments(of: ArrayLike<number>): { mean: number; variance: number } {
  const values = Array.from(of);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / values.length };
}

/** The share of each channel's values in bins that all of them have in common. */
function histograms(
  channels: readonly (readonly number[])[],
  bins: number,
): { edges: number[]; shares: number[][] } {
  const all = channels.flat();
  const least = all.reduce((a, b) => Math.min(a, b));
  const most = all.reduce((a, b) => Math.max(a, b));
  const width = (most - least) / bins || 1;
  const shares = channels.map((values) => {
    const counts = Array<number>(bins + 1).fill(0);
    for (const value of values)
      counts[Math.min(bins - 1, Math.floor((value - least) / width))]! += 1;
    return [0, ...counts.map((count) => (100 * count) / values.length)];
  });
  // A step down and up at either end.
  return { edges: [least, ...shares[0]!.slice(1).map((_, i) => least + i * width)], shares };
}
