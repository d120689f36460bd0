import { availableParallelism } from 'node:os';
import { type Cell, CELLS, FEATURE_NAMES, placeOf, scaledRows } from '@botlab/traffic';
import { classOf } from './class-label';
import { firstRows, selectedTable } from './selection';
import { SimulationCache } from './simulation-cache';
import { simulationFolder } from './simulation-folder';
import { simulateJobs } from './simulation-crew';
import type { Source, SourceFile } from './source';
import type { Table } from './table';

export interface SimulatedSourceOptions {
  /** Seed of everything random, a whole number from 0. */
  readonly seed: number;
  /** Rows of each file as a part of the published file's; above 0. */
  readonly scale?: number;
  /** Folder where rows that were made are kept (default: `simulationFolder()`); null keeps none. */
  readonly cache?: string | null;
  /** How many files to simulate at a time; the rows do not depend on it. */
  readonly threads?: number;
}

/** Each takes some 90 MB: with these, 5 % of all rows are made within 1.5 GB. */
const MOST_THREADS = 8;

/**
 * A simulated data set in the shape of N-BaIoT: its 89 files, devices, classes and rows, made by
 * playing each capture packet by packet. Opening it makes nothing; reading simulates the files that
 * rows are selected from, once: what was made is kept on the disk.
 *
 * @throws RangeError for a seed or a scale that is none
 */
export function simulatedSource(options: SimulatedSourceOptions): Source {
  const { seed, scale = 1, cache = simulationFolder() } = options;
  const { threads = Math.min(availableParallelism(), MOST_THREADS) } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`${seed} is no seed`);
  if (!(scale > 0 && scale < Infinity)) throw new RangeError(`${scale} is no scale`);
  if (!(threads >= 1)) throw new RangeError(`${threads} is no number of threads`);
  const files = CELLS.map((cell) => fileOf(cell, scale));
  return {
    description: `simulated N-BaIoT (synthetic), seed ${seed}${scale === 1 ? '' : `, scale ${scale}`}`,
    synthetic: true,
    files,
    rows: files.reduce((total, { rows }) => total + rows, 0),
    read: async (selection, readOptions = {}) => {
      readOptions.signal?.throwIfAborted();
      const table = selectedTable(files, selection);
      const make = () => simulateInto(table, selection, seed, { ...readOptions, threads });
      if (cache === null || table.rows === 0) await make();
      else {
        const key = { seed, scale, selection };
        await new SimulationCache(cache).fill(table, key, make, readOptions);
      }
      return table;
    },
  };
}

/** The file that stands for one of N-BaIoT's, under its name at UCI. */
function fileOf(cell: Cell, scale: number): SourceFile {
  const { device, family, attack } = cell;
  return {
    name: `${placeOf(cell)}.csv`,
    device,
    label: classOf(family, attack)!.index,
    rows: scaledRows(cell, scale),
  };
}

async function simulateInto(
  { features }: Table,
  selection: readonly Uint32Array[],
  seed: number,
  options: Parameters<typeof simulateJobs>[1],
): Promise<void> {
  const starts = firstRows(selection);
  const jobs = CELLS.map((cell, i) => ({
    cell,
    seed,
    selection: selection[i]!,
    start: starts[i]!,
  }));
  const picked = jobs.filter((job) => job.selection.length > 0);
  await simulateJobs(
    picked.map(({ cell, selection }) => ({ cell, seed, selection })),
    options,
    (place, rows) => features.set(rows, picked[place]!.start * FEATURE_NAMES.length),
  );
}
