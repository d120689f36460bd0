import { Diagram, type Spot } from './diagram';
import type { Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { shortNumber } from './short-number';
import { textWidth } from './text-width';

/** What one token of a sequence does in an attention layer: it asks all, itself included. */
export interface AskingToken {
  /** What it asks with, a number a channel. */
  query: readonly number[];
  /** Of each token what it is found by, as long as the query. */
  keys: readonly (readonly number[])[];
  /** Of each token what it hands over. */
  values: readonly (readonly number[])[];
}

// In pixels: the middles of the columns, and how large things are.
const columns = { name: 4, key: 88, score: 148, bar: 172, value: 294 };
const box = { width: 82, height: 24, corner: 4 };
const bar = { width: 62, height: 14 };
const places = { asking: 18, heads: 58, rows: 84 };
const pitch = 32;
const most = { tokens: 12, channels: 4 };

/**
 * One token's step through scaled dot-product attention: its query against each key, the softmax of the scores as bars,
 * and the mean of the values by these weights, all computed.
 *
 * @throws RangeError when keys and values do not fit each other or the query, or are more than fit a phone
 */
export function attention(
  { query, keys, values }: AskingToken,
  options: FigureOptions = {},
): Figure {
  check(query, keys, values);
  const say = sayIn(options.language);
  const scores = keys.map((key) => dot(query, key) / Math.sqrt(query.length));
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const weights = powers.map((power) => power / powers.reduce((a, b) => a + b));
  const output = values[0]!.map((_, channel) =>
    weights.reduce((sum, weight, token) => sum + weight * values[token]![channel]!, 0),
  );

  const bottom = places.rows + keys.length * pitch;
  const drawing = new Diagram(bottom + 44);
  const vector = (
    at: Spot,
    surface: 'input' | 'conv' | 'recurrent' | 'activation',
    of: readonly number[],
  ) => {
    const text = `(${of.map(shortNumber).join(', ')})`;
    const size = Math.min(11, (box.width - 8) / textWidth(text));
    drawing.node(at, box, surface, text, { size });
  };
  const heading = (x: number, text: string) =>
    drawing.text([x, places.heads], text, { ink: 'theme:muted' });

  drawing.text([columns.name, places.asking], say('query'), { align: 'left', ink: 'theme:muted' });
  vector([columns.key, places.asking], 'conv', query);
  heading(columns.key, say('key'));
  heading(columns.score, say('score'));
  heading(columns.bar + bar.width / 2, say('weight'));
  heading(columns.value, say('value'));
  keys.forEach((key, token) => {
    const y = places.rows + token * pitch;
    const weight = weights[token]!;
    const length = Math.max(1, bar.width * weight);
    drawing.text([columns.name, y], `${token + 1}`, { align: 'left', ink: 'theme:muted' });
    vector([columns.key, y], 'input', key);
    drawing.text([columns.score, y], shortNumber(scores[token]!));
    const middle: Spot = [columns.bar + length / 2, y];
    drawing.box(
      middle,
      { width: length, height: bar.height, corner: 0 },
      { fill: 'theme:series0' },
    );
    drawing.text([columns.bar, y + 14], weight.toFixed(3), { align: 'left', size: 10 });
    vector([columns.value, y], 'recurrent', values[token]!);
    const products = query.map((value, i) => `${shortNumber(value)} · ${shortNumber(key[i]!)}`);
    drawing.hover([columns.score, y], [`(${products.join(' + ')}) / √${query.length}`]);
  });
  drawing.text([columns.bar, bottom + 18], say('sum of weight × value'), { ink: 'theme:muted' });
  vector([columns.value, bottom + 18], 'activation', output);
  const last = bottom - pitch + box.height / 2;
  drawing.arrow([
    [columns.value, last + 2],
    [columns.value, bottom + 18 - box.height / 2],
  ]);
  return drawing.figure({
    title: caption(options.title ?? say('One token asks all'), options),
    description: say(
      'A query ({query}) against {count} keys: weights {weights}; the values, weighted so, sum to ({output}).',
      {
        query: query.map(shortNumber).join(', '),
        count: keys.length,
        weights: weights.map((weight) => weight.toFixed(3)).join(', '),
        output: output.map(shortNumber).join(', '),
      },
    ),
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function check(
  query: readonly number[],
  keys: readonly (readonly number[])[],
  values: readonly (readonly number[])[],
): void {
  const fault = (what: string) => new RangeError(`Cannot draw attention: ${what}`);
  if (keys.length === 0 || keys.length !== values.length) {
    throw fault(`${keys.length} keys for ${values.length} values`);
  }
  if (query.length === 0 || keys.some(({ length }) => length !== query.length)) {
    throw fault('a key is not as long as the query');
  }
  if (values.some(({ length }) => length === 0 || length !== values[0]!.length)) {
    throw fault('values are not equally long');
  }
  if (keys.length > most.tokens || Math.max(query.length, values[0]!.length) > most.channels) {
    throw fault(`more than ${most.tokens} tokens or ${most.channels} channels do not fit a phone`);
  }
}
