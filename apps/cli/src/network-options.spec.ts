import { idleOptions } from './network-options';

const forest = { name: 'forest', kind: 'trees' } as const;

it('tells which options have no effect on what is no network', () => {
  const options = { epochs: 5, learningRate: '0.1' };
  expect(idleOptions(options, forest)).toBe(
    '--epochs, --learning-rate: for networks, without effect on forest, whose options are set by --set',
  );
  expect(idleOptions(options, { name: 'dense', kind: 'network' })).toBeUndefined();
});

it('says nothing where there are none', () => {
  expect(idleOptions({}, forest)).toBeUndefined();
});
