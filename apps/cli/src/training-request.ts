import { DataSpec, getProfile, Hyperparameters, type Profile } from '@botlab/training';
import { chosenData } from './chosen-data';
import type { TrainingOptions } from './options';

/** What the training options ask for, in the libraries' terms. */
export interface TrainingRequest {
  readonly profile: Profile;
  readonly data: DataSpec;
  readonly training: Hyperparameters;
}

export function trainingRequest(options: TrainingOptions): TrainingRequest {
  const profile = getProfile(options.profile);
  return {
    profile,
    data: DataSpec.parse({
      source: chosenData(options.data),
      sample: options.rows === undefined ? profile.sample : { rows: options.rows },
      split: options.split,
      heldOut: options.heldOut,
      leakage: options.leakage,
      drop: options.drop,
      scaler: options.scaler,
      seed: options.seed,
    }),
    training: Hyperparameters.parse({
      ...profile.training,
      epochs: options.epochs ?? profile.training.epochs,
      batchSize: options.batchSize ?? profile.training.batchSize,
    }),
  };
}
