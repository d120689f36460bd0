/** A fraction as a percentage for reports: 0.05 is "5 %". */
export function percent(fraction: number): string {
  return `${Number((100 * fraction).toFixed(2))} %`;
}

/** Both sides of a split: "80 % / 20 %", training first. */
export function bothSides(testFraction: number): string {
  return `${percent(1 - testFraction)} / ${percent(testFraction)}`;
}
