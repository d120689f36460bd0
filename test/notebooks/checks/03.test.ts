import { buildModel, countParameters, getModel } from '@botlab/models';
import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

describe('03.1, a half-life of 30 steps', () => {
  const share = 2 ** (-1 / 30);

  it('takes the bias', () => {
    expect(isRight('03.1', Math.log(share / (1 - share)))).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [share, 'of which bias'],
    [Math.log(29), 'a time constant'],
    [1, 'is left after 30 steps'],
    [NaN, 'is left after 30 steps'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('03.1', answer)).toContain(hint);
  });
});

describe('03.2, how many weights', () => {
  const network = buildModel(getModel('res-1dcnn-lstm'), { features: 115, classes: 11, seed: 1 });
  const lstms = network.layers.filter((layer) => layer.getClassName() === 'FusedLSTM');
  const inLSTMs = lstms.reduce((sum, layer) => sum + layer.countParams(), 0);
  const biases = lstms.reduce((sum, layer) => sum + layer.getWeights()[2]!.size, 0);
  const right = {
    weights: (m: number, n: number) => 4 * (m * n + n * n + n),
    share: inLSTMs / countParameters(network),
    more: biases,
  };

  it('takes formula, share and difference', () => {
    expect(isRight('03.2', right, network)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['to be a function', {}],
    ['one of the four', { ...right, weights: (m: number, n: number) => m * n + n * n + n }],
    ['biases are missing', { ...right, weights: (m: number, n: number) => 4 * n * (m + n) }],
    ['another number', { ...right, weights: (m: number, n: number) => 4 * n * (m + n + 2) }],
    ['not per cent', { ...right, share: 60 }],
    ['those of all layers', { ...right, share: 0.3 }],
    ['a bias of its own', { ...right, more: biases / 4 }],
    ['how long', { ...right, more: NaN }],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('03.2', answer, network)).toContain(hint);
  });
});

type Vector = number[];
interface Weights {
  W: Vector[];
  U: Vector[];
  b: Vector;
}
const row = Array.from({ length: 12 }, (_, t) => [Math.sin(t + 1)]);
/** Weights of two units over one input. */
const weightsOf = (gates: number): Weights => {
  const some = (from: number) =>
    Array.from({ length: 2 * gates }, (_, k) => Math.cos(from + 3 * k));
  return { W: [some(1)], U: [some(2), some(5)], b: some(9) };
};
const times = (row: Vector, matrix: Vector[]): Vector =>
  matrix[0]!.map((_, j) => row.reduce((sum, value, i) => sum + value * matrix[i]![j]!, 0));
const mul = (a: Vector, b: Vector): Vector => a.map((value, u) => value * b[u]!);
const add = (a: Vector, b: Vector): Vector => a.map((value, u) => value + b[u]!);

describe('03.3, a cell with two gates', () => {
  const weights = weightsOf(3);
  const step =
    (form: 'right' | 'after' | 'swapped' | 'r first') =>
    (x: Vector, h: Vector, { W, U, b }: Weights): Vector => {
      const [input, state] = [add(times(x, W), b), times(h, U)];
      const gates = add(input, state).map(sigmoid);
      const [first, second] = [gates.slice(0, 2), gates.slice(2, 4)];
      const [z, r] = form === 'r first' ? [second, first] : [first, second];
      const seen = form === 'after' ? mul(r, state.slice(4)) : times(mul(r, h), U).slice(4);
      const candidate = add(input.slice(4), seen).map(Math.tanh);
      const [kept, fresh] = form === 'swapped' ? [candidate, h] : [h, candidate];
      return kept.map((value, u) => z[u]! * value + (1 - z[u]!) * fresh[u]!);
    };
  let h = [0, 0];
  const states = row.map((x) => (h = step('right')(x, h, weights)));
  const given = { row, weights, states };

  it('takes a right one', () => {
    expect(isRight('03.3', step('right'), given)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['before the recurrent product', step('after')],
    ['what does z keep', step('swapped')],
    ['in the order z, r, h', step('r first')],
    ['the next state: 2 numbers', () => undefined],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('03.3', answer, given)).toContain(hint);
  });
});

describe('03.4, the way back through the gates', () => {
  const weights = weightsOf(4);
  const forward = (row: Vector[]) => {
    let state = { h: [0, 0], c: [0, 0] };
    return row.map((x) => {
      const z = add(add(times(x, weights.W), times(state.h, weights.U)), weights.b);
      const [i, f, o] = [0, 2, 6].map((from) => z.slice(from, from + 2).map(sigmoid));
      const candidate = z.slice(4, 6).map(Math.tanh);
      const c = add(mul(f!, state.c), mul(i!, candidate));
      state = { h: mul(o!, c.map(Math.tanh)), c };
      return { i: i!, f: f!, candidate, o: o!, ...state };
    });
  };
  /** The sum of the last state where input t is another. */
  const sumAt = (t: number, by: number) => {
    const moved = row.map(([x], at) => [at === t ? x! + by : x!]);
    return forward(moved)
      .at(-1)!
      .h.reduce((sum, value) => sum + value);
  };
  const gradients = row.map((_, t) => [(sumAt(t, 1e-5) - sumAt(t, -1e-5)) / 2e-5]);
  const steps = forward(row);
  type Ways = { cell?: boolean; state?: boolean };
  const backward =
    ({ cell = true, state = true }: Ways = {}) =>
    (all: typeof steps, last: Vector, { W, U }: Weights): Vector[] => {
      let [dh, dc] = [last, [0, 0]];
      const found: Vector[] = [];
      [...all].reverse().forEach(({ i, f, candidate, o, c }, back) => {
        const before = all.at(-2 - back)?.c ?? [0, 0];
        const seen = c.map(Math.tanh);
        const gate = (y: Vector) => y.map((value) => value * (1 - value));
        const squash = (y: Vector) => y.map((value) => 1 - value * value);
        dc = add(dc, mul(mul(dh, o), squash(seen)));
        const dz = [
          ...mul(mul(dc, candidate), gate(i)),
          ...mul(mul(dc, back === all.length - 1 ? [0, 0] : before), gate(f)),
          ...mul(mul(dc, i), squash(candidate)),
          ...mul(mul(dh, seen), gate(o)),
        ];
        const through = (matrix: Vector[]) =>
          matrix.map((weights) => mul(weights, dz).reduce((a, b) => a + b));
        found.unshift(through(W));
        dh = state ? through(U) : [0, 0];
        dc = cell ? mul(dc, f) : [0, 0];
      });
      return found;
    };
  const given = { steps, weights, gradients };
  const right = backward()(steps, [1, 1], weights);

  it('takes what differences of the forward pass give', () => {
    expect(isRight('03.4', backward(), given)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['a list of 12 gradients', () => undefined],
    ['from a memory cell', backward({ cell: false })],
    ['from the gates', backward({ state: false })],
    ['The last step is right', backward({ cell: false, state: false })],
    ['turn them round', () => [...right].reverse()],
    ['The last step differs', () => right.map(([gradient]) => [2 * gradient!])],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('03.4', answer, given)).toContain(hint);
  });
});

describe('03.5, predict, then measure', () => {
  const windows = ['L5', 'L3', 'L1', 'L0.1', 'L0.01'];
  const blocks = ['MI_dir', 'HH', 'HH_jit'];
  const names = (blocks: string[], windows: string[]) =>
    blocks.flatMap((block) => windows.map((window) => `${block}_${window}_mean`));
  const byWindow = (windows: string[]) =>
    windows.flatMap((window) => blocks.map((block) => `${block}_${window}_mean`));
  const runs = (model: string, columns: string[], training = { epochs: 8 }) =>
    [1, 2].map((seed) => ({ config: { model, seed, training }, data: { table: { columns } } }));
  const [first] = runs('gru', names(blocks, windows));
  const right = {
    blocks: runs('gru', names([...blocks].reverse(), windows)),
    fromLong: runs('window-lstm', byWindow([...windows].reverse())),
    mixed: runs('window-lstm', byWindow(['L1', 'L0.01', 'L5', 'L0.1', 'L3'])),
  };
  const allBackwards = [...names(blocks, windows)].reverse();

  it('takes the runs', () => {
    expect(isRight('03.5', right, first)).toBe(true);
  });
  it.each([
    ['no answer yet', undefined],
    ['blocks: give runs of two seeds', {}],
    ['fromLong: give runs of two seeds', { ...right, fromLong: right.fromLong.slice(1) }],
    ['mixed: these are to be runs of window-lstm', { ...right, mixed: right.blocks }],
    ['blocks: the columns', { ...right, blocks: runs('gru', allBackwards) }],
    ['mixed: the columns', { ...right, mixed: right.fromLong }],
    ['trained otherwise', { ...right, blocks: runs('gru', [], { epochs: 9 }) }],
  ])('says "%s"', (hint, answer) => {
    expect(hintAt('03.5', answer, first)).toContain(hint);
  });
});
