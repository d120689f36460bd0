import { type Cell, simulateRows } from '@botlab/traffic';

/** A file to simulate: what a worker is sent. */
export interface SimulationJob {
  readonly cell: Cell;
  readonly seed: number;
  /** Ascending row numbers, at least one; rows after the last are not simulated. */
  readonly selection: Uint32Array;
}

/** What a worker sends: now and then how many rows it has simulated since, at last the features, or what it threw. */
export type SimulationMessage =
  | { readonly simulated: number }
  /** Row-major `[selection.length, 115]`. */
  | { readonly features: Float64Array<ArrayBuffer> }
  | { readonly error: Error };

/** Rows between two messages: some thirty milliseconds. */
const NEWS_ROWS = 10_000;

const send = (message: SimulationMessage): void => void process.send?.(message);

process.on('message', ({ cell, seed, selection }: SimulationJob) => {
  try {
    const features = simulateRows(cell, selection, { seed }, (row) => {
      if (row > 0 && row % NEWS_ROWS === 0) send({ simulated: NEWS_ROWS });
    });
    send({ features });
  } catch (error) {
    send({ error: error as Error });
  }
});
