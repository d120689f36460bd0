import { type Figure, table1Bars } from '@botlab/plots';
import { decimalsIn, type Table1, type Table1Half } from '@botlab/training';
import { scalerBars } from './scaler-bars';
import { nameOfHalf } from './title';

/** The bars of a task: by model and scaler where a table has several scalers, else ours beside the paper's. */
export function resultFigure(table: Table1, half: Table1Half): Figure {
  const title = nameOfHalf(table, half);
  const { synthetic } = table.data;
  const [ceiling, ...others] = [...new Set(half.rows.map(({ set }) => set))].map(
    (place) => table.sets[place]!.ceiling,
  );
  // Where scalers or seeds have ceilings of their own, no one line is the ceiling: the table has them.
  const isOne = others.every((other) => other[half.task].accuracy === ceiling![half.task].accuracy);
  if (new Set(half.rows.map(({ scaler }) => scaler)).size > 1) {
    const most = isOne ? { ceiling: ceiling![half.task].accuracy } : {};
    return scalerBars(half, { title, synthetic, ...most });
  }
  const shown = { rows: half.rows, ...(isOne ? { ceiling: ceiling! } : {}) };
  return table1Bars(shown, half.task, { title, synthetic, decimals: decimalsIn(half) });
}
