import { InputError } from '@botlab/errors';
import type { Opponent, OpponentSettings } from './opponent';
import { TorchProcess } from './torch-process';
import { MEMORY_STEPS } from './training-memory';

/**
 * The same models in PyTorch, in a process of its own.
 *
 * @throws InputError where Python or PyTorch is missing, or a model has no counterpart there
 */
export async function torchOpponent({
  onCard,
  threads,
  models,
  signal,
}: OpponentSettings): Promise<Opponent> {
  const settings = { threads, onCard, signal };
  const { torch, title, models: known } = await TorchProcess.start(settings);
  const unknown = models.find((model) => !known.includes(model));
  if (unknown !== undefined) {
    await torch.close();
    throw new InputError(
      `Cannot compare ${unknown} with torch: libs/bench/python/torch_models.py has no such model; ` +
        `add it there, or name others with --model: ${known.join(', ')}.`,
    );
  }
  return {
    title,
    enter: (task) =>
      Promise.resolve({
        round: (steps) => torch.round(task, steps),
        dispose: () => undefined, // the process keeps one model at a time
      }),
    trainingMemoryMB: async (task) => {
      const { torch: other } = await TorchProcess.start(settings);
      try {
        await other.round(task, MEMORY_STEPS);
        return await other.peakMemoryMB();
      } finally {
        await other.close();
      }
    },
    close: () => torch.close(),
  };
}
