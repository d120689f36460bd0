import type { Data } from 'plotly.js-dist-min';
import { axis, type AxisScale } from './axis';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { seriesInk } from './theme';

/** The bars of one colour of a {@link barChart}. */
export interface BarSeries {
  name: string;
  /** One for each category. */
  values: readonly (number | null)[];
  /** Half the length of a bar of error about each end. */
  error?: readonly number[];
}

/** What a {@link barChart} says beside its bars. */
export interface BarChartOptions extends Pick<AxisScale, 'logY'>, FigureOptions {
  title: string;
  categories: readonly string[];
  /** Title of the axis of the values, units included. */
  y: string;
  /** Title of the axis of the categories. */
  x?: string;
  /** Bars from left to right, the first category on top: for long names. */
  horizontal?: boolean;
  stacked?: boolean;
  height?: number;
  description?: string;
}

/**
 * Bars for each category, side by side or stacked.
 *
 * @throws RangeError when a series has another number of values than there are categories
 */
export function barChart(series: readonly BarSeries[], options: BarChartOptions): Figure {
  const say = sayIn(options.language);
  const { categories, horizontal = false, stacked = false } = options;
  for (const { name, values } of series) {
    if (values.length !== categories.length) {
      throw new RangeError(
        `Cannot draw the bars "${name}": ${values.length} values for ${categories.length} categories`,
      );
    }
  }
  const names = categories.map(label);
  const values = axis(
    options.y,
    options.logY,
    series.flatMap((bars) => bars.values),
  );
  const kinds = {
    ...axis(options.x ?? ''),
    type: 'category' as const,
    showgrid: false,
    ...(horizontal && { autorange: 'reversed' as const }),
  };
  const most = series.map(({ name, values }) => {
    const heights = values.map((value) => value ?? -Infinity);
    const best = heights.indexOf(Math.max(...heights));
    const [category, value] = [categories[best], values[best]?.toPrecision(3)];
    if (category === undefined || value === undefined) return say('{name}: no values', { name });
    return say('{name}: most at {category}, {value}', { name, category, value });
  });
  return {
    title: caption(options.title, options),
    description:
      options.description ?? say('{y}. {most}.', { y: options.y, most: most.join(say('; ')) }),
    data: series.map(({ name, values, error }, i): Data => {
      const lengths = [...values];
      const bars = error && { type: 'data' as const, array: [...error], thickness: 1.5 };
      return {
        type: 'bar',
        name: label(name),
        orientation: horizontal ? 'h' : 'v',
        ...(horizontal
          ? { x: lengths, y: names, ...(bars && { error_x: bars }) }
          : { x: names, y: lengths, ...(bars && { error_y: bars }) }),
        marker: { color: seriesInk(i) },
      };
    }),
    layout: {
      height:
        options.height ??
        (horizontal
          ? 140 + categories.length * Math.max(26, stacked ? 26 : 18 * series.length)
          : 360),
      barmode: stacked ? 'stack' : 'group',
      showlegend: series.length > 1,
      xaxis: horizontal ? values : kinds,
      yaxis: horizontal ? kinds : values,
    },
  };
}
