import { Scaler } from '@botlab/data';
import { sourceOf } from './devices.fixture.spec';
import { prepareData, setAside } from './prepare-data';
import { tinySource, tinySpec } from './tiny-data.fixture.spec';

it('watches no row of its own by default', async () => {
  const data = await prepareData(tinySource, tinySpec);
  expect(data.validation).toBeUndefined();
  expect(setAside(data, 0)).toBe(data);
});

it('sets rows aside that are neither trained nor tested on, and that the scaler never sees', async () => {
  const data = await prepareData(tinySource, tinySpec);
  const { validation, train, test, scaler, table } = setAside(data, 0.25);
  expect(validation!.rows).toHaveLength(24); // a quarter of the 96
  const all = [...validation!.rows, ...train.rows, ...test.rows].sort((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: 120 }, (_, row) => row));
  expect(test.rows).toEqual(data.test.rows);
  const fitted = (rows: Uint32Array) => Scaler.fit(data.spec.scaler, table, rows).parameters;
  expect(scaler.parameters).toEqual(fitted(train.rows));
  expect(scaler.parameters).not.toEqual(fitted(data.train.rows));
});

it('has at least one row to watch, however small the fraction', async () => {
  const data = await prepareData(tinySource, tinySpec);
  expect(setAside(data, 1e-9).validation!.rows.length).toBeGreaterThanOrEqual(1);
});

it('chooses them as the split chooses test rows: whole devices by device, the last by time', async () => {
  const devices = ['a', 'b', 'c', 'd'];
  const source = sourceOf(
    ...devices.flatMap(
      (device) =>
        [
          [device, 0, 10],
          [device, 4, 10],
        ] as const,
    ),
  );
  const byDevice = setAside(await prepareData(source, { ...tinySpec, split: 'device' }), 0.25);
  const { table } = byDevice;
  const devicesOf = ({ rows }: { rows: Uint32Array }) =>
    new Set(rows.map((row) => table.device[row]!));
  const [trained, watched, tested] = [byDevice.train, byDevice.validation!, byDevice.test].map(
    devicesOf,
  );
  expect([trained!.size, watched!.size, tested!.size]).toEqual([2, 1, 1]);
  expect(new Set([...trained!, ...watched!, ...tested!]).size).toBe(4);

  const inTime = setAside(await prepareData(source, { ...tinySpec, split: 'time' }), 0.25);
  const lastOf = ({ rows }: { rows: Uint32Array }) =>
    Math.max(...Array.from(rows, (row) => table.row[row]!));
  const firstOf = ({ rows }: { rows: Uint32Array }) =>
    Math.min(...Array.from(rows, (row) => table.row[row]!));
  expect(lastOf(inTime.train)).toBeLessThan(firstOf(inTime.validation!));
  expect(lastOf(inTime.validation!)).toBeLessThan(firstOf(inTime.test));
});
