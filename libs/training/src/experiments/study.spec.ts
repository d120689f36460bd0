import { resolve } from 'node:path';
import { parseStudy } from './study';

const parse = (study: object | string, path = '/studies/scalers.json') =>
  parseStudy(path, typeof study === 'string' ? study : JSON.stringify(study, null, 2));

it('is of the simplest file a table of models with their defaults', () => {
  expect(parse({ variants: ['dense', 'gru'] })).toEqual({
    experiment: 'scalers',
    profile: 'quick',
    data: {},
    training: {},
    variants: [
      { id: 'dense', model: 'dense', options: {} },
      { id: 'gru', model: 'gru', options: {} },
    ],
    tasks: ['binary', 'multiclass'],
    seeds: [1],
    resample: false,
    transfer: [],
  });
});

it('names variants by their options, and crosses them with scalers and splits', () => {
  const { variants } = parse({
    variants: [{ model: 'dense', options: { units: [8] }, seeds: 2 }],
    scalers: ['log', 'quantile'],
    splits: ['row', { split: 'device', heldOut: ['Ennio_Doorbell'] }, 'family'],
  });
  expect(variants.map(({ id }) => id)).toEqual([
    'dense-units=8-log-row',
    'dense-units=8-log-device-Ennio_Doorbell',
    'dense-units=8-log-family',
    'dense-units=8-quantile-row',
    'dense-units=8-quantile-device-Ennio_Doorbell',
    'dense-units=8-quantile-family',
  ]);
  expect(variants[1]).toEqual({
    id: 'dense-units=8-log-device-Ennio_Doorbell',
    model: 'dense',
    options: { units: [8] },
    seeds: [1, 2],
    data: { scaler: 'log', split: 'device', heldOut: ['Ennio_Doorbell'] },
  });
  // No model can name attacks of a family that it never saw.
  expect(variants.map(({ tasks }) => tasks)).toEqual([
    undefined,
    undefined,
    ['binary'],
    undefined,
    undefined,
    ['binary'],
  ]);
});

it('has in YAML what it has in JSON, and folders from where it lies', () => {
  const study = parse(
    [
      'title: Ablations',
      'folder: ../rows',
      'training: { epochs: 3 }',
      'seeds: [4, 5]',
      'variants:',
      '  - dense # a comment',
      '  - { id: narrow, model: dense, options: { units: [8] }, title: Narrow }',
      'transfer: [../genuine]',
    ].join('\n'),
    '/studies/ablations.yaml',
  );
  expect(study).toMatchObject({
    experiment: 'ablations',
    title: 'Ablations',
    source: { kind: 'csv', folder: resolve('/rows') },
    training: { epochs: 3 },
    seeds: [4, 5],
    variants: [{ id: 'dense' }, { id: 'narrow', title: 'Narrow' }],
    transfer: [{ name: 'genuine', source: { kind: 'csv', folder: resolve('/genuine') } }],
  });
});

const dense = { variants: ['dense'] };
it.each<[string, object | string, RegExp]>([
  ['no JSON', '{"variants": [', /scalers\.json, line 1: it is neither JSON nor YAML/],
  ['a list', '[]', /^\/studies\/scalers\.json, line 1: .*object/],
  ['no variant', {}, /line 1 \(variants\): expected a list that is not empty/],
  ['an empty list of variants', { variants: [] }, /expected at least one variant, not \[\]\.$/],
  [
    'a number out of range',
    { ...dense, training: { epochs: 0 } },
    /line 6 \(training\.epochs\): expected a whole number of 1 or more, not 0\.$/,
  ],
  [
    'a number out of range in a variant',
    { variants: [{ model: 'dense', training: { validation: 0.7 } }] },
    /\(variants\[0\]\.training\.validation\): expected a number from 0 to 0\.5, not 0\.7\.$/,
  ],
  [
    'an option out of range',
    { variants: [{ model: 'forest', options: { trees: 0 } }] },
    /Cannot set the option "trees" of forest to 0: expected a whole number from 1 to 10000\.$/,
  ],
  [
    'an unknown field',
    { ...dense, scaler: 'log' },
    /line 5 \(scaler\): .*did you mean "scalers"\?/,
  ],
  [
    'an unknown field of the rows',
    { ...dense, data: { sampel: { rows: 9 } } },
    /\(data\.sampel\): .*did you mean "sample"/,
  ],
  [
    'an unknown model',
    { variants: ['gru', 'densee'] },
    /^\/studies\/scalers\.json, line 4 \(variants\[1\]\.model\): Unknown model "densee": .*did you mean "dense"\?$/,
  ],
  [
    'an unknown option',
    { variants: [{ model: 'dense', options: { unit: [8] } }] },
    /line 5 \(variants\[0\]\.options\): Unknown option of dense "unit": .*did you mean "units"/,
  ],
  [
    'a wrong value of an option',
    { variants: [{ model: 'dense', options: { units: 'big' } }] },
    /\(variants\[0\]\.options\): Cannot set the option "units" of dense to "big": expected a list/,
  ],
  [
    'an unknown scaler',
    { ...dense, scalers: ['log', 'min-mx'] },
    /line 7 \(scalers\[1\]\): Unknown scalers "min-mx": .*did you mean "min-max"/,
  ],
  [
    'an unknown scaler of a variant',
    { variants: [{ model: 'dense', data: { scaler: 'logg' } }] },
    /\(variants\[0\]\.data\.scaler\): Unknown scaler "logg": .*did you mean "log"/,
  ],
  [
    'an unknown split',
    { ...dense, splits: ['rwo'] },
    /\(splits\[0\]\.split\): Unknown split "rwo": .*did you mean "row"/,
  ],
  ['an unknown profile', { ...dense, profile: 'papr' }, /\(profile\): .*did you mean "paper"/],
  [
    'an unknown task',
    { ...dense, tasks: ['binry'] },
    /\(tasks\[0\]\): Unknown tasks "binry".*"binary"/,
  ],
  [
    'an id twice',
    { variants: ['dense', { model: 'gru', id: 'Dense' }] },
    /line 4 \(variants\[1\]\): the variant "Dense" is there twice/,
  ],
  [
    'an id that leaves the folder',
    { variants: [{ model: 'dense', id: '../x' }] },
    /\(variants\[0\]\): Cannot name a variant "\.\.\/x"/,
  ],
  ['a seed twice', { ...dense, seeds: [1, 1] }, /\(seeds\): a seed is there twice/],
  ['no seed', { ...dense, seeds: 0 }, /\(seeds\): expected a list of seeds, or how many/],
  [
    'a sample that is none',
    { ...dense, data: { sample: { row: 9 } } },
    /\(data\.sample.*\): expected \{"rows": N\}/,
  ],
  [
    'training that does not go together',
    { variants: [{ model: 'dense', training: { earlyStopping: { patience: 2 } } }] },
    /\(variants\[0\]\.training\.earlyStopping\): needs rows to watch/,
  ],
  [
    'a seed of the rows of one variant',
    { variants: [{ model: 'dense', data: { seed: 2 } }] },
    /\(variants\[0\]\.data\.seed\): Unknown field "seed"/,
  ],
  [
    'what an estimator cannot do',
    { variants: ['isolation-forest'] },
    /\(variants\[0\]\.model\): Cannot train isolation-forest on the multiclass task: .*; give it "tasks": \["binary"\]\.$/,
  ],
])('refuses %s, and says where', (_, study, why) => {
  expect(() => parse(study)).toThrow(why);
});

it('takes an estimator where the study asks for what it can do', () => {
  const { variants } = parse({ variants: [{ model: 'isolation-forest', tasks: ['binary'] }] });
  expect(variants[0]).toMatchObject({ tasks: ['binary'] });
});
