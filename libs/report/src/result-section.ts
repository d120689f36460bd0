import type { ReportSection } from '@botlab/plots';
import { type Table1, table1Cells, type Table1Half } from '@botlab/training';
import { resultFigure } from './result-figure';
import { nameOfHalf } from './title';

/** A task's table and bars. */
export function resultSection(table: Table1, half: Table1Half): ReportSection {
  return {
    heading: nameOfHalf(table, half),
    table: table1Cells(table, half),
    figures: [resultFigure(table, half)],
  };
}
