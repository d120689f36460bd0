import { resolve } from 'node:path';
import type { SourceSpec } from './run-config';

/** What is used where no folder is named: of one seed, so that seeds compare models on the same data. */
const SIMULATED: SourceSpec = { kind: 'simulated', seed: 1, scale: 1 };

/** The data of a folder of CSV files; without one the simulated set. */
export function chosenSource(folder?: string): SourceSpec {
  return folder === undefined ? SIMULATED : { kind: 'csv', folder: resolve(folder) };
}
