import type { Leakage, ScalerKind, SplitKind } from '@botlab/data';
import type { LearningRateSchedule } from '../learning-rate';

/** An option of a model, as it is typed. */
export interface Assignment {
  /** Whose option it is, where several models are trained. */
  readonly model?: string;
  readonly name: string;
  readonly value: unknown;
}

/**
 * What a person asks of a training, by the names of the command line's options; what is left out is the profile's, or
 * a study's. Where what is typed is a number that is checked with the rest of the training, it is still text.
 */
export interface RequestOptions {
  /** Folder of CSV files. */
  readonly data?: string;
  readonly profile?: string;
  readonly split?: SplitKind;
  readonly heldOut?: string[];
  readonly leakage?: Leakage;
  /** Columns to leave out. */
  readonly drop?: string[];
  readonly scaler?: ScalerKind;
  readonly seed?: number;
  readonly resample?: true;
  readonly rows?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: string;
  readonly schedule?: LearningRateSchedule;
  readonly clipNorm?: string;
  readonly validation?: string;
  readonly patience?: string;
  readonly set?: readonly Assignment[];
}

/** An option as it is typed: "--learning-rate". */
export function flagOf(option: keyof RequestOptions): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
