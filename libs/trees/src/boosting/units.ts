/**
 * How sums of gradients, hessians and rows are held in two float64 without rounding: as whole numbers, whose sums are
 * below 2^53 and so the same in whatever order.
 */
export interface Units {
  /** Gradients are whole numbers of it. */
  readonly gradient: number;
  /** So are hessians; multiplied by `perRow` they leave room for the number of rows below. */
  readonly hessian: number;
  /** A power of 2, above the number of rows. */
  readonly perRow: number;
}

/** The units for so many rows, whose gradients are up to 1 and hessians up to a half. */
export function unitsFor(rows: number): Units {
  const bits = 32 - Math.clz32(rows);
  return {
    gradient: 2 ** -Math.min(30, 52 - bits),
    hessian: 2 ** -Math.min(30, 54 - 2 * bits),
    perRow: 2 ** bits,
  };
}
