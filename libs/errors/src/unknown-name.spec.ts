import { fileError, InputError, unknownName } from './index';

describe('unknownName', () => {
  it('suggests the nearest choice', () => {
    expect(unknownName('model', 'lstn', ['dense', 'lstm']).message).toBe(
      'Unknown model "lstn": expected one of dense, lstm; did you mean "lstm"?',
    );
  });
  it('suggests nothing far away', () => {
    expect(unknownName('model', 'transformer', ['dense', 'gru']).message).toBe(
      'Unknown model "transformer": expected one of dense, gru.',
    );
  });
});

describe('fileError', () => {
  it('says what to do about a full disk', () => {
    const error = fileError('write', '/x/y', Object.assign(new Error('no'), { code: 'ENOSPC' }));
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toBe(
      'Cannot write /x/y: the disk is full; free some space, then run the same command again.',
    );
  });
  it('passes on what is not about files', () => {
    const bug = new TypeError('a bug');
    expect(fileError('write', '/x', bug)).toBe(bug);
  });
});
