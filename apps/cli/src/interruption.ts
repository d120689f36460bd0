/** Why a command stopped before its end: the person asked it to. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Runs `work` with a signal that SIGINT (Ctrl-C) and SIGTERM abort: it can then stop at a safe place. A
 * second one ends the process at once, which is safe too: files are written whole or not at all.
 *
 * @param outcome what the person is told
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  outcome = 'interrupted; run the same command again to go on.',
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted(outcome));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
