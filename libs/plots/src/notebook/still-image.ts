import { createHash } from 'node:crypto';
import type { Drawing } from '../theme';
import { plotlyWindow } from './plotly-window';

/**
 * The drawing as an SVG image, for viewers that run no scripts: drawn by plotly in this process, its
 * texts measured by their number of letters. The same drawing has the same image.
 *
 * @param width of the image in pixels
 */
export function stillImage({ data, layout }: Drawing, width: number): string {
  const window = plotlyWindow();
  // Plotly draws the names of an image's parts by lot.
  const lots = createHash('sha256').update(JSON.stringify([data, layout, width]));
  let drawn = 0;
  window.Math.random = () => lots.copy().update(`${drawn++}`).digest().readUInt32BE() / 2 ** 32;
  const element = window.document.createElement('div');
  window.document.body.append(element);
  const size = { width, height: layout.height ?? 450 };
  // What is drawn is there at once; only then does plotly look whether margins have moved.
  const settled = window.Plotly.newPlot(element, data, { ...layout, ...size });
  const close = () => window.Plotly.purge(element);
  void settled.then(close, close);
  const svg = window.Plotly.Snapshot.toSVG(element, 'svg', 1);
  element.remove(); // now, since plotly takes care not to draw a name that is in the document
  // The one entity of HTML in it that XML does not know.
  return svg.replaceAll('&nbsp;', '\u00a0');
}
