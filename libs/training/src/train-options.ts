import type { RecoveryOptions } from './recovery';
import type { RunConfig } from './run-config';
import type { EpochRecord } from './run-folder';

/** What a run reports while it trains. */
export interface TrainProgress {
  /** The epoch under way, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Finished steps of it. */
  readonly step: number;
  readonly steps: number;
  /** Mean loss (the layers' own included) and accuracy over those steps. */
  readonly loss: number;
  readonly accuracy: number;
  readonly rowsPerSecond: number;
  /** Estimate for the rest of the run. */
  readonly secondsLeft: number;
}

/** Options of {@link train} that change nothing of its result. */
export interface TrainOptions extends RecoveryOptions {
  /** The folder under which run folders lie. */
  readonly out: string;
  /** After each step; where an engine computes asynchronously, after the last of several. */
  onStep?(this: void, progress: TrainProgress): void;
  /** While an estimator without epochs is fitted: how much of that is done. */
  onProgress?(this: void, done: number, total: number): void;
  /** After each epoch, with its line of the history. */
  onEpoch?(this: void, record: EpochRecord, config: RunConfig): void;
  /** Stops after the step under way, with a checkpoint written; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Seconds between two checkpoints within an epoch; each epoch ends with one. Default 30. */
  readonly checkpointSeconds?: number;
}
