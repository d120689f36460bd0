import { count } from '@botlab/text';
import type { Hyperparameters } from './run-config';

/** The steps of training in words, such as "a learning rate of 0.001". */
export function learningRateText({
  epochs,
  learningRate: rate,
  schedule,
  clipNorm,
}: Pick<Hyperparameters, 'epochs' | 'learningRate' | 'schedule' | 'clipNorm'>): string {
  const clipped = clipNorm === undefined ? '' : `, gradients clipped to a norm of ${clipNorm}`;
  switch (schedule.kind) {
    case 'constant':
      return `a learning rate of ${rate}${clipped}`;
    case 'step':
      return `a learning rate of ${rate}, times ${schedule.factor} every ${count(schedule.every)} epochs${clipped}`;
    case 'cosine': {
      const rising = Math.floor(schedule.warmup * epochs);
      const rise =
        rising > 0
          ? `rises to ${rate} in ${count(rising)} epochs and then falls`
          : `falls from ${rate}`;
      return `a learning rate that ${rise} as a cosine${clipped}`;
    }
  }
}
