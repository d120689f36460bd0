import { parentPort } from 'node:worker_threads';
import { type Cell, FEATURE_NAMES, FeatureExtractor, simulate } from '@botlab/traffic';

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

const WIDTH = FEATURE_NAMES.length;
/** Rows between two messages: some thirty milliseconds. */
const NEWS_ROWS = 10_000;

/** What `simulateRows` of @botlab/traffic makes, with a word about its progress. */
function run(
  { cell, seed, selection }: SimulationJob,
  post: (message: SimulationMessage, transfer?: ArrayBuffer[]) => void,
): void {
  const features = new Float64Array(selection.length * WIDTH);
  const extractor = new FeatureExtractor();
  let taken = 0;
  simulate(cell, { seed, rows: (selection.at(-1) ?? -1) + 1 }, (batch, i, row) => {
    extractor.update(batch, i);
    if (row >= 0 && row === selection[taken]) extractor.write(features, taken++ * WIDTH);
    if (row > 0 && row % NEWS_ROWS === 0) post({ simulated: NEWS_ROWS });
  });
  post({ features }, [features.buffer]);
}

parentPort?.on('message', (job: SimulationJob) => {
  run(job, (message, transfer) => parentPort?.postMessage(message, transfer));
});
