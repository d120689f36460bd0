import { constants } from 'node:os';
import { fileError, InputError } from './index';

const refusal = (code: string): unknown =>
  fileError('write', '/x/y', Object.assign(new Error('no'), { code }));

it('says what to do about a full disk', () => {
  expect(refusal('ENOSPC')).toEqual(
    new InputError(
      'Cannot write /x/y: the disk is full; free some space, then run the same command again.',
    ),
  );
});

/** What a program brings on itself, by the groups of errno(3). */
const FAULTS_OF_PROGRAMS = [
  /^E(2BIG|AGAIN|WOULDBLOCK|BADF|BADMSG|CANCELED|CHILD|DEADLK|DOM|FAULT|IDRM|INPROGRESS|INTR|ISCONN|ALREADY)$/,
  /^E(MLINK|MULTIHOP|NOEXEC|NOLCK|NOLINK|NOMSG|NOSR|NOSTR|NOTTY|NOSYS|NOMEM|OVERFLOW|PIPE|PROTO|RANGE|SPIPE|SRCH|TIME|NODATA)$/,
  // sockets
  /^E(ADDRINUSE|ADDRNOTAVAIL|AFNOSUPPORT|CONN.*|DESTADDRREQ|HOSTUNREACH|MSGSIZE|NET.*|NOBUFS|NOPROTOOPT|NOTSOCK|PROTONOSUPPORT|PROTOTYPE)$/,
];

it.each(Object.keys(constants.errno).filter((code) => /^E[A-Z0-9]+$/.test(code)))(
  'has a sentence for %s, where a file can be to blame',
  (code) => {
    const ours = FAULTS_OF_PROGRAMS.some((group) => group.test(code));
    const error = refusal(code);
    if (ours) expect(error).not.toBeInstanceOf(InputError);
    else expect((error as Error).message).toMatch(/^Cannot write \/x\/y: [^;]+; [^;]+\.$/);
  },
);

it('passes on what is not about files', () => {
  const bug = new TypeError('a bug');
  expect(fileError('write', '/x', bug)).toBe(bug);
});
