import fs from 'node:fs';
import { TextDecoder, TextEncoder } from 'node:util';
import type * as Plotly from 'plotly.js-dist-min';
import type { DOMWindow } from 'jsdom';
import { RasterCanvas } from './raster-canvas';
import { textWidth } from '../text-width';
import { fontSize, textBox } from './text-box';

/** Plotly as it hangs on a window, with the part of it that turns a drawing into SVG. */
type PlotlyWindow = DOMWindow & {
  Plotly: typeof Plotly & {
    Snapshot: { toSVG(this: void, element: HTMLElement, format: 'svg', scale: number): string };
  };
};

let opened: PlotlyWindow | undefined;

/**
 * A window without a screen in which plotly runs: jsdom, and what it lacks for drawing, boxes of
 * texts and a canvas. Opened at the first call, which takes a second.
 */
export function plotlyWindow(): PlotlyWindow {
  opened ??= open();
  return opened;
}

function open(): PlotlyWindow {
  // Loaded here, since most who import this room draw nothing.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { JSDOM, VirtualConsole } = require('jsdom') as typeof import('jsdom');
  const { window } = new JSDOM('', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    // A reader can do nothing about what jsdom lacks.
    virtualConsole: new VirtualConsole(),
  });
  Object.assign(window, { TextDecoder, TextEncoder });
  window.URL.createObjectURL = () => '';
  measure(window);
  paint(window);
  const source = fs.readFileSync(require.resolve('plotly.js-dist'), 'utf8');
  window.eval(`${source}\n;window.Plotly = Plotly;`);
  return window as PlotlyWindow;
}

/** Gives SVG elements their measures. */
function measure(window: DOMWindow): void {
  const rectangle = (element: Element, root: Element | null) => {
    const { left, top, right, bottom } = textBox(element, root);
    const [width, height] = [right - left, bottom - top];
    return { x: left, y: top, left, top, right, bottom, width, height };
  };
  Object.assign(window.SVGElement.prototype, {
    getBoundingClientRect(this: Element) {
      return rectangle(this, null);
    },
    getBBox(this: Element) {
      return rectangle(this, this);
    },
    getComputedTextLength(this: Element) {
      return fontSize(this) * textWidth(this.textContent);
    },
  });
}

/** Gives canvases something to paint on, of the size that they have when they are first asked for it. */
function paint(window: DOMWindow): void {
  const canvases = new WeakMap<HTMLCanvasElement, RasterCanvas>();
  const of = (element: HTMLCanvasElement) => {
    const canvas = canvases.get(element) ?? new RasterCanvas(element.width, element.height);
    canvases.set(element, canvas);
    return canvas;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      return kind === '2d' ? of(this) : null;
    },
    toDataURL(this: HTMLCanvasElement) {
      return of(this).toDataURL();
    },
  });
}
