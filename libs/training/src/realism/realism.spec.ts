import { FEATURE_NAMES, type Source, Table } from '@botlab/data';
import { tinySource } from '../tiny-data.fixture.spec';
import { measureRealism } from './realism';

/** The same source with one feature of the attacks changed. */
function changed(change: (value: number) => number, column: number, device = 'camera'): Source {
  return {
    ...tinySource,
    files: tinySource.files.map((file) => ({ ...file, device })),
    read: async (...args) => {
      const table = await tinySource.read(...args);
      const features = table.features.slice();
      table.label.forEach((label, row) => {
        const at = row * FEATURE_NAMES.length + column;
        if (label > 0) features[at] = change(features[at]!);
      });
      return new Table({ ...table, features });
    },
  };
}

it('finds no distance between a source and itself', async () => {
  const classes = await measureRealism(tinySource, tinySource);
  expect(classes.map(({ label }) => label)).toEqual([0, 4, 5]);
  for (const { median, features, realRows, simulatedRows } of classes) {
    expect([median, realRows, simulatedRows]).toEqual([0, 40, 40]);
    expect(features).toHaveLength(115);
    expect(features[0]!.distance).toBe(0);
  }
});

it('puts the feature that differs first, in the classes where it does', async () => {
  const other = changed((value) => value + 1000, 7);
  const [benign, tcp, udp] = await measureRealism(tinySource, other);
  expect(benign!.features[0]!.distance).toBe(0);
  for (const { features } of [tcp!, udp!]) {
    expect(features[0]!.name).toBe(FEATURE_NAMES[7]);
    expect(features[0]!.distance).toBeGreaterThan(5);
    expect(features[0]!.simulated[1]! - features[0]!.real[1]!).toBeCloseTo(1000, 6);
    expect(features[1]!.distance).toBe(0);
  }
});

it('takes no more rows than it may', async () => {
  const classes = await measureRealism(tinySource, tinySource, { rows: 30 });
  expect(classes.map(({ realRows }) => realRows)).toEqual([10, 10, 10]);
});

it('says when there is nothing to compare', async () => {
  const foreign = changed((value) => value, 0, 'kettle');
  await expect(measureRealism(foreign, tinySource)).rejects.toThrow(
    'none of its devices and attacks is simulated',
  );
});
