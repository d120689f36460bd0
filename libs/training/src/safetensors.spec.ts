import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { readTensorFile, writeTensorFile } from './safetensors';
import { temporaryFolder } from './tiny-data.fixture.spec';

const path = join(temporaryFolder(), 'x.safetensors');

it('reads float32, and refuses other numbers', () => {
  const values = Float32Array.of(1, 2);
  writeTensorFile(path, { arrays: [{ name: 'a', shape: [2], values }], metadata: {} });
  expect(readTensorFile(path).arrays).toEqual([{ name: 'a', shape: [2], values }]);
  const whole = Int32Array.from(values);
  writeTensorFile(path, { arrays: [{ name: 'a', shape: [2], values: whole }], metadata: {} });
  expect(() => readTensorFile(path)).toThrow(InputError);
  expect(() => readTensorFile(path)).toThrow(/its array "a" is not of float32; delete its run/);
});
