import type { Data } from 'plotly.js-dist-min';
import { axis, type AxisScale } from './axis';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { seriesInk } from './theme';

/** One line of a {@link lineChart}. */
export interface Line {
  name: string;
  y: readonly (number | null)[];
  /** As many as `y`; 0, 1, 2, … where it is left out. */
  x?: readonly number[];
  dash?: boolean;
  /** Points alone or on the line; `true` alone draws both. */
  markers?: boolean | 'only';
  /** Half the length of a bar about each point, such as a standard deviation. */
  error?: readonly number[];
}

/** What a {@link lineChart} says beside its lines. */
export interface LineChartOptions extends AxisScale, FigureOptions {
  title: string;
  /** Titles of the axes, units included. */
  x: string;
  y: string;
  height?: number;
  /** In place of the one that is made of the lines' ends. */
  description?: string;
}

/** Lines over a common horizontal axis, with a legend where there are several. */
export function lineChart(lines: readonly Line[], options: LineChartOptions): Figure {
  const say = sayIn(options.language);
  const ends = lines.map(({ name, y }) => {
    const known = y.filter((value) => value !== null);
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined) return say('{name}: no values', { name });
    const ends = { first: first.toPrecision(3), last: last.toPrecision(3) };
    return say('{name}: from {first} to {last}', { name, ...ends });
  });
  return {
    title: caption(options.title, options),
    description:
      options.description ??
      say('{y} over {x}. {ends}.', { y: options.y, x: options.x, ends: ends.join(say('; ')) }),
    data: lines.map(({ name, x, y, dash, markers, error }, i): Data => ({
      type: 'scatter',
      mode: markers === 'only' ? 'markers' : markers ? 'lines+markers' : 'lines',
      name: label(name),
      x: [...(x ?? y.keys())],
      y: [...y],
      line: { color: seriesInk(i), width: 2, dash: dash ? 'dot' : 'solid' },
      marker: { color: seriesInk(i), size: 7 },
      ...(error && {
        error_y: { type: 'data', array: [...error], color: seriesInk(i), thickness: 1.5 },
      }),
    })),
    layout: {
      height: options.height ?? 360,
      showlegend: lines.length > 1,
      hovermode: 'closest',
      xaxis: axis(
        options.x,
        options.logX,
        lines.flatMap(({ x }) => x ?? []),
      ),
      yaxis: axis(
        options.y,
        options.logY,
        lines.flatMap(({ y }) => y),
      ),
    },
  };
}
