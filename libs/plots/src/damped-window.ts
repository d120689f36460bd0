import type { Annotation, Data, LayoutAxis } from 'plotly.js-dist-min';
import type { Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { seriesInk } from './theme';

/** A packet of a stream. */
export interface TimedPacket {
  /** When it came, in seconds. */
  time: number;
  /** In bytes. */
  size: number;
}

// In pixels.
const strip = { height: 74, gap: 26 };
const points = 160;

/**
 * How damped windows forget: a strip for each λ with the weight 2^(−λ Δt) of every packet at the time of the last
 * one, and the statistics that they sum up to: the weight w = Σ 2^(−λ Δt) and the mean of the sizes.
 *
 * @param lambdas in 1/s
 * @throws RangeError when there is no packet or no λ
 */
export function dampedWindow(
  packets: readonly TimedPacket[],
  lambdas: readonly number[],
  options: FigureOptions = {},
): Figure {
  if (packets.length === 0 || lambdas.length === 0) {
    throw new RangeError(
      `Cannot draw damped windows: ${packets.length} packets and ${lambdas.length} λ; at least one of each is needed`,
    );
  }
  const say = sayIn(options.language);
  const now = Math.max(...packets.map(({ time }) => time));
  const ages = packets.map(({ time }) => now - time);
  const first = Math.max(...ages) || 1;
  const windows = lambdas.map((lambda) => {
    const weights = ages.map((age) => 2 ** (-lambda * age));
    const weight = weights.reduce((sum, one) => sum + one, 0);
    const bytes = weights.reduce((sum, one, i) => sum + one * packets[i]!.size, 0);
    return { lambda, weights, weight: weight.toFixed(2), mean: (bytes / weight).toFixed(0) };
  });
  const height = lambdas.length * (strip.height + strip.gap) + 60;
  const share = 1 / lambdas.length;
  const pad = (share * strip.gap) / (strip.height + strip.gap);
  const axes = windows.map(({ lambda }, i): [string, Partial<LayoutAxis>] => [
    `yaxis${nth(i)}`,
    {
      title: { text: `λ = ${lambda}` },
      domain: [1 - (i + 1) * share, 1 - i * share - pad],
      range: [0, 1.08],
      tickvals: [0, 1],
      zeroline: false,
    },
  ]);
  return {
    title: caption(options.title ?? say('What a damped window remembers'), options),
    description: say('Weights of {count} packets. {windows}.', {
      count: packets.length,
      windows: windows
        .map(({ lambda, weight, mean }) =>
          say('λ = {lambda}: weight {weight}, mean size {mean} bytes', { lambda, weight, mean }),
        )
        .join(say('; ')),
    }),
    maxWidth: 760,
    data: windows.flatMap(({ lambda, weights }, i): Data[] => {
      const axis = { yaxis: `y${nth(i)}` as 'y' };
      const ink = seriesInk(i);
      const times = Array.from({ length: points + 1 }, (_, p) => (-first * p) / points).reverse();
      return [
        {
          ...axis,
          type: 'scatter',
          mode: 'lines',
          x: times,
          y: times.map((time) => 2 ** (lambda * time)),
          line: { color: ink, width: 1.5, dash: 'dot' },
          hoverinfo: 'skip',
        },
        {
          ...axis,
          type: 'bar',
          x: ages.map((age) => -age),
          y: weights,
          width: first / 120,
          marker: { color: ink },
          customdata: packets.map(({ size }) => size),
          hovertemplate: `${say('{age} s, {size} bytes: weight {weight}', { age: '%{x:.2f}', size: '%{customdata}', weight: '%{y:.3g}' })}<extra></extra>`,
        },
      ];
    }),
    layout: {
      height,
      showlegend: false,
      barmode: 'overlay',
      hovermode: 'closest',
      xaxis: {
        title: { text: say('time before the last packet (s)') },
        range: [-1.03 * first, 0.03 * first],
        zeroline: false,
        anchor: `y${nth(lambdas.length - 1)}` as 'y',
      },
      ...Object.fromEntries(axes),
      annotations: windows.map(({ weight, mean }, i): Partial<Annotation> => ({
        xref: 'paper',
        yref: `y${nth(i)} domain` as 'paper',
        x: 0.01,
        y: 1,
        xanchor: 'left',
        yanchor: 'bottom',
        showarrow: false,
        text: say('w = {weight}, mean {mean} bytes', { weight, mean }),
        font: { size: 11, color: 'theme:text' },
      })),
    },
  };
}

/** What follows an axis's letter: nothing for the first, then 2, 3, … */
function nth(i: number): string {
  return i === 0 ? '' : `${i + 1}`;
}
