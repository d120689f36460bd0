import { CLASSES } from './class-label';
import { Table } from './table';

/** A table of one column with these values; row i is of class labels[i], from file and device 0 or as given. */
export function tableOf(
  values: readonly number[],
  labels: readonly number[],
  { device = values.map(() => 0), file = values.map(() => 0) } = {},
): Table {
  const devices = Array.from({ length: Math.max(0, ...device) + 1 }, (_, i) => `device ${i}`);
  const files = Array.from({ length: Math.max(0, ...file) + 1 }, (_, i) => ({
    name: `file ${i}`,
    device: devices[0] ?? '',
    label: 0,
    rows: values.length,
  }));
  if (labels.some((label) => CLASSES[label] === undefined)) throw new Error('no such class');
  return new Table({
    features: Float64Array.from(values),
    columns: ['value'],
    label: Uint8Array.from(labels),
    device: Uint8Array.from(device),
    devices,
    file: Uint16Array.from(file),
    files,
    row: new Uint32Array(values.length).map((_, i) => i),
  });
}
