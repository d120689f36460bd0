import { idleOptions } from './idle-options';

const forest = { name: 'forest', kind: 'trees' } as const;
const boosting = { name: 'boosting', kind: 'trees', watches: true } as const;
const dense = { name: 'dense', kind: 'network', watches: true } as const;

it('tells which options have no effect on what is no network', () => {
  const options = { epochs: 5, learningRate: '0.1' };
  expect(idleOptions(options, forest)).toEqual([
    '--epochs, --learning-rate: for networks, without effect on forest, whose options are set by --set',
  ]);
  expect(idleOptions(options, dense)).toEqual([]);
});

it('says nothing where there are none', () => {
  expect(idleOptions({}, forest)).toEqual([]);
});

it('tells where rows are set aside that nothing watches', () => {
  const both = { validation: '0.1', patience: '3' };
  expect(idleOptions(both, forest)).toEqual([
    '--patience: without effect on forest, which does not end early',
    '--validation: sets training rows aside that forest does not look at',
  ]);
  expect(idleOptions({ validation: '0.1' }, boosting)).toEqual([
    '--validation: sets training rows aside that boosting does not look at without --patience',
  ]);
  for (const estimator of [boosting, dense]) expect(idleOptions(both, estimator)).toEqual([]);
  expect(idleOptions({ validation: '0' }, forest)).toEqual([]);
});
