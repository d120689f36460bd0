/** A number of any size with three digits that count: "0.25", "-12.3", "4.20e+9". */
export function threeDigits(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(3)));
}
