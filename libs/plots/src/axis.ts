import type { LayoutAxis } from 'plotly.js-dist-min';
import { label } from './figure';

/** Which axes of a chart are logarithmic. */
export interface AxisScale {
  logX?: boolean;
  logY?: boolean;
}

/**
 * An axis with its title. A logarithmic one is labelled at powers of ten where the values span some of
 * them, and in between where they do not.
 */
export function axis(
  title: string,
  logarithmic = false,
  values: readonly (number | null)[] = [],
): Partial<LayoutAxis> {
  return {
    title: { text: label(title) },
    zeroline: false,
    ...(logarithmic && {
      type: 'log',
      ...(decades(values) < 2
        ? { exponentformat: 'SI', minorloglabels: 'complete' }
        : { exponentformat: 'power', minorloglabels: 'none' }),
    }),
  };
}

/** How many powers of ten lie between the least and the largest of the values that are positive. */
function decades(values: readonly (number | null)[]): number {
  const logs = values.flatMap((value) => (value && value > 0 ? Math.log10(value) : []));
  const reach = (best: (...of: number[]) => number) => logs.reduce((a, b) => best(a, b));
  return logs.length > 0 ? reach(Math.max) - reach(Math.min) : 0;
}
