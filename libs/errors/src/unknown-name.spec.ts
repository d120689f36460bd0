import { unknownName } from './index';

describe('unknownName', () => {
  it('suggests the nearest choice', () => {
    expect(unknownName('model', 'lstn', ['dense', 'lstm']).message).toBe(
      'Unknown model "lstn": expected one of dense, lstm; did you mean "lstm"?',
    );
  });
  it('lists a few of many', () => {
    const names = Array.from({ length: 115 }, (_, i) => `column-${i}`);
    expect(unknownName('column', 'colum-7', names).message).toBe(
      'Unknown column "colum-7": expected one of 115, such as column-0, column-1, column-2; did you mean "column-7"?',
    );
  });
  it('suggests nothing far away', () => {
    expect(unknownName('model', 'transformer', ['dense', 'gru']).message).toBe(
      'Unknown model "transformer": expected one of dense, gru.',
    );
  });
});
