import type { Data, Layout } from 'plotly.js-dist-min';

/**
 * A plotly figure and the words that go with it. It is plain JSON with no background and no fonts:
 * the page that draws it brings those. Its colours are names, such as `theme:text`, which stand for
 * one colour on a light page and another on a dark one; `themed` resolves them.
 */
export interface Figure {
  /** What it shows, for a caption above it; plain text. */
  title: string;
  /** What a reader who cannot see it should know; plain text. */
  description: string;
  data: Data[];
  layout: Partial<Layout>;
  /** The width in pixels beyond which it only becomes stretched. */
  maxWidth?: number;
}

/** Text from data as a plotly label: plotly would read `<` and `&` as its own markup. */
export function label(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A fraction as a percentage with so many decimals: "87.53 %". */
export function percent(fraction: number, decimals = 2): string {
  return `${(100 * fraction).toFixed(decimals)} %`;
}
