import { Random } from '@botlab/random';
import type { LabelledRows } from './rows';

export interface MadeRows {
  readonly rows: number;
  readonly columns?: number;
  readonly classes?: number;
  /** Distinct values of a column; as many as there are rows where it is left out. */
  readonly levels?: number;
  readonly seed?: number;
}

/** Rows whose class depends on two columns, but for one in ten. */
export function makeRows({
  rows,
  columns = 6,
  classes = 3,
  levels,
  seed = 1,
}: MadeRows): LabelledRows {
  const random = new Random(seed, 'made');
  const draw = (): number => (levels === undefined ? random.float() : random.int(levels) / levels);
  const x = Float32Array.from({ length: rows * columns }, draw);
  const labels = Uint8Array.from({ length: rows }, (_, row) => {
    if (random.float() < 0.1) return random.int(classes);
    const [a, b] = [x[row * columns]!, x[row * columns + columns - 1]!];
    return Math.min(classes - 1, Math.floor(((a + b * b) / 2) * classes));
  });
  return { x, rows, columns, labels, classes };
}
