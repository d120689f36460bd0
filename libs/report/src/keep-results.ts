import { join } from 'node:path';
import { writeAtomically } from '@botlab/files';
import { figureSvg } from '@botlab/plots';
import { halvesOf, type Table1, writeResults } from '@botlab/training';
import { resultFigure } from './result-figure';

/** Where what is worth keeping of an experiment was written. */
export interface KeptResults {
  readonly json: string;
  readonly markdown: string;
  readonly svg: string;
}

/**
 * Writes what is worth keeping of an experiment: `NAME.json` and `NAME.md`, without rows and weights, and the picture
 * `NAME.svg` of its hardest task, eleven classes where there is one, on the first of its splits.
 *
 * @throws InputError when the folder cannot be written
 */
export function keepResults(
  experiment: string,
  table: Table1,
  folder: string,
  name: string,
): KeptResults {
  const files = writeResults(experiment, table, folder, name);
  const halves = halvesOf(table);
  const shown = halves.find(({ task }) => task === 'multiclass') ?? halves[0]!;
  const svg = join(folder, `${name}.svg`);
  writeAtomically(svg, `${figureSvg(resultFigure(table, shown))!}\n`);
  return { ...files, svg };
}
