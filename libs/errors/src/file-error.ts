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
  ENAMETOOLONG: 'the name is too long; choose a shorter one (most systems take 255 bytes)',
  ELOOP: 'its symbolic links lead in a circle; mend them or choose another path',
  EFBIG:
    'it grew past the largest file allowed; raise the limit (ulimit -f) or choose another disk',
  EMFILE: 'too many files are open; raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine; close other programs',
  EBUSY: 'it is in use; close what uses it or choose another path',
  ETXTBSY: 'it is a program that runs; choose another path',
  ENOTEMPTY: 'the folder has files in it; choose another path',
  EXDEV: 'it lies on another disk than its folder; choose another path',
  EINVAL: 'the file system takes no such name or file; choose another path',
  EILSEQ: 'the file system takes no such name; choose another path',
  ENXIO: 'it is a pipe or device that nothing answers; choose another path',
  ENODEV: 'its device is missing; choose another path',
  ENOTSUP: 'the file system cannot do it; choose another disk',
  EOPNOTSUPP: 'the file system cannot do it; choose another disk',
  EIO: 'the disk reported an input/output error; check the disk',
  ESTALE: 'its network drive has forgotten it; mount the drive again',
  ETIMEDOUT: 'its drive does not answer; check the connection',
  ENOTCONN: 'its drive is not connected; mount it again',
  EHOSTDOWN: 'its drive does not answer; check the connection',
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
