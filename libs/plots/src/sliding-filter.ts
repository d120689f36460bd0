import { Diagram, diagramWidth } from './diagram';
import type { Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { shortNumber } from './short-number';
import { textWidth } from './text-width';

/** Options of {@link slidingFilter}. */
export interface SlidingFilterOptions extends FigureOptions {
  /** Cells from one place of the filter to the next; 1 by default. */
  stride?: number;
  /** Zeros before and after: `same` gives ⌈length / stride⌉ outputs, `valid` (the default) none. */
  padding?: 'valid' | 'same' | readonly [before: number, after: number];
  /** Added to every output. */
  bias?: number;
}

// In pixels.
const largest = { width: 40, height: 26 };
const gaps = { rows: 6, parts: 34, sums: 54 };
const mostCells = 16;

/**
 * A filter that slides along a row: the row with its padding, the filter at each of its places, the sum of
 * products beside it, and the row of outputs, all computed.
 *
 * @throws RangeError when the filter does not fit the row, a stride is no whole number above 0, or there are more
 *   cells than fit a phone
 */
export function slidingFilter(
  input: readonly number[],
  filter: readonly number[],
  options: SlidingFilterOptions = {},
): Figure {
  const { stride = 1, bias = 0 } = options;
  const say = sayIn(options.language);
  const [before, after] = paddingOf(input.length, filter.length, options);
  const row = [...Array<number>(before).fill(0), ...input, ...Array<number>(after).fill(0)];
  check(row.length, filter.length, stride);
  const starts = Array.from(
    { length: Math.floor((row.length - filter.length) / stride) + 1 },
    (_, i) => i * stride,
  );
  const outputs = starts.map((start) =>
    filter.reduce((sum, weight, k) => sum + weight * row[start + k]!, bias),
  );

  const { height } = largest;
  const width = Math.min(largest.width, (diagramWidth - gaps.sums) / row.length);
  const left = (diagramWidth - gaps.sums - width * row.length) / 2;
  const top = { input: 20, places: 20 + height + gaps.parts };
  const bottom = top.places + starts.length * (height + gaps.rows) - gaps.rows + gaps.parts;
  const drawing = new Diagram(bottom + height + 24);
  const widest = Math.max(
    ...[row, filter, outputs].flat().map((value) => textWidth(shortNumber(value))),
  );
  const lettering = { size: Math.min(11, (width - 7) / widest) };
  const at = (cell: number, y: number) => [left + (cell + 0.5) * width, y + height / 2] as const;
  const square = { width, height, corner: 0 };

  const heading = (y: number, text: string) =>
    drawing.text([left, y - 11], text, { align: 'left', ink: 'theme:muted', size: 11 });
  heading(top.input, before + after > 0 ? say('input, with zeros around it') : say('input'));
  row.forEach((value, cell) => {
    const isPadding = cell < before || cell >= before + input.length;
    const surface = isPadding ? ({ edge: 'theme:line', dash: 'dot' } as const) : 'input';
    const ink = isPadding ? 'theme:muted' : 'theme:text';
    drawing.node(at(cell, top.input), square, surface, shortNumber(value), { ...lettering, ink });
  });

  heading(
    top.places,
    say('filter at each place, stride {stride}, and the sum of products', { stride }),
  );
  starts.forEach((start, i) => {
    const y = top.places + i * (height + gaps.rows);
    drawing.line([at(0, y), at(row.length - 1, y)], 'theme:grid');
    filter.forEach((weight, k) => {
      const spot = at(start + k, y);
      drawing.node(spot, square, 'conv', shortNumber(weight), lettering);
      drawing.hover(spot, [`${shortNumber(weight)} × ${shortNumber(row[start + k]!)}`]);
    });
    const terms = filter.map(
      (weight, k) => `${shortNumber(weight)} · ${shortNumber(row[start + k]!)}`,
    );
    const spot = [diagramWidth - gaps.sums / 2 + 3, y + height / 2] as const;
    drawing.text(spot, `= ${shortNumber(outputs[i]!)}`);
    drawing.hover(spot, [...terms, ...(bias === 0 ? [] : [shortNumber(bias)])]);
  });

  heading(bottom, say('output'));
  outputs.forEach((value, i) => {
    const middle = starts[i]! + (filter.length - 1) / 2;
    drawing.node(at(middle, bottom), square, 'activation', shortNumber(value), lettering);
  });
  return drawing.figure({
    title: caption(options.title ?? say('A filter slides over a row'), options),
    description: say(
      'A filter of {size} weights over {length} inputs, padding {zeros}, stride {stride}: {count} outputs, {outputs}.',
      {
        size: filter.length,
        length: input.length,
        zeros: before + after,
        stride,
        count: outputs.length,
        outputs: outputs.map(shortNumber).join(say(', ')),
      },
    ),
  });
}

/** How many zeros stand before and after the row; with `same`, the odd one after it. */
function paddingOf(
  length: number,
  size: number,
  { padding = 'valid', stride = 1 }: SlidingFilterOptions,
): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') return padding;
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function check(cells: number, size: number, stride: number): void {
  const fault = (what: string) => new RangeError(`Cannot draw the filter: ${what}`);
  if (!Number.isInteger(stride) || stride < 1)
    throw fault(`stride ${stride} is no whole number above 0`);
  if (size < 1 || size > cells) throw fault(`${size} weights do not fit ${cells} cells`);
  if (cells > mostCells)
    throw fault(`${cells} cells are more than the ${mostCells} that fit a phone`);
}
