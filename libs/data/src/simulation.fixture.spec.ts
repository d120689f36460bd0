import { readdirSync } from 'node:fs';
import { sample } from './sample';
import { simulatedSource, type SimulatedSourceOptions } from './simulated-source';
import type { ReadOptions } from './source';
import type { Table } from './table';

/** Small enough that all 89 files are made within a second. */
export const tiny = { seed: 1, scale: 0.0005 };

/** A sample of 300 rows of all files. */
export function readSample(
  options: Partial<SimulatedSourceOptions>,
  read?: ReadOptions,
): Promise<Table> {
  const source = simulatedSource({ ...tiny, cache: null, ...options });
  const counts = source.files.map(({ rows }) => rows);
  return source.read(sample(counts, { rows: 300 }, 1), read);
}

/** The first rows of six files, 60 in all. */
export function readFew(
  options: Partial<SimulatedSourceOptions>,
  read?: ReadOptions,
): Promise<Table> {
  const source = simulatedSource({ seed: 1, cache: null, ...options });
  const rows = Uint32Array.from({ length: 10 }, (_, row) => 20 * row);
  const selection = source.files.map((_, i) => (i % 16 === 0 ? rows : new Uint32Array()));
  return source.read(selection, read);
}

/** The names in a folder; none where there is no folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
