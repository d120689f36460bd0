import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The machine, in eight letters: a folder may be shared by several, whose process ids say nothing here. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** A name may have 255 bytes, of which ours takes 40 at most. */
const MOST_BYTES = 200;
const ENDING = /\.([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.partial$/;

/**
 * The name under which a file is written before it is whole: in its folder, and of no other writer, be
 * that in this process or in another.
 */
export function partialName(path: string): string {
  const unique = randomBytes(4).toString('hex');
  return join(dirname(path), `${partialPrefix(path)}${HOST}-${process.pid}-${unique}.partial`);
}

/** What the partial names of a file begin with. */
export function partialPrefix(path: string): string {
  let name = basename(path);
  while (Buffer.byteLength(name) > MOST_BYTES) name = [...name].slice(0, -1).join('');
  return `${name}.`;
}

/** Who writes, or wrote, under such a name; undefined for other names. */
export function writerOf(
  name: string,
): { readonly isHere: boolean; readonly pid: number } | undefined {
  const [, host, pid] = ENDING.exec(name) ?? [];
  return host === undefined ? undefined : { isHere: host === HOST, pid: Number(pid) };
}
