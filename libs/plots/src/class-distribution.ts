import { label, percent, type Figure } from './figure';

/** A class and how many rows it has. */
export interface ClassCount {
  name: string;
  count: number;
}

/**
 * The share of each class in a data set, the largest on top (the paper's Figure 2).
 *
 * @param options.synthetic marks the title, for data that is not the real capture
 */
export function classDistribution(
  classes: readonly ClassCount[],
  options: { title?: string; synthetic?: boolean } = {},
): Figure {
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  const sorted = [...classes].sort((a, b) => b.count - a.count);
  const share = (count: number) => (total === 0 ? 0 : count / total);
  const shares = sorted.map(({ count }) => 100 * share(count));
  const texts = sorted.map(
    ({ count }) => `${count.toLocaleString('en')} · ${percent(share(count), 1)}`,
  );
  const title = options.title ?? 'Share of each class';
  return {
    title: options.synthetic ? `${title} (synthetic data)` : title,
    description: `Of ${total.toLocaleString('en')} rows: ${sorted
      .map(({ name }, i) => `${name} ${texts[i]}`)
      .join('; ')}.`,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: sorted.map(({ name }) => label(name)),
        x: shares,
        text: texts,
        textposition: 'outside',
        cliponaxis: false,
        hovertemplate: '%{y}: %{text}<extra></extra>',
        marker: { color: 'theme:series0' },
      },
    ],
    layout: {
      height: 90 + 28 * sorted.length,
      bargap: 0.35,
      // Room for the text after the longest bar, on a phone too.
      xaxis: {
        title: { text: 'share of rows (%)' },
        range: [0, 1.75 * Math.max(1, ...shares)],
        rangemode: 'tozero',
      },
      yaxis: {
        title: { text: 'class' },
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        ticks: '',
      },
    },
  };
}
