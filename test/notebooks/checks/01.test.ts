import { quotas } from '@botlab/data';
import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

describe('01.1, how long a window remembers', () => {
  const weights = [14, 21, 36, 48, 50];
  const lambdas = [5, 3, 1, 0.1, 0.01];
  const times = (of: (weight: number, lambda: number) => number) =>
    weights.map((weight, w) => of(weight, lambdas[w]!));

  it('takes the formula', () => {
    const answer = times((weight, lambda) => Math.log2(weight) / lambda);
    expect(isRight('01.1', answer, weights)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[1, 2], 'five numbers'],
    [times((weight, lambda) => Math.log(weight) / lambda), 'another base'],
    [times((_, lambda) => 1 / lambda), 'half of the weight'],
    [times((weight, lambda) => Math.log2(weight) * lambda), 'grow with λ'],
    [times((weight, lambda) => 1 + Math.log2(weight) / lambda), 'from the end'],
    [times(() => 30), 'is what is left 1'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('01.1', answer, weights)).toContain(hint);
  });
});

describe('01.2, seats in parliament', () => {
  const counts = Array.from({ length: 89 }, (_, i) => 1000 + ((i * 7919) % 5000));
  const total = (shares: number[]) => shares.reduce((a, b) => a + b, 0);
  const exact = (of: number[], seats: number) => of.map((count) => (seats * count) / total(of));
  const floors = (of: number[], seats: number) => exact(of, seats).map(Math.floor);
  /** What the floors leave goes to whoever comes first. */
  const toTheFirst = (of: number[], seats: number) => {
    const shares = floors(of, seats);
    for (let i = 0; total(shares) < seats; i++) shares[i % of.length]! += 1;
    return shares;
  };

  it('takes the library’s', () => {
    expect(isRight('01.2', quotas, counts)).toBe(true);
  });
  it.each([
    [quotas([3, 3, 4], 5), 'Give a function'],
    [() => [1], 'no list of 3'],
    [floors, 'add up to'],
    [(of: number[], seats: number) => exact(of, seats).map(Math.round), 'add up to'],
    [toTheFirst, 'whose remainder'],
  ])('says what is wrong with %s', (answer, hint) => {
    expect(hintAt('01.2', answer, counts)).toContain(hint);
  });
});

describe('01.3, what else is invisible', () => {
  const right = { port: ['HpHp'], flags: [], server: ['HpHp', 'HH_jit', 'HH'], hour: [] };

  it('takes the blocks in any order', () => {
    expect(isRight('01.3', right)).toBe(true);
  });
  it.each([
    [{ ...right, port: undefined }, 'a list of blocks for each of port, flags, server, hour'],
    [{ ...right, port: [] }, 'port:'],
    [{ ...right, flags: ['HH'] }, 'flags:'],
    [{ ...right, server: ['HH'] }, 'server:'],
    [{ ...right, hour: ['HH_jit'] }, 'hour:'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('01.3', answer)).toContain(hint);
  });
});

describe('01.4, the ceiling', () => {
  const classes = [
    { name: 'benign', count: 60 },
    { name: 'gafgyt tcp', count: 10 },
    { name: 'gafgyt udp', count: 30 },
  ];

  it('takes accuracy and macro F1', () => {
    const answer = { accuracy: 0.9, macroF1: (1 + 60 / 70) / 3 };
    expect(isRight('01.4', answer, classes)).toBe(true);
  });
  it.each([
    [90, 0.6, 'per cent'],
    [0.7, 0.6, 'rather lose'],
    [0.6, 0.6, 'must be wrong'],
    [0.9, (2 + 60 / 70) / 3, 'never answered'],
    [0.9, 1 / 3, 'more than 0'],
    [0.9, 0.9, 'write down precision'],
  ])('says what is wrong with accuracy %d and macro F1 %d', (accuracy, macroF1, hint) => {
    const said = hintAt('01.4', { accuracy, macroF1 }, classes);
    expect(said).toContain(hint);
    expect(said).not.toContain('0.9');
  });
});

describe('01.5, whether the scaler matters', () => {
  const run = (scaler: string, seed: number, other = {}) => ({
    config: { model: 'dense', task: 'multiclass', training: {}, seed, data: { scaler }, ...other },
  });
  const names = ['log', 'quantile'];
  const right = names.flatMap((name) => [run(name, 1), run(name, 2)]);

  it('takes every scaler with several seeds', () => {
    expect(isRight('01.5', right, names)).toBe(true);
  });
  it.each([
    ['another model', [...right, run('log', 3, { model: 'gru' })], 'runs of dense'],
    ['another task', [...right, run('log', 3, { task: 'binary' })], 'multiclass'],
    ['a scaler missing', right.slice(0, 2), 'no run with quantile'],
    ['one seed', right.slice(0, 3), 'Of quantile there is one seed'],
    ['other training', [...right, run('log', 3, { training: { epochs: 9 } })], 'trained alike'],
  ])('says what is wrong with %s', (_, answer, hint) => {
    expect(hintAt('01.5', answer, names)).toContain(hint);
  });
});
