import { FEATURES, WINDOWS } from '@botlab/data';
import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

/** A cross-correlation over every d-th value. */
function dilated(signal: number[], filter: number[], d: number, bias: number): number[] {
  return Array.from({ length: signal.length - d * (filter.length - 1) }, (_, i) =>
    filter.reduce((sum, weight, k) => sum + weight * signal[i + d * k]!, bias),
  );
}

describe('02.1, a formula', () => {
  const third = 1 / 3;
  const right = { lengths: [56, 26], mean: [third, third, third], shift: [1, 0, 0] };

  it('takes lengths and filters, whichever way the signal is moved', () => {
    expect(isRight('02.1', right)).toBe(true);
    expect(isRight('02.1', { ...right, shift: [0, 0, 1] })).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['The lengths', {}],
    ['The lengths', { ...right, lengths: [58, 29] }], // same
    ['The lengths', { ...right, lengths: [56, 56] }],
    ['The mean', { ...right, mean: [1, 1, 1] }],
    ['The shift', { ...right, shift: [0, 1, 0] }],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('02.1', answer)).toContain(hint);
  });
});

describe('02.2, holes in the filter', () => {
  const right = { dilated, field: 31 };

  it('takes function and field', () => {
    expect(isRight('02.2', right)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['to be a function', { field: 31 }],
    [
      'another number of outputs',
      {
        ...right,
        dilated: (s: number[], w: number[], _: number, b: number) => dilated(s, w, 1, b),
      },
    ],
    [
      'is the bias in',
      { ...right, dilated: (s: number[], w: number[], d: number) => dilated(s, w, d, 0) },
    ],
    ['The field', { ...right, field: 9 }],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('02.2', answer)).toContain(hint);
  });
});

describe('02.3, the gradient of the input', () => {
  const padded = (delta: number[]) => [0, 0, ...delta, 0, 0];
  const over = (values: number[], filter: number[]) => dilated(values, filter, 1, 0);

  it('takes a convolution of the padded δ', () => {
    const right = (delta: number[], filter: number[]) => over(padded(delta), [...filter].reverse());
    expect(isRight('02.3', right)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['to be a function', [1, 2]],
    ['as long as the input', over],
    ['in which direction', (delta: number[], filter: number[]) => over(padded(delta), filter)],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('02.3', answer)).toContain(hint);
  });
});

/** A run, as far as a check looks at it. */
const runOf = (config: object, params = 1) => ({
  config: {
    model: 'cnn1d',
    options: {},
    task: 'multiclass',
    seed: 1,
    training: { epochs: 8 },
    ...config,
  },
  metrics: { params },
});
const first = runOf({ data: { scaler: 'log' } }, 100);

describe('02.4, a filter of one', () => {
  const right = { options: { kernelSize: 1 }, data: { scaler: 'log' } };

  it('takes a run with the settings of the notebook', () => {
    expect(isRight('02.4', runOf(right), first)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['a run of cnn1d', {}],
    ['whose kernelSize is 1', runOf({ ...right, options: {} })],
    ['Its training', runOf({ ...right, training: { epochs: 1 } })],
    ['Its data', runOf({ ...right, data: { scaler: 'quantile' } })],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('02.4', answer, first)).toContain(hint);
  });
});

describe('02.5, a better axis', () => {
  const columnsOf = (windows: readonly string[]) =>
    windows.flatMap((window) =>
      FEATURES.filter((feature) => feature.window === window).map(({ name }) => name),
    );
  const byWindow = columnsOf(WINDOWS);
  const runOn = (columns: string[], config = {}, params = 50) =>
    runOf({ model: 'along', data: { columns }, ...config }, params);
  const oneTurned = [...byWindow.slice(0, 92), ...byWindow.slice(92).reverse()];

  it('takes a smaller model on five windows, from either end', () => {
    expect(isRight('02.5', runOn(byWindow), first)).toBe(true);
    expect(isRight('02.5', runOn(columnsOf([...WINDOWS].reverse())), first)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['five windows one after another', runOf({ data: {} })],
    ['five windows one after another', runOn(FEATURES.map(({ name }) => name))],
    ['order of their time scales', runOn(columnsOf(['L1', 'L5', 'L3', 'L0.1', 'L0.01']))],
    ['the same statistic', runOn(oneTurned)],
    ['no fewer weights', runOn(byWindow, {}, 100)],
    ['Its training', runOn(byWindow, { training: { epochs: 1 } })],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('02.5', answer, first)).toContain(hint);
  });
});
