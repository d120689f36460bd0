import { createGunzip } from 'node:zlib';
import { InputError } from '@botlab/errors';

/** Deflate makes at most 1,032 bytes of one: so much compressed input at a time bounds the memory. */
const MOST_INPUT_BYTES = 1 << 15;
const OUTPUT_BYTES = 1 << 20;

/** Whether bytes begin as gzip does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** What to tell of gzip data, once it has been read. */
export interface GzipEnd {
  /** Whether it ends too early; all that it held until there was given. */
  isCut: boolean;
}

/**
 * Decompresses gzip data, several members one after another too, in constant memory.
 *
 * Unlike a pipe through createGunzip it gives all bytes before those that are missing from data cut
 * short: input is written only once all output of the input before it was taken, and the end is told
 * last, so that the error about it has no output to discard.
 *
 * @param name the file, for the error
 * @param end gets whether the data were cut short
 * @throws InputError for data that are damaged
 */
export async function* gunzipped(
  source: AsyncIterable<Uint8Array>,
  name: string,
  end: GzipEnd,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  const ready: Uint8Array[] = [];
  gunzip.on('data', (bytes: Uint8Array) => ready.push(bytes));
  // It ends by itself at zeros behind the last member, as tapes have, and then takes no more.
  const ended = new Promise<void>((resolve, reject) => {
    gunzip.on('end', resolve).on('error', reject);
  });
  ended.catch(() => undefined);
  try {
    for await (const block of source) {
      for (let at = 0; at < block.length && !gunzip.readableEnded; at += MOST_INPUT_BYTES) {
        const input = block.subarray(at, at + MOST_INPUT_BYTES);
        const taken = new Promise<void>((resolve, reject) => {
          gunzip.write(input, (cause) => (cause ? reject(cause) : resolve()));
        });
        await Promise.race([taken, ended]);
        while (gunzip.readableLength > 0) await new Promise(setImmediate);
        yield* ready.splice(0);
      }
    }
    gunzip.end();
    await ended;
    yield* ready.splice(0);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'Z_BUF_ERROR') {
      end.isCut = true;
    } else if (code?.startsWith('Z_')) {
      throw new InputError(
        `Cannot read ${name}: its gzip data are damaged (${(cause as Error).message}), expected a whole gzip file; download or compress it again.`,
      );
    } else {
      throw cause;
    }
  } finally {
    gunzip.destroy();
  }
}
