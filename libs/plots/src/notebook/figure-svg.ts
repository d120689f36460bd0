import type { Figure } from '../figure';
import { coloured, type Drawing, palettes, titled } from '../theme';
import { stillImage } from './still-image';

/** Kinds of traces that plotly draws as SVG; others need WebGL, and would wait for it for ever. */
const drawnAsSvg = 'scatter bar histogram box violin heatmap contour pie'.split(' ');

/**
 * A figure as an SVG image, for pages that run no scripts: with its title, in light colours, on white, as wide as it is
 * at most, up to 760 pixels.
 *
 * @returns undefined for what cannot be drawn without a screen, such as 3-D
 */
export function figureSvg(figure: Figure | Drawing): string | undefined {
  const isFigure = 'description' in figure;
  const { data, layout } = isFigure ? titled(figure) : figure;
  if (data.some(({ type = 'scatter' }) => !drawnAsSvg.includes(type))) return undefined;
  // Room for the title below, since the texts' heights are guessed.
  const room = { margin: { ...layout.margin, b: (layout.margin?.b ?? 8) + 12 } };
  const drawing = { data, layout: { ...layout, ...room, paper_bgcolor: palettes.light.paper } };
  const width = Math.min((isFigure && figure.maxWidth) || 900, 760);
  return stillImage(coloured(drawing, 'light'), width);
}
