/** The greatest float32 that is not above a number: the same float32 lie above both. */
export function downToFloat32(edge: number): number {
  const near = Math.fround(edge);
  if (near <= edge) return near;
  if (near === 0) return -(2 ** -149);
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  float[0] = near;
  // The next below by its bits: nearer to 0 above 0, farther from it below.
  bits[0]! += near > 0 ? -1 : 1;
  return float[0];
}
