/** Adds `row` `[n]` to every row of `data` `[m, n]`, in place. */
export function addRow(data: Float32Array, row: Float32Array): void {
  const n = row.length;
  for (let start = 0; start < data.length; start += n) {
    for (let j = 0; j < n; j++) data[start + j] = data[start + j]! + row[j]!;
  }
}

/** Adds the sum of each column of `data` `[m, n]` to `sums` `[n]`; summed in float64. */
export function addColumnSums(sums: Float32Array, data: Float32Array): void {
  const n = sums.length;
  const exact = new Float64Array(n);
  for (let start = 0; start < data.length; start += n) {
    for (let j = 0; j < n; j++) exact[j] = exact[j]! + data[start + j]!;
  }
  for (let j = 0; j < n; j++) sums[j] = sums[j]! + exact[j]!;
}
