import { askedTable1 } from './asked-table1';

const asked = (options: Partial<Parameters<typeof askedTable1>[0]>) =>
  askedTable1({ baselines: false, ...options }, 'botlab table1');

it("is of the paper's five models on both tasks, and has nothing to remark", () => {
  const { request, remarks } = asked({});
  expect(request.variants.map(({ model }) => model)).toEqual([
    ...['dense', 'gru', 'cnn1d', 'cnn-lstm', 'res-1dcnn-lstm'],
  ]);
  expect([request.tasks, request.seeds, request.command]).toEqual([
    ['binary', 'multiclass'],
    [1],
    'botlab table1',
  ]);
  expect(remarks).toEqual([]);
});

it('remarks on what is left out, and on options without effect', () => {
  expect(asked({ split: 'family', heldOut: ['mirai'] }).remarks).toEqual([
    '--split family: the multiclass task is left out, as no model can name the attacks held out',
  ]);
  expect(asked({ models: ['forest', 'isolation-forest'], epochs: 3 }).remarks).toEqual([
    expect.stringMatching(/^--epochs: for networks, without effect on forest/),
    expect.stringMatching(/^--epochs: for networks, without effect on isolation-forest/),
    'isolation-forest: the multiclass task is left out, which it cannot do',
  ]);
});

it('counts seeds up to the greatest, and no further', () => {
  const most = 2 ** 31 - 1;
  expect(asked({ seed: most - 1, seeds: 2 }).request.seeds).toEqual([most - 1, most]);
  expect(() => asked({ seed: most, seeds: 2 })).toThrow(/^Cannot count 2 seeds up from 2147483647/);
  const set = [{ model: 'gru', name: 'units', value: 3 }];
  expect(() => asked({ models: ['dense'], set })).toThrow(/^Unknown model to set an option of/);
});
