import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Answer, Encoded } from './row-worker';

interface Waiting<T extends Encoded> {
  readonly resolve: (answer: Answer<T>) => void;
  readonly reject: (fault: Error) => void;
}

/** A thread that makes rows into something, in the order in which it gets them. */
export class CrewMember<T extends Encoded> {
  readonly #worker: Worker;
  readonly #waiting: Waiting<T>[] = [];
  readonly #ended: Promise<unknown>;
  #fault: Error | undefined;

  /** @param file a compiled file that calls `serveRows` */
  constructor(file: string) {
    this.#worker = new Worker(file);
    this.#worker.on('message', (answer: Answer<T>) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (fault: Error) => this.#fail(fault));
    this.#worker.on('exit', () => this.#fail(new Error(`${file} ended before its work was done`)));
    this.#ended = once(this.#worker, 'exit').catch(() => undefined); // told through #fault
  }

  /** What rows are made into; their memory is not this thread's until then. */
  encode(rows: Float64Array<ArrayBuffer>): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      if (this.#fault !== undefined) return reject(this.#fault);
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(rows, [rows.buffer]);
    });
  }

  /** Ends once it has done what it was given. */
  async end(): Promise<void> {
    this.#worker.postMessage(null);
    await this.#ended;
  }

  #fail(fault: Error): void {
    this.#fault ??= fault;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#fault);
  }
}
