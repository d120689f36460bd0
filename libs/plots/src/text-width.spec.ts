import { brokenLines, textWidth } from './text-width';

it('breaks a text between words, and leaves a long one whole', () => {
  const lines = brokenLines('one two incomprehensibilities three', textWidth('one two th'));
  expect(lines).toEqual(['one two', 'incomprehensibilities', 'three']);
  expect(brokenLines('one two', 100)).toEqual(['one two']);
  expect(brokenLines('', 100)).toEqual(['']);
});

it('breaks Chinese between any two characters, but not before a sign', () => {
  expect(brokenLines('从数据包到判定，LSTM', 5)).toEqual(['从数据包到', '判定，', 'LSTM']);
  expect(brokenLines('数据包的判定，以及', 6)).toEqual(['数据包的判', '定，以及']);
});
