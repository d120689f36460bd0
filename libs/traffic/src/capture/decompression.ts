import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { InputError } from '@botlab/errors';

/** Kept back until the data end, so that an error there takes little with it: see below. */
const TAIL_BYTES = 1 << 15;
const TAIL_PIECE_BYTES = 64;
const OUTPUT_BYTES = 1 << 20;

/** `bytesWritten` counts the input that it made use of. */
type Decompressor = Transform & { readonly bytesWritten: number };
type Create = (options: { chunkSize: number }) => Decompressor;

/** The types of Node.js 20 do not know it. */
const { createZstdDecompress } = zlib as typeof zlib & { readonly createZstdDecompress?: Create };

/** A way in which a capture may be compressed. */
export interface Compression {
  readonly name: 'gzip' | 'zstd';
  /** So much compressed input at a time bounds the memory that its output takes. */
  readonly pieceBytes: number;
  /** Undefined where this Node.js has no decompressor for it. */
  readonly create: Create | undefined;
}

/** Deflate makes at most 1,032 bytes of one (RFC 1952). */
const gzip: Compression = { name: 'gzip', pieceBytes: 1 << 15, create: zlib.createGunzip };
/** Zstandard makes up to 32,768 bytes of one: a block of 128 KiB takes four (RFC 8878). */
const zstd: Compression = { name: 'zstd', pieceBytes: 1 << 10, create: createZstdDecompress };

/** How bytes are compressed, by the first four of them; undefined where they are not. */
export function compressionOf(bytes: Uint8Array): Compression | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gzip;
  const isZstd = bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
  return isZstd ? zstd : undefined;
}

/** What to tell of compressed data, once they have been read. */
export interface CompressedEnd {
  /** What is wrong where they are cut short or damaged, in words behind the file's name; else null. */
  fault: string | null;
}

/**
 * Decompresses data, several members or frames one after another too, in constant memory.
 *
 * Unlike a pipe through a decompressor it gives the bytes before those that are missing or damaged:
 * input is written only once all output of the input before it was taken, since an error discards
 * what its own input gave; so the last input is written in small pieces, and the end is told last.
 *
 * @param name the file, for the error
 * @param end gets whether the data were cut short or damaged
 * @throws InputError where this Node.js cannot decompress them
 */
export async function* decompressed(
  source: AsyncIterable<Uint8Array>,
  { name: format, pieceBytes, create }: Compression,
  name: string,
  end: CompressedEnd,
): AsyncGenerator<Uint8Array> {
  if (create === undefined) {
    throw new InputError(
      `Cannot read ${name}: it is compressed with ${format}, which Node.js decompresses from 22.15 on, and this is ${process.version}; decompress it first, with "zstd -d", or use a newer Node.js.`,
    );
  }
  const decompressor = create({ chunkSize: OUTPUT_BYTES });
  const ready: Uint8Array[] = [];
  decompressor.on('data', (bytes: Uint8Array) => ready.push(bytes));
  let given = 0;
  const ended = new Promise<void>((resolve, reject) => {
    decompressor.on('end', resolve).on('error', reject);
  });
  ended.catch(() => undefined);
  try {
    for await (const input of pieces(source, pieceBytes)) {
      // It stops by itself where no further member begins; zeros, as tapes have, may follow.
      const hasStopped = decompressor.bytesWritten < given;
      given += input.length;
      if (!hasStopped) {
        await written(decompressor, input, ended);
        yield* ready.splice(0);
      }
      const unused = Math.min(given - decompressor.bytesWritten, input.length);
      if (input.subarray(input.length - unused).some((byte) => byte !== 0)) {
        end.fault = `holds something else behind its ${format} data`;
      }
    }
    decompressor.end();
    await ended;
    yield* ready.splice(0);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (!/^(Z_|ZSTD_)/.test(code)) throw cause;
    yield* ready.splice(0);
    end.fault =
      code === 'Z_BUF_ERROR'
        ? `ends within its ${format} data`
        : `has damaged ${format} data (${message})`;
  } finally {
    decompressor.destroy();
  }
}

/** Writes input and waits until all of its output was given out. */
async function written(
  decompressor: Decompressor,
  input: Uint8Array,
  ended: Promise<void>,
): Promise<void> {
  const taken = new Promise<void>((resolve, reject) => {
    decompressor.write(input, (cause) => (cause ? reject(cause) : resolve()));
  });
  await Promise.race([taken, ended]);
  while (decompressor.readableLength > 0) await new Promise(setImmediate);
}

/** The bytes in pieces of a size, the last {@link TAIL_BYTES} of them in small ones. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let kept = new Uint8Array(0);
  for await (const block of source) {
    const bytes = Buffer.concat([kept, block]);
    let at = 0;
    for (; bytes.length - at >= size + TAIL_BYTES; at += size) yield bytes.subarray(at, at + size);
    kept = bytes.subarray(at);
  }
  for (let at = 0; at < kept.length; at += TAIL_PIECE_BYTES) {
    yield kept.subarray(at, at + TAIL_PIECE_BYTES);
  }
}
