import { isRight } from '../../../notebooks/check';
import { hintAt } from './hint';

const layer = (className: string, more: object = {}) => ({
  getClassName: () => className,
  countParams: () => 736,
  ...more,
});

interface RunLike {
  readonly layers: readonly object[];
  readonly params?: number;
  readonly seed?: number;
}

/** What the checks look at of a run. */
function run({ layers, params = 18_219, seed = 1 }: RunLike) {
  const shared = {
    kind: 'network',
    data: { seed: 1 },
    training: { epochs: 5 },
    task: 'multiclass',
  };
  return { config: { ...shared, seed }, metrics: { params }, model: { layers } };
}

// Two windows a statistic, so that windows are told by odd and even.
const features = Array.from({ length: 10 }, (_, i) => ({ window: `L${i % 5}` }));
const windows = Array.from({ length: 5 }, (_, w) => [w, w + 5]);
const tokens = (columns: readonly number[][]) => layer('FeatureTokens', { columns });
const encoder = [layer('PositionEmbedding'), layer('SelfAttention')];
const bert = run({ layers: [tokens([[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]), ...encoder] }); // prettier-ignore

describe('07.1, heads', () => {
  it('takes the same number thrice', () => {
    expect(isRight('07.1', [18_219, 18_219, 18_219], 18_219)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [[18_219], 'three whole numbers'],
    [[1, 18_219, 18_219], 'countParameters'],
    [[18_219, 6_000, 30_000], 'What shape have the kernels'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('07.1', answer, 18_219)).toContain(hint);
  });
});

describe('07.2, other tokens', () => {
  const given = { run: bert, features };

  it('takes the windows as tokens', () => {
    expect(isRight('07.2', run({ layers: [tokens(windows), ...encoder] }), given)).toBe(true);
  });
  it.each<[string, unknown, string]>([
    ['none', undefined, 'no answer yet'],
    ['a promise', Promise.resolve(), 'did you await it'],
    ['another seed', run({ layers: [tokens(windows)], seed: 2 }), 'Its seed is another'],
    ['no tokens', run({ layers: encoder }), 'no FeatureTokens'],
    ['the notebook’s run', bert, '2 tokens, and there are 5'],
    ['neighbours', run({ layers: [tokens([[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]])] }), 'Token 1 has'], // prettier-ignore
    ['columns left out', run({ layers: [tokens([[0], [1], [2], [3], [4]])] }), 'in no token'],
    ['no attention', run({ layers: [tokens(windows)] }), 'Nothing in it is attention'],
  ])('says what is wrong with %s', (_, answer, hint) => {
    expect(hintAt('07.2', answer, given)).toContain(hint);
  });
});

describe('07.3, McNemar', () => {
  // 12 rows that only the first has right, 3 that only the second has, 5 that both have.
  const truth = Array<string>(20).fill('benign');
  const answers = (isRightAt: (row: number) => boolean) => {
    return { truth, prediction: truth.map((name, row) => (isRightAt(row) ? name : 'mirai udp')) };
  };
  const given = [answers((row) => row < 17), answers((row) => row < 5 || row >= 17)];
  const counts = { onlyBert: 12, onlyCnn: 3 };

  it.each([
    ['exact', 0.03515625],
    ['by χ² with continuity correction', 0.0388671],
  ])('takes the p-value %s', (_, p) => {
    expect(isRight('07.3', { ...counts, p }, given)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [counts, 'three numbers'],
    [{ onlyBert: 3, onlyCnn: 12, p: 0.035 }, 'swapped'],
    [{ onlyBert: 17, onlyCnn: 8, p: 0.035 }, 'a row counts where'],
    [{ ...counts, p: 0.0201 }, 'correct for it'],
    [{ ...counts, p: 0.0176 }, 'either of the two'],
    [{ ...counts, p: 0.5 }, 'how likely'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('07.3', answer, given)).toContain(hint);
  });
});

describe('07.4, no position embedding', () => {
  const set = (params: number) =>
    run({ layers: [tokens([[0]]), layer('SelfAttention')], params }); // prettier-ignore

  it('takes a run without', () => {
    expect(isRight('07.4', set(18_219 - 736), bert)).toBe(true);
  });
  it.each<[string, unknown, string]>([
    ['none', undefined, 'no answer yet'],
    ['the notebook’s run', bert, 'still has a PositionEmbedding'],
    ['another width', set(9_000), 'More than the position embedding'],
  ])('says what is wrong with %s', (_, answer, hint) => {
    expect(hintAt('07.4', answer, bert)).toContain(hint);
  });
});

describe('07.5, pre-training', () => {
  const right = { errors: [0.8, 0.3], scratch: 0.6, pretrained: 0.62 };

  it('takes errors that fall, whoever is ahead', () => {
    expect(isRight('07.5', right, 0.88)).toBe(true);
    expect(isRight('07.5', { ...right, scratch: 0.7 }, 0.88)).toBe(true);
  });
  it.each([
    [undefined, 'no answer yet'],
    [{ ...right, errors: [0.3] }, 'of two at least'],
    [{ ...right, scratch: 60 }, 'fractions'],
    [{ ...right, errors: [0.8, 0.8] }, 'does not fall'],
    [{ ...right, errors: [0.8, 0.001] }, 'see what is hidden'],
    [{ ...right, pretrained: 0.95 }, 'above the ceiling'],
    [{ ...right, scratch: 0.1 }, 'many epochs'],
  ])('says what is wrong with %j', (answer, hint) => {
    expect(hintAt('07.5', answer, 0.88)).toContain(hint);
  });
});
