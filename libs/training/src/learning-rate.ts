import { z } from 'zod';

/** How the learning rate changes over a run; the paper gives one rate, and names no schedule. */
export const LearningRateSchedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({
    kind: z.literal('step'),
    every: z.int().positive().describe('epochs between two drops'),
    factor: z.number().positive().max(1).describe('what each drop multiplies the rate by'),
  }),
  z.strictObject({
    kind: z.literal('cosine'),
    floor: z.number().nonnegative().default(0).describe('the rate that the last epoch nears'),
    warmup: z
      .number()
      .min(0)
      .max(0.9)
      .default(0)
      .describe('part of the epochs, the first, in which the rate rises in equal steps'),
  }),
]);

export type LearningRateSchedule = z.infer<typeof LearningRateSchedule>;

/** The learning rate of an epoch (0-based) out of `epochs`. */
export function learningRateAt(
  schedule: LearningRateSchedule,
  initial: number,
  epoch: number,
  epochs: number,
): number {
  switch (schedule.kind) {
    case 'constant':
      return initial;
    case 'step':
      return initial * schedule.factor ** Math.floor(epoch / schedule.every);
    case 'cosine': {
      const rising = Math.floor(schedule.warmup * epochs);
      if (epoch < rising) return (initial * (epoch + 1)) / (rising + 1);
      const share = (1 + Math.cos((Math.PI * (epoch - rising)) / (epochs - rising))) / 2;
      return schedule.floor + (initial - schedule.floor) * share;
    }
  }
}
