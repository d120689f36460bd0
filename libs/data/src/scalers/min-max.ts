import { defineAffine } from './affine';

/** The range of each column becomes 0 to 1. */
export const minMax = defineAffine(
  ({ least }, column) => least[column] ?? 0,
  ({ least, most }, column) => (most[column] ?? 0) - (least[column] ?? 0),
);
