import type { Data, LayoutAxis } from 'plotly.js-dist-min';
import { axis } from './axis';
import { colorbar } from './colorbar';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';

/** What a {@link heatmap} says beside its cells. */
export interface HeatmapOptions extends FigureOptions {
  title: string;
  /** Titles of the axes. */
  x: string;
  y: string;
  xNames?: readonly string[];
  yNames?: readonly string[];
  /** `diverging` has its middle at 0, and one colour for each sign. */
  scale?: 'sequential' | 'diverging';
  /** What the colour stands for, units included. */
  colour?: string;
  /** Writes the value into each cell, with so many significant digits; `true`: 2. */
  text?: boolean | number;
  height?: number;
  description?: string;
}

const scales = {
  sequential: [
    [0, 'theme:scale0'],
    [0.5, 'theme:scale1'],
    [1, 'theme:scale2'],
  ],
  diverging: [
    [0, 'theme:series0'],
    [0.5, 'theme:scale0'],
    [1, 'theme:series1'],
  ],
} satisfies Record<string, [number, string][]>;

/**
 * A matrix as colours, its first row on top.
 *
 * @param z `[rows][columns]`
 * @throws RangeError when there is nothing to draw, or the names are not as many as rows or columns
 */
export function heatmap(z: readonly (readonly number[])[], options: HeatmapOptions): Figure {
  const [rows, columns] = [z.length, z[0]?.length ?? 0];
  for (const [names, count, of] of [
    [options.xNames, columns, 'columns'],
    [options.yNames, rows, 'rows'],
  ] as const) {
    if (count === 0 || (names && names.length !== count)) {
      throw new RangeError(
        `Cannot draw the heatmap "${options.title}": ${names?.length ?? 0} names for ${count} ${of}`,
      );
    }
  }
  const all = z.flat();
  const largest = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const isDiverging = options.scale === 'diverging';
  const digits = options.text === true ? 2 : options.text || 0;
  const colour = options.colour ?? '';
  const data: Partial<Data> = {
    type: 'heatmap',
    z: z.map((row) => [...row]),
    ...(options.xNames && { x: options.xNames.map(label) }),
    ...(options.yNames && { y: options.yNames.map(label) }),
    ...(isDiverging && { zmin: -largest, zmax: largest }),
    ...(digits > 0 && { texttemplate: `%{z:.${digits}~g}` }),
    hovertemplate: `%{y}, %{x}: %{z:.4~g}${colour && ` ${label(colour)}`}<extra></extra>`,
    colorscale: scales[options.scale ?? 'sequential'],
    colorbar: colorbar(colour),
  };
  const described = () => {
    const say = sayIn(options.language);
    const most = (-lowest(all.map((value) => -value))).toPrecision(3);
    const said = { rows, columns, least: lowest(all).toPrecision(3), most };
    return options.colour
      ? say('{rows} by {columns} cells, {colour}, from {least} to {most}.', { ...said, colour })
      : say('{rows} by {columns} cells, from {least} to {most}.', said);
  };
  return {
    title: caption(options.title, options),
    description: options.description ?? described(),
    data: [data],
    layout: {
      height: options.height ?? Math.min(720, Math.max(280, 180 + 20 * rows)),
      xaxis: side(options.x, columns, options.xNames),
      yaxis: { ...side(options.y, rows, options.yNames), autorange: 'reversed' },
    },
  };
}

function lowest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

/** An axis of cells: their names, or their places from 0. */
function side(
  title: string,
  count: number,
  names: readonly string[] | undefined,
): Partial<LayoutAxis> {
  const ticks = names ? { type: 'category' as const } : count <= 12 ? { dtick: 1 } : {};
  return { ...axis(title), showgrid: false, ...ticks };
}
