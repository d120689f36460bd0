import { CLOCK_FEATURES, withLeakage } from './leakage';
import { FEATURE_NAMES } from '@botlab/traffic';
import { Table } from './table';

const rows = 3;
const table = new Table({
  features: Float64Array.from({ length: rows * 115 }, (_, i) => i + 1),
  columns: FEATURE_NAMES,
  label: new Uint8Array(rows),
  device: new Uint8Array(rows),
  devices: ['camera'],
  file: new Uint16Array(rows),
  files: [{ name: 'a.csv', device: 'camera', label: 0, rows }],
  row: Uint32Array.from([0, 1, 2]),
});

it('knows the ten columns that tell the time', () => {
  expect(CLOCK_FEATURES.map(({ name }) => name)).toEqual(
    ['L5', 'L3', 'L1', 'L0.1', 'L0.01'].flatMap((window) => [
      `HH_jit_${window}_mean`,
      `HH_jit_${window}_variance`,
    ]),
  );
});

it('keeps all of a table', () => {
  expect(withLeakage(table, 'keep')).toBe(table);
});

it('silences the clock, and nothing else', () => {
  const silent = withLeakage(table, 'drop');
  const clock = new Set(CLOCK_FEATURES.map(({ index }) => index));
  expect(silent.columns).toBe(table.columns);
  silent.features.forEach((value, i) => {
    expect(value).toBe(clock.has(i % 115) ? 0 : table.features[i]);
  });
});

it('leaves the given table as it was', () => {
  withLeakage(table, 'drop');
  expect(table.features.every((value, i) => value === i + 1)).toBe(true);
});
