import { Diagram, diagramWidth } from './diagram';
import { label, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';

/** Models with their ranks, and which of them do not differ: `criticalDifference` of `@botlab/metrics` has both. */
export interface RankedModels {
  readonly names: readonly string[];
  /** The mean rank of each over sets of rows, 1 for the best. */
  readonly ranks: readonly number[];
  /** Places in `names` of models of which no two differ. */
  readonly cliques: readonly (readonly number[])[];
}

// In pixels.
const row = 24;
const left = 168;
const bar = 10;
const top = 46;

/**
 * A critical-difference diagram (J. Demšar, JMLR 7, 2006), lying on its side so that it fits a phone: models from the best mean
 * rank down, and a bar beside those that do not differ.
 *
 * @throws RangeError when there are no models, or a rank lacks
 */
export function criticalDifferenceDiagram(
  { names, ranks, cliques }: RankedModels,
  options: FigureOptions = {},
): Figure {
  if (names.length === 0 || ranks.length !== names.length) {
    throw new RangeError(`Cannot draw ${ranks.length} ranks of ${names.length} models`);
  }
  const say = sayIn(options.language);
  const order = [...names.keys()].sort((a, b) => ranks[a]! - ranks[b]!);
  const right = diagramWidth - 10 - bar * Math.max(1, cliques.length);
  const across = (rank: number) =>
    left + ((rank - 1) / Math.max(1, names.length - 1)) * (right - left);
  const down = (model: number) => top + row * (order.indexOf(model) + 0.5);
  const bottom = top + row * names.length;
  const drawing = new Diagram(bottom + 6);

  drawing.text([(left + right) / 2, 10], say('mean rank'), { ink: 'theme:muted' });
  for (const rank of names.keys()) {
    const x = across(rank + 1);
    drawing.line(
      [
        [x, top - 6],
        [x, bottom],
      ],
      'theme:grid',
    );
    drawing.text([x, top - 16], String(rank + 1), { size: 10, ink: 'theme:muted' });
  }
  for (const model of order) {
    const at = [across(ranks[model]!), down(model)] as const;
    drawing.text([left - 14, at[1]], label(names[model]!), { align: 'right' });
    drawing.line([[left, at[1]], at], 'theme:line', 'dot');
    drawing.box(
      at,
      { width: 9, height: 9, corner: 4.5 },
      { fill: 'theme:series0', edge: 'theme:series0' },
    );
    drawing.hover(at, [`${names[model]}: ${ranks[model]!.toFixed(2)}`]);
  }
  cliques.forEach((clique, i) => {
    const places = clique.map(down);
    const x = right + 12 + bar * i;
    const [from, to] = [Math.min(...places) - 6, Math.max(...places) + 6];
    drawing.box(
      [x, (from + to) / 2],
      { width: 4, height: to - from, corner: 2 },
      { fill: 'theme:text', edge: 'theme:text' },
    );
  });

  const ranked = order
    .map((model) => `${names[model]} ${ranks[model]!.toFixed(2)}`)
    .join(say(', '));
  const alike = cliques.map((clique) => clique.map((model) => names[model]!).join(say(', ')));
  return drawing.figure({
    title: caption(options.title ?? say('Mean ranks, and what does not differ'), options),
    description:
      say('Mean ranks: {ranks}.', { ranks: ranked }) +
      alike.map((models) => say(' Not told apart: {models}.', { models })).join(''),
  });
}
