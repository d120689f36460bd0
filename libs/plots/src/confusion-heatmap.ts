import { ConfusionMatrix, type ConfusionMatrixJson } from '@botlab/metrics';
import { colorbar } from './colorbar';
import { label, percent, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';

/**
 * What each true class was taken for: colour is the share of the true class, text the rows.
 * Classes that occur neither in the truth nor among the predictions are left out.
 *
 * @throws InputError when the counts do not fit the classes
 */
export function confusionHeatmap(matrix: ConfusionMatrixJson, options: FigureOptions = {}): Figure {
  const say = sayIn(options.language);
  const { classes, counts } = ConfusionMatrix.fromJSON(matrix);
  const occurs = (c: number) => counts.some((row, truth) => row[c]! > 0 || counts[c]![truth]! > 0);
  const shown = classes.map((_, c) => c).filter(occurs);
  const names = shown.map((c) => label(classes[c]!));
  const rows = shown.map((truth) => shown.map((c) => counts[truth]![c]!));
  const sums = rows.map((row) => row.reduce((sum, count) => sum + count, 0));
  const share = (truth: number, c: number) =>
    sums[truth] === 0 ? 0 : rows[truth]![c]! / sums[truth]!;
  // Plotly keeps the axis title clear of the labels above it only; these are upright, 6 px a letter.
  const lengths = shown.map((c) => classes[c]!.length);
  const isUpright = shown.length > 3;
  const overhang = isUpright ? Math.max(...lengths) - lengths[lengths.length >> 1]! : 0;
  return {
    title: caption(options.title ?? say('Confusion matrix'), options),
    description: say('Found of each true class: {shares}.', {
      shares: shown
        .map((c, i) => `${classes[c]} ${sums[i] === 0 ? say('no rows') : percent(share(i, i), 1)}`)
        .join(say('; ')),
    }),
    maxWidth: 260 + 56 * shown.length,
    data: [
      {
        type: 'heatmap',
        x: names,
        y: names,
        z: rows.map((row, truth) => row.map((_, c) => 100 * share(truth, c))),
        zmin: 0,
        zmax: 100,
        text: rows.map((row) => row.map(short)) as unknown as string[],
        texttemplate: '%{text}',
        textfont: { size: shown.length > 6 ? 9 : 12 },
        customdata: rows.map((row) => row.map((count) => count.toLocaleString('en'))),
        hovertemplate: `${say('true {truth}<br>predicted {predicted}<br>{rows} rows, {share} % of the true class', { truth: '%{y}', predicted: '%{x}', rows: '%{customdata}', share: '%{z:.2f}' })}<extra></extra>`,
        xgap: 1,
        ygap: 1,
        colorscale: [
          [0, 'theme:scale0'],
          [0.5, 'theme:scale1'],
          [1, 'theme:scale2'],
        ],
        colorbar: colorbar(say('share of the true class (%)')),
      },
    ],
    layout: {
      height: 230 + 34 * shown.length,
      xaxis: {
        title: { text: say('predicted class'), standoff: 10 + 6 * overhang },
        type: 'category',
        tickangle: isUpright ? -90 : 0,
        showgrid: false,
      },
      yaxis: {
        title: { text: say('true class') },
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
      },
    },
  };
}

/** A count in at most four characters, nothing for 0, so that it fits a cell on a phone. */
function short(count: number): string {
  if (count === 0) return '';
  if (count < 1000) return `${count}`;
  const unit = count < 999_500 ? 'k' : 'M';
  const scaled = count / (unit === 'k' ? 1e3 : 1e6);
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}
