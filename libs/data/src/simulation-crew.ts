import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadOptions } from './source';
import type { SimulationJob, SimulationMessage } from './simulation-worker';

export interface CrewOptions extends ReadOptions {
  /** How many files to simulate at a time. */
  readonly threads: number;
}

/**
 * The compiled worker, which is what a thread can load. It lies beside this file, but for a test, which
 * runs from the sources and takes the one that was built. Simulating in this thread instead would
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
 * Simulates files on several threads, the longest first. All threads have ended when it settles.
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
  const workers = Array.from(
    { length: Math.min(threads, jobs.length) },
    () => new Worker(file, { name: 'simulation' }),
  );
  const end = () => Promise.all(workers.map((worker) => worker.terminate()));
  const stop = () => void end();
  signal?.addEventListener('abort', stop);
  const work = async (worker: Worker): Promise<void> => {
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

/** Has a worker do a job; rejected when it throws, or is ended before the job is done. */
function run(
  worker: Worker,
  job: SimulationJob,
  onNews: (rows: number) => void,
): Promise<Float64Array> {
  return new Promise<Float64Array>((resolve, reject) => {
    worker.removeAllListeners();
    worker.on('message', (message: SimulationMessage) => {
      if ('features' in message) return resolve(message.features);
      try {
        onNews(message.simulated);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A simulation worker ended with code ${code}`)));
    worker.postMessage(job);
  });
}
