import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@botlab/errors';
import { getModel, listModels } from './registry';

const percent = (fraction: number): string => (100 * fraction).toFixed(2);

it("lists the models of the paper's Table 1 in its order, with its figures", () => {
  const inTable = listModels().filter(({ paper }) => paper !== undefined);
  const table = inTable.map(({ name, title, paper }) => [
    ...[name, title, percent(paper!.binary.accuracy), percent(paper!.binary.f1)],
    ...[percent(paper!.multiclass.accuracy), percent(paper!.multiclass.f1)],
  ]);
  expect(listModels().slice(0, 5)).toEqual(inTable); // others come after them
  expect(table).toEqual([
    ['dense', 'Dense', '96.32', '95.76', '82.45', '79.89'],
    ['gru', 'GRU', '98.57', '98.34', '85.56', '84.94'],
    ['cnn1d', '1D-CNN', '98.62', '98.24', '85.73', '84.38'],
    ['cnn-lstm', 'CNN-LSTM', '98.91', '98.71', '86.98', '87.23'],
    ['res-1dcnn-lstm', 'Res-1DCNN-LSTM', '98.89', '99.32', '87.53', '88.56'],
  ]);
});

it('has a model of every file in zoo/', () => {
  const files = readdirSync(join(__dirname, 'zoo')).filter((name) => !name.endsWith('.spec.ts'));
  expect(
    listModels()
      .map(({ name }) => `${name}.ts`)
      .sort(),
  ).toEqual(files.sort());
});

it('lists the same models every time', () => {
  expect(listModels()).toEqual(listModels());
  expect(new Set(listModels()).size).toBe(listModels().length);
});

it('finds a model by its name', () => {
  for (const model of listModels()) expect(getModel(model.name)).toBe(model);
});

it('suggests the nearest name', () => {
  expect(() => getModel('res-1dcnn-lst')).toThrow(InputError);
  expect(() => getModel('res-1dcnn-lst')).toThrow(
    /^Unknown model "res-1dcnn-lst": expected one of dense, gru, .*; did you mean "res-1dcnn-lstm"\?$/,
  );
});
