import { featuresFor } from './leakage';
import { FEATURES } from './schema';

it('keeps all columns', () => {
  expect(featuresFor('keep')).toBe(FEATURES);
});

it('drops the ten that tell the time', () => {
  const kept = featuresFor('drop');
  const dropped = FEATURES.filter((feature) => !kept.includes(feature)).map(({ name }) => name);
  expect(dropped).toEqual(
    ['L5', 'L3', 'L1', 'L0.1', 'L0.01'].flatMap((window) => [
      `HH_jit_${window}_mean`,
      `HH_jit_${window}_variance`,
    ]),
  );
  expect(kept).toHaveLength(105);
});
