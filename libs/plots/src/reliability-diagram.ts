import type { Figure } from './figure';
import type { FigureOptions } from './language/caption';
import { sayIn } from './language/say';
import { lineChart } from './line-chart';

/** A model's answers by how sure it was: `reliability` of `@botlab/metrics`. */
export interface ReliableModel {
  readonly name: string;
  /** Fractions, bins from the least to the most confident. */
  readonly bins: readonly { readonly confidence: number; readonly accuracy: number }[];
}

/** How far the confidence of models can be believed: below the diagonal they are too sure. */
export function reliabilityDiagram(
  models: readonly ReliableModel[],
  options: FigureOptions = {},
): Figure {
  const say = sayIn(options.language);
  const percents = (values: readonly number[]) => values.map((value) => 100 * value);
  const figure = lineChart(
    [
      ...models.map(({ name, bins }) => ({
        name,
        x: percents(bins.map(({ confidence }) => confidence)),
        y: percents(bins.map(({ accuracy }) => accuracy)),
        markers: true,
      })),
      { name: say('as sure as right'), x: [0, 100], y: [0, 100], dash: true },
    ],
    {
      ...options,
      title: options.title ?? say('How far confidence can be believed'),
      x: say('confidence (%)'),
      y: say('accuracy (%)'),
    },
  );
  const least = Math.min(
    ...models.flatMap(({ bins }) => bins.flatMap((bin) => [bin.confidence, bin.accuracy])),
  );
  const { xaxis, yaxis } = figure.layout;
  const from = Math.max(0, Math.floor(10 * Math.min(1, least)) * 10 - 5);
  return {
    ...figure,
    layout: {
      ...figure.layout,
      xaxis: { ...xaxis, range: [from, 102] },
      yaxis: { ...yaxis, range: [from, 102] },
    },
  };
}
