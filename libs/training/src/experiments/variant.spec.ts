import { requireFileName } from '@botlab/files';
import { tinyConfig } from '../tiny-data.fixture.spec';
import { variantId, variantOf, withOptions } from './variant';

it.each<[string, Record<string, unknown>, string]>([
  ['dense', {}, 'dense'],
  ['dense', { units: [64, 32] }, 'dense'], // its defaults
  ['dense', { units: [8] }, 'dense-units=8'],
  ['res-1dcnn-lstm', { shortcut: false }, 'res-1dcnn-lstm-shortcut=false'],
  ['res-1dcnn-lstm', { width: 8, shortcut: false }, 'res-1dcnn-lstm-shortcut=false-width=8'],
])('names %s with %j: %s', (model, options, id) => {
  expect(variantId(model, options)).toBe(id);
  expect(requireFileName(id, 'a variant')).toBe(id);
});

it('hashes what would be long, one name for one choice', () => {
  const long = (last: number) =>
    variantId('dense', { units: Array.from({ length: 20 }, () => 10).concat(last) });
  expect(long(1)).toMatch(/^dense-[0-9a-f]{8}$/);
  expect(long(1)).toBe(long(1));
  expect(long(1)).not.toBe(long(2));
});

it('is of a run what it was declared as, else its model with its options', () => {
  expect(variantOf(tinyConfig())).toBe('dense-units=8');
  expect(variantOf(tinyConfig({ options: {} }))).toBe('dense');
  expect(variantOf(tinyConfig({ variant: 'dense-by-ranks' }))).toBe('dense-by-ranks');
});

it('refuses options that the model does not take', () => {
  expect(() => variantId('dense', { unit: [8] })).toThrow(/did you mean "units"/);
  expect(() => variantId('densee')).toThrow(/did you mean "dense"/);
});

it('tells in the id and the title of a variant what options it is given', () => {
  const plain = { id: 'dense-log', model: 'dense', options: {} };
  const units = { units: [8] };
  expect(withOptions(plain, units)).toEqual({ ...plain, id: 'dense-units=8-log', options: units });
  expect(withOptions({ ...plain, id: 'wide', title: 'Wide' }, units)).toMatchObject({
    id: 'wide-dense-units=8',
    title: 'Wide (units=8)',
  });
  expect(withOptions(plain, { units: [64, 32] })).toMatchObject({ id: 'dense-log' });
});
