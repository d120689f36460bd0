import { type BenchOptions, measure } from '@botlab/bench';
import { openData } from '../open-data';
import { interruptible } from '../interruption';
import { ReadingProgress } from '../progress';

/** What is typed after `botlab bench`. */
export interface Options extends BenchOptions {
  readonly json?: true;
}

/** Does what `botlab bench` was asked for. */
export async function run(options: Options): Promise<void> {
  const { cache } = options;
  const reading = new ReadingProgress('simulating data');
  const progress = new ReadingProgress('measuring');
  const { json, text } = await interruptible(
    (signal) =>
      measure(options, {
        signal,
        open: (spec) => openData(spec, cache === undefined ? {} : { cache }),
        onData: reading.onProgress,
        onProgress: progress.onProgress,
      }),
    'interrupted; nothing was printed.',
  ).finally(() => {
    reading.stop();
    progress.stop();
  });
  process.stdout.write(`${options.json ? JSON.stringify(json, null, 2) : text}\n`);
}
