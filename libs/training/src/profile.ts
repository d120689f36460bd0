import { unknownName } from '@botlab/errors';
import type { SampleSize } from '@botlab/data';
import type { Hyperparameters } from './run-config';

/** How much is trained on, and how long. */
export interface Profile {
  readonly name: string;
  readonly summary: string;
  readonly sample: SampleSize;
  readonly training: Pick<Hyperparameters, 'epochs' | 'batchSize'> &
    Partial<Pick<Hyperparameters, 'learningRate' | 'schedule' | 'clipNorm'>>;
}

/** The profiles by name; the first is the default. */
export const PROFILES: readonly Profile[] = [
  {
    name: 'quick',
    summary: 'at most 10,000 rows and 40 epochs, for a table within minutes on two cores',
    sample: { rows: 10_000 },
    // Chosen on samples of other seeds (11 and 12) than the table's, by accuracy on the eleven classes, among rates of
    // 0.005 to 0.03, 20 to 60 epochs, batches of 32 to 128; one setting for all networks. At such rates a GRU or an LSTM
    // now and then loses all that it has learnt at one steep place unless gradients are clipped.
    training: {
      epochs: 40,
      batchSize: 64,
      learningRate: 0.01,
      schedule: { kind: 'cosine', floor: 0, warmup: 0.1 },
      clipNorm: 1,
    },
  },
  {
    name: 'paper',
    summary: "the paper's: 5 % of each file, 30 epochs, batches of 512",
    sample: { fraction: 0.05 },
    training: { epochs: 30, batchSize: 512 },
  },
];

/**
 * The profile of that name.
 *
 * @throws InputError that lists the profiles
 */
export function getProfile(name: string): Profile {
  const found = PROFILES.find((profile) => profile.name === name);
  if (found === undefined) {
    throw unknownName(
      'profile',
      name,
      PROFILES.map((profile) => profile.name),
    );
  }
  return found;
}
