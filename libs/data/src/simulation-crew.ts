import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ReadOptions } from './source';
import type { SimulationJob, SimulationMessage } from './simulation-worker';

export interface CrewOptions extends ReadOptions {
  /** How many files to simulate at a time. */
  readonly threads: number;
}

/**
 * The compiled worker, which is what a process can load. It lies beside this file, but for a test, which
 * runs from the sources and takes the one that was built. Simulating in this process instead would
 * hide that a worker is missing, and could not be interrupted.
 */
function workerFile(): string {
  const folders = [__dirname, path.join(__dirname, '..', 'dist')];
  const files = folders.map((folder) => path.join(folder, 'simulation-worker.js'));
  const file = files.find((name) => existsSync(name));
  if (file === undefined) throw new Error(`${files[1]} is missing: run npm run build first`);
  return file;
}

/** How many rows are simulated for a job. */
const rowsOf = ({ selection }: SimulationJob): number => (selection.at(-1) ?? -1) + 1;

/**
 * Simulates files in several processes, the longest first. All of them have ended when it settles.
 *
 * Processes, not threads: Node may abort as a thread ends whose code is still being optimised (seen with
 * Node 20; its isolate is gone while the compiler allocates).
 *
 * @param onDone is given each job's place and its features, row-major `[selection.length, 115]`
 * @param options progress is told in rows simulated
 * @throws what a worker threw; the signal's reason
 */
export async function simulateJobs(
  jobs: readonly SimulationJob[],
  { threads, onProgress, signal }: CrewOptions,
  onDone: (place: number, features: Float64Array) => void,
): Promise<void> {
  signal?.throwIfAborted();
  const queue = [...jobs.entries()].sort(([, a], [, b]) => rowsOf(b) - rowsOf(a));
  const total = jobs.reduce((sum, job) => sum + rowsOf(job), 0);
  let done = 0;
  const file = workerFile();
  const workers = Array.from({ length: Math.min(threads, jobs.length) }, () =>
    fork(file, { serialization: 'advanced' }),
  );
  const end = () => Promise.all(workers.map(ended));
  const stop = () => void end();
  signal?.addEventListener('abort', stop);
  const work = async (worker: ChildProcess): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      signal?.throwIfAborted();
      const [place, job] = next;
      let news = 0;
      const features = await run(worker, job, (rows) => {
        news += rows;
        done += rows;
        onProgress?.(done, total);
      });
      done += rowsOf(job) - news;
      onDone(place, features);
      onProgress?.(done, total);
    }
  };
  try {
    await Promise.all(workers.map(work));
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await end();
  }
}

/** Ends a worker, and waits until it has. */
async function ended(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null || worker.pid === undefined) return;
  const exit = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exit;
}

/** Has a worker do a job; rejected when it throws, or is ended before the job is done. */
function run(
  worker: ChildProcess,
  job: SimulationJob,
  onNews: (rows: number) => void,
): Promise<Float64Array> {
  return new Promise<Float64Array>((resolve, reject) => {
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
    worker.on('message', (message: SimulationMessage) => {
      if ('features' in message) return resolve(message.features);
      if ('error' in message) return reject(message.error);
      try {
        onNews(message.simulated);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code, signal) =>
      reject(new Error(`A simulation worker ended early (${signal ?? `code ${code}`})`)),
    );
    worker.send(job);
  });
}
