import { requireTwoClasses, taskClasses, taskLabels } from './task';

const label = Uint8Array.of(0, 3, 10, 0);

it('binary: every attack is 1', () => {
  expect(taskLabels('binary', label)).toEqual(Uint8Array.of(0, 1, 1, 0));
  expect(taskClasses('binary')).toEqual(['benign', 'attack']);
});

it('multiclass: the class index, in a copy', () => {
  const labels = taskLabels('multiclass', label);
  expect(labels).toEqual(label);
  expect(labels).not.toBe(label);
  expect(taskClasses('multiclass')[10]).toBe('mirai udpplain');
});

it('asks for two classes', () => {
  expect(() => requireTwoClasses('binary', Uint8Array.of(1, 0), 'It')).not.toThrow();
  expect(() => requireTwoClasses('binary', Uint8Array.of(1, 1), 'The test set')).toThrow(
    'The test set has only rows of class attack; the binary task needs two classes or more: add files of another class, or split another way.',
  );
  expect(() => requireTwoClasses('multiclass', Uint8Array.of(4), 'It')).toThrow('gafgyt tcp');
  expect(() => requireTwoClasses('multiclass', new Uint8Array(), 'It')).toThrow('has no rows');
});
