import { defineStandard } from './standard';

/**
 * What 'standard' does, to sign(x)·log(1 + |x|): variances and radii span many orders of magnitude,
 * and most rows would otherwise lie within a hundredth of a deviation.
 */
export const log = defineStandard(signedLog);

/** Keeps the sign, and takes the logarithm of the size: 0 stays 0, and 10^6 becomes 13.8. */
function signedLog(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}
