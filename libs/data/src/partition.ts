/**
 * The rows of each key, ascending: `partition(table.label, 11)[3]` are the rows of class 3.
 *
 * @param keys a whole number below `size` for each row
 */
export function partition(keys: ArrayLike<number>, size: number): Uint32Array[] {
  const counts = new Uint32Array(size);
  for (let row = 0; row < keys.length; row++) counts[keys[row] ?? 0]! += 1;
  const parts = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(size);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] ?? 0;
    const part = parts[key];
    if (part !== undefined) part[filled[key]!++] = row;
  }
  return parts;
}
