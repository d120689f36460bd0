import { Diagram, diagramWidth, type Spot } from './diagram';
import type { Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn, type Say } from './language/say';
import type { Ink } from './theme';

/** How large an LSTM is. */
export interface LstmSize {
  /** Numbers that come in with each step. */
  inputs: number;
  /** Numbers in the state. */
  units: number;
}

/** What one unit of an LSTM does in one step: its gates from 0 to 1, and the memory cell before. */
export interface LstmStep {
  forget: number;
  input: number;
  candidate: number;
  output: number;
  cellBefore: number;
}

/** Options of {@link lstmCell}. */
export interface LstmCellOptions extends FigureOptions {
  /** Numbers to write on the arrows; the state after the step is computed from them. */
  step?: LstmStep;
}

// Where things stand, in pixels.
const rows = {
  top: 10,
  cell: 44,
  product: 104,
  gates: 164,
  wire: 208,
  names: 230,
  bottom: 254,
  step: 290,
};
const columns = {
  left: 14,
  step: 61,
  forget: 86,
  input: 138,
  candidate: 194,
  output: 246,
  out: 290,
  right: 326,
};
const radius = 10;
const gate = { width: 36, height: 26 };

/**
 * A step of a long short-term memory: what goes into its gates, what they do to the memory cell, and what comes
 * out; with how many weights that takes.
 */
export function lstmCell({ inputs, units }: LstmSize, options: LstmCellOptions = {}): Figure {
  const say = sayIn(options.language);
  const weights = 4 * ((inputs + units) * units + units);
  const drawing = new Diagram(334);
  drawBody(drawing, say);
  drawWires(drawing);
  drawSigns(drawing);
  drawNames(drawing, options.step);
  drawing.text(
    [diagramWidth / 2, 316],
    say('{inputs} + {units} numbers into each of 4 layers of {units}:<br>{weights} weights', {
      inputs,
      units,
      weights: weights.toLocaleString('en'),
    }),
    { ink: 'theme:muted' },
  );
  const after = options.step && stateAfter(options.step);
  return drawing.figure({
    title: caption(options.title ?? say('A step of an LSTM'), options),
    description:
      say(
        'The memory cell of {units} numbers is multiplied by the forget gate, and the input gate times the candidate is added; the output gate times its tanh is the output. All four are computed from an input of {inputs} and the last output, with {weights} weights.',
        { inputs, units, weights },
      ) +
      (after
        ? ` ${say('One unit: memory cell {cell}, output {hidden}.', { cell: written(after.cell), hidden: written(after.hidden) })}`
        : ''),
  });
}

/** c = f c₋₁ + i c̃, and h = o tanh(c). */
function stateAfter(step: LstmStep): { cell: number; hidden: number } {
  const cell = step.forget * step.cellBefore + step.input * step.candidate;
  return { cell, hidden: step.output * Math.tanh(cell) };
}

function drawBody(drawing: Diagram, say: Say): void {
  const [left, right] = [42, columns.right - 16];
  const size = { width: right - left, height: rows.bottom - rows.top, corner: 14 };
  const surface = { fill: 'theme:group', edge: 'theme:groupEdge' } as const;
  drawing.box([(left + right) / 2, (rows.top + rows.bottom) / 2], size, surface);
  const names = {
    forget: say('forget<br>gate'),
    input: say('input<br>gate'),
    candidate: say('candi-<br>date'),
    output: say('output<br>gate'),
  };
  for (const [name, text] of Object.entries(names)) {
    const x = columns[name as keyof typeof names];
    if (name === 'candidate') drawing.node([x, rows.gates], gate, 'activation', '<b>tanh</b>');
    else drawing.node([x, rows.gates], gate, 'recurrent', '<b>σ</b>');
    drawing.text([x, rows.names], text, { size: 10, ink: 'theme:muted' });
  }
}

function drawWires(drawing: Diagram): void {
  const { left, right, step, forget, input, candidate, output, out } = columns;
  const { cell, product, gates, wire } = rows;
  const [top, bottom] = [gates - gate.height / 2, gates + gate.height / 2];
  const along = (y: number, from: number, to: number, ink?: Ink) =>
    drawing.arrow([[from, y], [to, y]], ink); // prettier-ignore
  const up = (x: number, from: number, to: number) => drawing.arrow([[x, from], [x, to]]); // prettier-ignore
  // The memory cell, from left to right.
  along(cell, left + 16, forget - radius, 'theme:series0');
  along(cell, forget + radius, candidate - radius, 'theme:series0');
  along(cell, candidate + radius, right - 16, 'theme:series0');
  // What goes into the gates: the last output and the input.
  drawing.line([[left + 16, wire], [output, wire]]); // prettier-ignore
  drawing.line([[step, rows.step - 10], [step, wire]]); // prettier-ignore
  for (const x of [forget, input, candidate, output]) up(x, wire, bottom);
  // What the gates do.
  up(forget, top, cell + radius);
  drawing.arrow([[input, top], [input, product], [candidate - radius, product]]); // prettier-ignore
  up(candidate, top, product + radius);
  up(candidate, product - radius, cell + radius);
  // What comes out.
  up(out, cell, product - gate.height / 2);
  up(out, product + gate.height / 2, gates - radius);
  along(gates, output + gate.width / 2, out - radius);
  drawing.arrow([[out, gates + radius], [out, wire], [right - 16, wire]]); // prettier-ignore
}

function drawSigns(drawing: Diagram): void {
  const { forget, candidate, out } = columns;
  const circle = { width: 2 * radius, height: 2 * radius, corner: radius };
  const signs = { '×': [[forget, rows.cell], [candidate, rows.product], [out, rows.gates]], '+': [[candidate, rows.cell]] } as const; // prettier-ignore
  for (const [sign, spots] of Object.entries(signs)) {
    for (const spot of spots) drawing.node(spot, circle, 'join', `<b>${sign}</b>`, { size: 13 });
  }
  drawing.node([out, rows.product], gate, 'activation', '<b>tanh</b>');
}

/** The names of what goes along the arrows, with its values where there are some. */
function drawNames(drawing: Diagram, step?: LstmStep): void {
  const { left, right, forget, input, candidate, output } = columns;
  const after = step && stateAfter(step);
  const state = (at: Spot, name: string, value?: number) =>
    drawing.text(at, value === undefined ? name : `${name}<br>${written(value)}`);
  state([left, rows.cell], 'c<sub>t−1</sub>', step?.cellBefore);
  state([right, rows.cell], 'c<sub>t</sub>', after?.cell);
  state([left, rows.wire], 'h<sub>t−1</sub>');
  state([right, rows.wire], 'h<sub>t</sub>', after?.hidden);
  state([columns.step, rows.step], 'x<sub>t</sub>');
  const gateValue = ([x, y]: Spot, name: string, value?: number) =>
    drawing.text([x + 6, y], value === undefined ? name : `${name} = ${written(value)}`, { align: 'left' }); // prettier-ignore
  gateValue([forget, rows.product - 26], 'f', step?.forget);
  gateValue([input, rows.gates - 24], 'i', step?.input);
  gateValue([candidate, rows.product + 21], 'c̃', step?.candidate);
  gateValue([output - 20, rows.gates - 22], 'o', step?.output);
}

function written(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
