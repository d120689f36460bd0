import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ClassTree } from './class-tree';
import type { ForestPlan, TreeNumbers } from './forest-tree';
import type { ForestJob, ForestMessage } from './forest-worker';
import type { CodedRows } from './gini-tree';

/** Trees that a worker has been asked for ahead, so that it never waits for the next number. */
const AHEAD = 2;

/** The compiled worker: beside this file or, for a test, which runs from the sources, where it was built. */
function workerFile(): string {
  const folders = [__dirname, path.join(__dirname, '..', 'dist')];
  const files = folders.map((folder) => path.join(folder, 'forest-worker.js'));
  const file = files.find((name) => existsSync(name));
  if (file === undefined) throw new Error(`${files[1]} is missing: run npm run build first`);
  return file;
}

/**
 * Processes that grow the trees of a forest. They start at once, while their caller prepares the rows.
 *
 * Processes, not threads: Node may abort as a thread ends whose code is still being optimised (seen with Node 20).
 */
export class ForestCrew {
  private readonly workers: readonly ChildProcess[];

  constructor(size: number) {
    const file = workerFile();
    this.workers = Array.from({ length: size }, () => fork(file, { serialization: 'advanced' }));
    for (const worker of this.workers) worker.on('error', () => undefined); // `grow` tells of it
  }

  /**
   * Grows trees, each worker the next that nobody has taken.
   *
   * @param onTree is given each tree and its number
   * @throws what a worker threw, or that one ended early
   */
  async grow(
    data: CodedRows,
    plan: ForestPlan,
    numbers: TreeNumbers,
    onTree: (number: number, tree: ClassTree) => void,
  ): Promise<void> {
    const rows = { data, plan };
    await Promise.all(this.workers.map((worker) => employ(worker, rows, numbers, onTree)));
  }

  /** Ends all workers, and waits until they have. */
  async end(): Promise<void> {
    await Promise.all(this.workers.map(ended));
  }
}

/** Has a worker grow trees until there are no more numbers. */
function employ(
  worker: ChildProcess,
  rows: ForestJob,
  numbers: TreeNumbers,
  onTree: (number: number, tree: ClassTree) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let asked = 0;
    const send = (job: ForestJob): void => {
      worker.send(job, (error) => error && reject(error));
    };
    const ask = (): void => {
      const number = numbers.take();
      if (number === undefined) return;
      asked++;
      send({ number });
    };
    worker.on('message', (message: ForestMessage) => {
      if ('error' in message) return reject(message.error);
      asked--;
      ask();
      try {
        onTree(message.number, message.tree);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      if (asked === 0) resolve();
    });
    worker.on('error', reject);
    worker.on('exit', (code, signal) =>
      reject(new Error(`A forest worker ended early (${signal ?? `code ${code}`})`)),
    );
    send(rows);
    for (let i = 0; i < AHEAD; i++) ask();
    if (asked === 0) resolve();
  });
}

async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null || worker.pid === undefined) return;
  const exit = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exit;
}
