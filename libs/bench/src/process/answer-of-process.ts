import { fork } from 'node:child_process';

/** What a process answers that does one job and ends. */
export type JobAnswer<T> = T | { readonly fault: string };

/**
 * Has a process of its own do a job, so that its memory is that of the job.
 *
 * @param program file of the program, which ends with {@link answerJob}
 * @param name what it does, for the error when it ends early
 */
export function answerOfProcess<Job extends object, Answer extends object>(
  program: string,
  job: Job,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<Answer> {
  const child = fork(program, {
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (answer: JobAnswer<Answer>) => {
      if ('fault' in answer) reject(new Error(answer.fault));
      else resolve(answer);
    });
    child.once('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error));
    child.once('exit', (code, signalName) =>
      reject(new Error(`The process that ${name} ended early (${signalName ?? code})`)),
    );
    child.send(job);
  });
}

/** The program of such a process: does the one job that it is sent, answers, and ends. */
export function answerJob<Job, Answer extends object>(work: (job: Job) => Promise<Answer>): void {
  process.once('message', (job: Job) => {
    work(job)
      .catch((error: unknown): JobAnswer<Answer> => ({ fault: String(error) }))
      .then((answer) => process.send!(answer, () => process.exit()))
      .catch(() => process.exit(1));
  });
  process.once('disconnect', () => process.exit(1));
}
