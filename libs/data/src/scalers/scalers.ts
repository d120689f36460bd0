import type { AffineParameters } from './affine';
import { log } from './log';
import { minMax } from './min-max';
import { quantile, type QuantileParameters } from './quantile';
import type { ScalerDefinition } from './scaler-definition';
import { standard } from './standard';

/** What each kind of scaler learns of the columns. */
export interface ScalerParameters {
  readonly standard: AffineParameters;
  readonly 'min-max': AffineParameters;
  readonly log: AffineParameters;
  readonly quantile: QuantileParameters;
}
export type ScalerKind = keyof ScalerParameters;

/** All kinds of scalers, by name. */
export const SCALER_DEFINITIONS: {
  readonly [Kind in ScalerKind]: ScalerDefinition<ScalerParameters[Kind]>;
} = { standard, 'min-max': minMax, log, quantile };

/** What scales where nothing else is asked for. */
export const DEFAULT_SCALER: ScalerKind = 'quantile';

export const SCALERS = ['standard', 'min-max', 'log', 'quantile'] as const satisfies ScalerKind[];
