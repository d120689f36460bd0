import { label, percent, type Figure } from './figure';
import { caption, type FigureOptions } from './language/caption';
import { sayIn } from './language/say';

/** A class and how many rows it has. */
export interface ClassCount {
  name: string;
  count: number;
}

/** The share of each class in a data set, the largest on top (the paper's Figure 2). */
export function classDistribution(
  classes: readonly ClassCount[],
  options: FigureOptions = {},
): Figure {
  const say = sayIn(options.language);
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  const sorted = [...classes].sort((a, b) => b.count - a.count);
  const share = (count: number) => (total === 0 ? 0 : count / total);
  const shares = sorted.map(({ count }) => 100 * share(count));
  const texts = sorted.map(
    ({ count }) => `${count.toLocaleString('en')} · ${percent(share(count), 1)}`,
  );
  return {
    title: caption(options.title ?? say('Share of each class'), options),
    description: say('Of {rows} rows: {shares}.', {
      rows: total.toLocaleString('en'),
      shares: sorted.map(({ name }, i) => `${name} ${texts[i]}`).join(say('; ')),
    }),
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
        title: { text: say('share of rows (%)') },
        range: [0, 1.75 * Math.max(1, ...shares)],
        rangemode: 'tozero',
      },
      yaxis: {
        title: { text: say('class') },
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        ticks: '',
      },
    },
  };
}
