import { parentPort } from 'node:worker_threads';
import { type Cell, simulateRows } from '@botlab/traffic';

/** A file to simulate: what a worker is sent. */
export interface SimulationJob {
  readonly cell: Cell;
  readonly seed: number;
  /** Ascending row numbers, at least one; rows after the last are not simulated. */
  readonly selection: Uint32Array;
}

/** What a worker sends: now and then how many rows it has simulated since, at last the features. */
export type SimulationMessage =
  | { readonly simulated: number }
  /** Row-major `[selection.length, 115]`. */
  | { readonly features: Float64Array<ArrayBuffer> };

/** Rows between two messages: some thirty milliseconds. */
const NEWS_ROWS = 10_000;

parentPort?.on('message', ({ cell, seed, selection }: SimulationJob) => {
  const post = (message: SimulationMessage, transfer?: ArrayBuffer[]) =>
    parentPort?.postMessage(message, transfer);
  const features = simulateRows(cell, selection, { seed }, (row) => {
    if (row > 0 && row % NEWS_ROWS === 0) post({ simulated: NEWS_ROWS });
  });
  post({ features }, [features.buffer]);
});
