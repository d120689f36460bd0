import { availableParallelism } from 'node:os';
import { FEATURES } from '../schema';
import { CrewMember } from './crew-member';
import type { RowSink } from './row-sink';
import type { Encoded } from './row-worker';

const WIDTH = FEATURES.length;
/** More threads would wait for rows: extraction is one. */
const MOST_THREADS = 6;

export interface RowCrewOptions<T extends Encoded> {
  readonly batchRows: number;
  /** What is done in this thread: worth no other's start. */
  readonly ownBatches: number;
  /** Makes rows into something, as the worker does. */
  readonly encode: (rows: Float64Array<ArrayBuffer>) => T;
  /** A compiled file that calls `serveRows` with the same. */
  readonly worker: string;
  /** Is given what the rows were made into, in their order; settles when it wants more. */
  readonly take: (encoded: T, rows: number) => void | Promise<void>;
  /** Threads beside this one (default: one a core, or none where there is one core). */
  readonly threads?: number;
}

/**
 * Has rows made into something on all cores, and hands it on in the order of the rows. What it makes does not
 * depend on the number of threads.
 */
export class RowCrew<T extends Encoded> implements RowSink {
  readonly batchRows: number;
  readonly #options: RowCrewOptions<T>;
  readonly #threads: number;
  #members: CrewMember<T>[] = [];
  #batches = 0;
  /** Batches that are not taken yet: each settles when it is, after those before it. */
  readonly #pending: Promise<void>[] = [];
  #last = Promise.resolve();
  #isStopped = false;
  readonly #rooms: Float64Array<ArrayBuffer>[] = [];

  constructor(options: RowCrewOptions<T>) {
    this.#options = options;
    this.batchRows = options.batchRows;
    const cores = availableParallelism();
    this.#threads = options.threads ?? (cores > 1 ? Math.min(cores, MOST_THREADS) : 0);
  }

  async write(rows: Float64Array<ArrayBuffer>): Promise<Float64Array<ArrayBuffer>> {
    const { ownBatches, encode, take, worker } = this.#options;
    const batch = this.#batches++;
    if (this.#threads === 0 || batch < ownBatches) {
      await take(encode(rows), rows.length / WIDTH);
      return this.#room(rows);
    }
    if (this.#members.length === 0)
      this.#members = Array.from({ length: this.#threads }, () => new CrewMember<T>(worker));
    const answer = this.#members[batch % this.#threads]!.encode(rows);
    const done = Promise.all([answer, this.#last]).then(async ([{ encoded, rows: room }]) => {
      if (!this.#isStopped) await take(encoded, room.length / WIDTH);
      this.#rooms.push(room);
    });
    done.catch(() => undefined); // whoever waits for it is told
    this.#last = done;
    this.#pending.push(done);
    if (this.#pending.length > this.#threads + 1) await this.#pending.shift();
    return this.#room(this.#rooms.pop());
  }

  async end(): Promise<void> {
    try {
      for (const done of this.#pending.splice(0)) await done;
    } finally {
      await this.stop();
    }
  }

  /** Ends its threads; what is under way is lost. Does nothing once that is done. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#members.splice(0).map((member) => member.end()));
  }

  /** The memory of rows that are done with, or new where there is none, or too little. */
  #room(rows: Float64Array<ArrayBuffer> | undefined): Float64Array<ArrayBuffer> {
    const length = this.batchRows * WIDTH;
    return rows?.length === length ? rows : new Float64Array(length);
  }
}
