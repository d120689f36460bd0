import { type ReportSection, table1Bars } from '@botlab/plots';
import { decimalsIn, halfTitle, type Table1, table1Cells, type Table1Half } from '@botlab/training';
import { nameOf } from './title';

/** A task's table and bars, ours beside the paper's. */
export function resultSection(table: Table1, half: Table1Half): ReportSection {
  const heading = `${nameOf(table)}, ${halfTitle(table, half)}`;
  const [ceiling, ...others] = [...new Set(half.rows.map(({ set }) => set))].map(
    (place) => table.sets[place]!.ceiling,
  );
  // Where scalers or seeds have ceilings of their own, no one line is the ceiling: the table has them.
  const isOne = others.every((other) => other[half.task].accuracy === ceiling![half.task].accuracy);
  return {
    heading,
    table: table1Cells(table, half),
    figures: [
      table1Bars({ rows: half.rows, ...(isOne ? { ceiling: ceiling! } : {}) }, half.task, {
        title: heading,
        synthetic: table.data.synthetic,
        decimals: decimalsIn(half),
      }),
    ],
  };
}
