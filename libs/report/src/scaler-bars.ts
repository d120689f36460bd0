import { mean, standardDeviation } from '@botlab/metrics';
import { barChart, type Figure, type FigureOptions } from '@botlab/plots';
import type { Table1Half, Table1Row } from '@botlab/training';

/** What is said of {@link scalerBars}. */
export interface ScalerBarsOptions extends FigureOptions {
  readonly title: string;
  /** The most that any classifier can reach on the test rows, a fraction: a line. */
  readonly ceiling?: number;
}

/**
 * Accuracy by model, a bar for each scaler: what scaling does to each. Several seeds make a mean, with their standard
 * deviation as error bar.
 */
export function scalerBars({ rows }: Table1Half, options: ScalerBarsOptions): Figure {
  const { title, ceiling, ...common } = options;
  const categories = distinct(rows, ({ title }) => title);
  const series = distinct(rows, ({ scaler }) => scaler).map((scaler) => {
    const accuracies = categories.map((title) =>
      rows
        .filter((row) => row.title === title && row.scaler === scaler)
        .map(({ accuracy }) => 100 * accuracy),
    );
    const error = accuracies.map(standardDeviation);
    return {
      name: scaler,
      values: accuracies.map((values) => (values.length > 0 ? mean(values) : null)),
      ...(error.some((length) => length > 0) ? { error } : {}),
    };
  });
  const figure = barChart(series, { ...common, title, categories, y: 'accuracy (%)' });
  if (ceiling === undefined) return figure;
  const [x, y] = [
    { xref: 'paper', x0: 0, x1: 1 },
    { yref: 'y', y0: 100 * ceiling, y1: 100 * ceiling },
  ] as const;
  const line = { color: 'theme:text', width: 1.5, dash: 'dot' } as const;
  return {
    ...figure,
    description: `${figure.description} No classifier can pass ${(100 * ceiling).toFixed(2)} %.`,
    data: [
      ...figure.data,
      // Shapes have no place in the legend; a line without points has.
      { type: 'scatter', mode: 'lines', name: 'ceiling of the data', x: [null], y: [null], line },
    ],
    layout: { ...figure.layout, shapes: [{ type: 'line', ...x, ...y, line }] },
  };
}

function distinct(rows: readonly Table1Row[], of: (row: Table1Row) => string): string[] {
  return [...new Set(rows.map(of))];
}
