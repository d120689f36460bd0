import type { Annotation, Data, Shape } from 'plotly.js-dist-min';
import type { NodeKind } from './architecture';
import { label, type Figure } from './figure';
import type { Ink } from './theme';

/** A place in a diagram, in pixels from its left and down from its top. */
export type Spot = readonly [x: number, y: number];

/** A rectangle in a diagram, by its middle. */
export interface BoxSize {
  width: number;
  height: number;
  /** Of its corners; 6 by default. */
  corner?: number;
}

/** The colours of a surface: those of a kind of layer, or one's own. */
export type Surface = NodeKind | Paint;

/** A fill and an edge; without an edge the line is grey. */
export interface Paint {
  fill?: Ink;
  edge?: Ink;
  /** Of its edge: solid without it. */
  dash?: 'dot' | 'dash';
}

/** How a text is set. */
export interface Lettering {
  size?: number;
  ink?: Ink;
  /** Which way the text goes from its spot; `centre` by default. */
  align?: 'left' | 'centre' | 'right';
}

// Of arrow heads: plotly's triangle has its tip half its size from its middle, and its base a quarter.
const head = 9;
// How a cubic curve comes nearest to a quarter of a circle.
const roundness = 0.5523;
// So that lines on the edge are whole.
const rim = 3;

/** The width of a diagram in pixels: what a page of notebooks has for a figure on a phone of 390. */
export const diagramWidth = 344 - 2 * rim;

const anchors = { left: 'left', centre: 'center', right: 'right' } as const;

/**
 * A drawing of boxes, arrows and texts that fits a phone: one unit is one pixel, unless the page is narrower than
 * the drawing. Texts may have plotly's markup; put `label()` around what comes from data.
 */
export class Diagram {
  readonly #shapes: Partial<Shape>[] = [];
  readonly #texts: Partial<Annotation>[] = [];
  readonly #heads: { at: Spot; angle: number; ink: Ink }[] = [];
  readonly #hovers: { at: Spot; text: string }[] = [];

  /** @param height in pixels; the width is {@link diagramWidth} */
  constructor(readonly height: number) {}

  /** A rectangle with rounded corners around `at`. */
  box([x, y]: Spot, { width, height, corner = 6 }: BoxSize, surface: Surface): void {
    const [left, right, top, bottom] = [
      x - width / 2,
      x + width / 2,
      y - height / 2,
      y + height / 2,
    ];
    const c = Math.min(corner, width / 2, height / 2);
    const k = c * (1 - roundness);
    this.#path(
      `M${left + c},${top} L${right - c},${top}` +
        ` C${right - k},${top} ${right},${top + k} ${right},${top + c} L${right},${bottom - c}` +
        ` C${right},${bottom - k} ${right - k},${bottom} ${right - c},${bottom} L${left + c},${bottom}` +
        ` C${left + k},${bottom} ${left},${bottom - k} ${left},${bottom - c} L${left},${top + c}` +
        ` C${left},${top + k} ${left + k},${top} ${left + c},${top} Z`,
      surface,
    );
  }

  /** A box with a text in it. */
  node(at: Spot, size: BoxSize, surface: Surface, text: string, lettering?: Lettering): void {
    this.box(at, size, surface);
    this.text(at, text, lettering);
  }

  /** A text on its own; lines are parted by `<br>`. */
  text([x, y]: Spot, text: string, lettering: Lettering = {}): void {
    const { size = 11, ink = 'theme:text', align = 'centre' } = lettering;
    this.#texts.push({
      x,
      y,
      text,
      showarrow: false,
      xanchor: anchors[align],
      align: anchors[align],
      font: { size, color: ink },
      borderpad: 0,
    });
  }

  /** A line along the spots. */
  line(spots: readonly Spot[], ink: Ink = 'theme:line', dash?: Paint['dash']): void {
    const path = spots.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x},${y}`).join(' ');
    this.#path(path, { edge: ink, ...(dash && { dash }) });
  }

  /** An arrow along the spots, whose last piece goes straight or aslant. */
  arrow(spots: readonly Spot[], ink: Ink = 'theme:line', dash?: Paint['dash']): void {
    const [[fromX, fromY], [x, y]] = [spots.at(-2)!, spots.at(-1)!];
    const length = Math.hypot(x - fromX, y - fromY);
    const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
    const neck: Spot = [x - (head / 2) * dx, y - (head / 2) * dy];
    this.line([...spots.slice(0, -1), neck], ink, dash);
    this.#heads.push({ at: neck, angle: (Math.atan2(dx, -dy) * 180) / Math.PI, ink });
  }

  /** What the pointer reads at a spot: lines of plain text. */
  hover(at: Spot, lines: readonly string[]): void {
    this.#hovers.push({ at, text: lines.map(label).join('<br>') });
  }

  /** The drawing as a figure; nothing in it moves. */
  figure(words: Pick<Figure, 'title' | 'description'>): Figure {
    const [width, height] = [diagramWidth, this.height];
    const still = { visible: false, constrain: 'domain' } as const;
    return {
      ...words,
      maxWidth: width + 44,
      data: [this.#headTrace(), this.#hoverTrace()],
      layout: {
        height: height + rim,
        margin: { l: 0, r: 0, t: 0, b: 0 },
        showlegend: false,
        hovermode: 'closest',
        xaxis: { ...still, range: [-rim, width + rim], scaleanchor: 'y' },
        yaxis: { ...still, range: [height, -rim], constraintoward: 'top' },
        shapes: this.#shapes,
        annotations: this.#texts,
      },
    };
  }

  #path(path: string, surface: Surface): void {
    const {
      fill,
      edge = 'theme:line',
      dash,
    } = typeof surface === 'string' ? paintOf(surface) : surface;
    this.#shapes.push({
      type: 'path',
      path,
      xref: 'x',
      yref: 'y',
      ...(fill && { fillcolor: fill }),
      line: { color: edge, width: 1.3, dash: dash ?? 'solid' },
      layer: 'below',
    });
  }

  #headTrace(): Data {
    return {
      type: 'scatter',
      mode: 'markers',
      x: this.#heads.map(({ at }) => at[0]),
      y: this.#heads.map(({ at }) => at[1]),
      marker: {
        symbol: 'triangle-up',
        size: head,
        angle: this.#heads.map(({ angle }) => angle),
        color: this.#heads.map(({ ink }) => ink),
        opacity: 1,
      },
      cliponaxis: false,
      hoverinfo: 'skip',
    };
  }

  #hoverTrace(): Data {
    return {
      type: 'scatter',
      mode: 'markers',
      x: this.#hovers.map(({ at }) => at[0]),
      y: this.#hovers.map(({ at }) => at[1]),
      marker: { size: 30, opacity: 0 },
      text: this.#hovers.map(({ text }) => text),
      hovertemplate: '%{text}<extra></extra>',
    };
  }
}

function paintOf(kind: NodeKind): Paint {
  return { fill: `theme:${kind}`, edge: `theme:${kind}Edge` };
}
