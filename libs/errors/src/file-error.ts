import { InputError } from './input-error';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; choose a folder you may use, or change its permissions',
  EPERM: 'permission denied; choose a folder you may use, or change its permissions',
  EROFS: 'the file system is read-only; choose another folder',
  ENOSPC: 'the disk is full; free some space, then run the same command again',
  EDQUOT: 'your disk quota is used up; free some space, then run the same command again',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another path',
  EISDIR: 'it is a folder; name a file',
  EEXIST: 'a file of that name is in the way; remove it or choose another path',
  ENOENT: 'it does not exist; check the path',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  EIO: 'the disk reported an input/output error; check the disk',
};

/**
 * The one-sentence error for a file-system failure, or `cause` itself when it is not one.
 *
 * @param action what was tried, such as "write"
 * @param path the file or folder it was tried on
 */
export function fileError(action: string, path: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  const reason = code === undefined ? undefined : reasons[code];
  return reason === undefined ? cause : new InputError(`Cannot ${action} ${path}: ${reason}.`);
}
