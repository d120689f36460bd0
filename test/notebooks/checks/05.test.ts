import { buildModel, countParameters, getModel } from '@botlab/models';
import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

describe('05.1, twice as wide', () => {
  const parametersAt = (width: number) => {
    const shape = { features: 115, classes: 11, seed: 1, options: { width } };
    return countParameters(buildModel(getModel('res-1dcnn-lstm'), shape));
  };

  it('takes what the built model has', () => {
    expect(isRight('05.1', parametersAt(32))).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [parametersAt(16), 'at width 16'],
    [4 * parametersAt(16), 'Not every term'],
    [parametersAt(32) - 8 * 32 * 11 - 11, 'dense layer is missing'],
    [parametersAt(32) + 1, 'what are c and u'],
    [NaN, 'what are c and u'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('05.1', answer)).toContain(hint);
  });
});

describe('05.2, a start as the identity', () => {
  const start = (gamma: number, loss: number, silent: number) => ({ gamma, loss, silent });
  const [one, tenth, zero] = [start(1, 15, 0), start(0.1, 3, 0), start(0, 2.5, 32)];

  it('takes the three, in any order', () => {
    expect(isRight('05.2', [zero, one, tenth])).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [5, 'for each γ'],
    [[one, zero], 'for each γ'],
    [[one, tenth, start(0, 2.5, 64)], '32 kernels to count'],
    [[start(1, 15, 32), tenth, zero], 'as it was built'],
    [[one, start(0.1, 3, 1), zero], 'is only γ changed'],
    [[one, tenth, start(0, 2.5, 0)], 'derivative of ReLU'],
    [[one, start(0.1, 15, 0), start(0, 15, 32)], 'The losses'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('05.2', answer)).toContain(hint);
  });
});

describe('05.3, ReLU in front', () => {
  const of = (size: (block: number) => number) => Array.from({ length: 32 }, (_, k) => size(k + 1));
  const atEnd = of((k) => 1 + 0.39 * k);

  it('takes what grows like a square root', () => {
    const answer = of((k) => Math.sqrt(1 + 0.4 * k));
    expect(isRight('05.3', answer, atEnd)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[1, 2], '32 numbers'],
    [of(() => NaN), '32 numbers'],
    [atEnd, 'the stack of the figure'],
    [of((k) => 1.22 ** k), 'too fast'],
    [of(() => 0.7), 'is x added'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('05.3', answer, atEnd)).toContain(hint);
  });
});

describe('05.4, fewer and fewer', () => {
  const residual = { whole: 71, without: [30, 60, 65, 70, 71.2] };

  it('takes a fall step by step', () => {
    expect(isRight('05.4', [71, 66, 65, 44, 33], residual)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[71, 66, 65], 'five numbers'],
    [[0.71, 0.66, 0.65, 0.44, 0.33], 'per cent'],
    [[66, 65, 60, 44, 33], 'the whole stack'],
    [[71, 20, 15, 44, 33], 'Is the right block left out?'],
    [[71, 66, 66, 66, 66], 'should cost more'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('05.4', answer, residual)).toContain(hint);
  });
});
