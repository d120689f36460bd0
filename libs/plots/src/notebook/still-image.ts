import type { Drawing } from '../theme';
import { plotlyWindow } from './plotly-window';

/**
 * The drawing as an SVG image, for viewers that run no scripts: drawn by plotly in this process, its
 * texts measured by their number of letters.
 *
 * @param width of the image in pixels
 */
export function stillImage({ data, layout }: Drawing, width: number): string {
  const window = plotlyWindow();
  const element = window.document.createElement('div');
  window.document.body.append(element);
  const size = { width, height: layout.height ?? 450 };
  // What is drawn is there at once; only then does plotly look whether margins have moved.
  const settled = window.Plotly.newPlot(element, data, { ...layout, ...size });
  const close = () => {
    window.Plotly.purge(element);
    element.remove();
  };
  void settled.then(close, close);
  // The one entity of HTML in it that XML does not know.
  return window.Plotly.Snapshot.toSVG(element, 'svg', 1).replaceAll('&nbsp;', '\u00a0');
}
