import { escapeHtml } from '../escape-html';
import type { Figure } from '../figure';
import { sayIn } from '../language/say';
import { scriptJson } from '../report-script';
import { type Drawing, titled } from '../theme';
import { figureSvg } from './figure-svg';
import { display, type Bundle } from './output';
import { pageScript } from './page-script';

let isLoaded = false;
let drawn = 0;

/**
 * Puts plotly into the notebook, once: into the output of the cell that calls it. `show` does so
 * itself where it has not been done since the kernel started.
 *
 * @throws InputError outside a notebook
 */
export function loadPlotly(): void {
  display({
    'text/html': `<script>${pageScript()}</script>`,
    'text/plain': sayIn()('plotly.js, which the figures below are drawn with'),
  });
  isLoaded = true;
}

/** Puts plotly into the notebook, unless that was done since the kernel started. */
export function requirePlotly(): void {
  if (!isLoaded) loadPlotly();
}

/**
 * Draws a figure in the cell that is running: live with plotly; as a still image where a page has
 * not run its scripts, such as a notebook that is looked at on GitHub; and in words.
 *
 * @throws InputError outside a notebook
 */
export function show(figure: Figure | Drawing): void {
  requirePlotly();
  display(figureBundle(figure));
}

/** The forms of a figure in a notebook; `still: false` leaves out the image, which takes half a second. */
export function figureBundle(figure: Figure | Drawing, { still = true } = {}): Bundle {
  const isFigure = 'description' in figure;
  const drawing = isFigure ? titled(figure) : figure;
  const words = isFigure ? `${figure.title}. ${figure.description}` : sayIn()('A figure');
  const maxWidth = (isFigure && figure.maxWidth) || 900;
  const height = drawing.layout.height ?? 450;
  const svg = still ? figureSvg(figure) : undefined;
  const image =
    svg === undefined
      ? ''
      : `<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}" alt="${escapeHtml(words)}" style="max-width:100%">`;
  drawn += 1;
  const id = `botlab-plot-${process.pid}-${Date.now().toString(36)}-${drawn}`;
  const { data, layout } = figure;
  const title = isFigure ? { title: figure.title } : {};
  return {
    'text/html':
      `<div id="${id}" class="botlab-plot" role="img" aria-label="${escapeHtml(words)}" ` +
      `style="max-width:${maxWidth}px;min-height:${height}px">${image}</div>` +
      `<script>(() => { const figure = ${scriptJson([id, { ...title, data, layout }])}; ` +
      `const plots = (window.botlabPlots ??= { waiting: [] }); ` +
      `plots.draw ? plots.draw(...figure) : plots.waiting.push(figure); })();</script>`,
    ...(svg !== undefined && { 'image/svg+xml': svg }),
    'text/plain': words,
  };
}
