import type { ColorBar } from 'plotly.js-dist-min';
import { label } from './figure';

/** What the colours of a heatmap stand for, as a thin bar above it. */
export function colorbar(title: string): Partial<ColorBar> {
  return {
    title: { text: label(title), side: 'top' },
    orientation: 'h',
    thickness: 8,
    // At 1 plotly would push the figure's title off the page, to make room.
    y: 0.9999,
    yanchor: 'bottom',
    len: 1,
  };
}
