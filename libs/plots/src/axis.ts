import type { LayoutAxis } from 'plotly.js-dist-min';
import { label } from './figure';

/** Which axes of a chart are logarithmic. */
export interface AxisScale {
  logX?: boolean;
  logY?: boolean;
}

/** An axis with its title; a logarithmic one is labelled at powers of ten. */
export function axis(title: string, logarithmic = false): Partial<LayoutAxis> {
  return {
    title: { text: label(title) },
    zeroline: false,
    ...(logarithmic && { type: 'log', exponentformat: 'power', minorloglabels: 'none' }),
  };
}
