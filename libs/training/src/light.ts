/**
 * The door of this room for who must start at once, such as a command line that prints its help: what is
 * behind it loads no tfjs. Who trains uses `@botlab/training`, which has all of this too.
 */
export { LearningRateSchedule } from './learning-rate';
export { chosenSource } from './chosen-source';
export { type OpenOptions, openSource } from './open-source';
export { getProfile, type Profile, PROFILES } from './profile';
export type { Assignment, RequestOptions } from './request/request-options';
export { DataSpec, Hyperparameters, SourceSpec } from './run-config';
export { type Work, WORKS } from './work';
