/**
 * The bytes of so many floats.
 *
 * @throws RangeError for what is no whole number from 0
 */
export function bytesOf(floats: number): number {
  if (!Number.isSafeInteger(floats) || floats < 0) {
    throw new RangeError(
      `Cannot allocate an array of ${floats} floats: expected a whole number from 0.`,
    );
  }
  return floats * Float32Array.BYTES_PER_ELEMENT;
}

/** Bytes in GiB, for a sentence. */
export function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(2);
}
