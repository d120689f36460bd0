import fs from 'node:fs';
import { createGunzip } from 'node:zlib';
import { fileError, InputError } from '@botlab/errors';

const BLOCK_BYTES = 1 << 20;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const PLUS = 43;
const MINUS = 45;
/** Header lines are some 2 kB; a "line" past this length is not one. */
const LONGEST_HEADER = 1 << 16;

/** Whether a file's name says that it is compressed with gzip. */
export function isGzip(path: string): boolean {
  return /\.gz$/i.test(path);
}

/**
 * The bytes of a file in blocks, decompressed where its name ends in .gz. Behind the compressed bytes
 * there may be zeros, which tapes and block devices pad with.
 *
 * @param onEnd is told of a compressed file how many of its bytes come before the padding
 * @throws InputError for a file that cannot be read, or that gzip cannot decompress to its last byte
 */
export async function* blocks(
  path: string,
  onEnd?: (compressedBytes: number) => void,
): AsyncGenerator<Buffer> {
  const file = fs.createReadStream(path, { highWaterMark: BLOCK_BYTES });
  const gunzip = isGzip(path) ? createGunzip({ chunkSize: BLOCK_BYTES }) : undefined;
  if (gunzip) file.on('error', (cause) => gunzip.destroy(cause)).pipe(gunzip);
  try {
    for await (const block of gunzip ?? file) yield block as Buffer;
    if (gunzip) {
      await requirePadding(path, gunzip.bytesWritten);
      onEnd?.(gunzip.bytesWritten);
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new InputError(
        `Cannot read ${path}: it is not a whole gzip file (${(cause as Error).message}); download or compress it again.`,
      );
    }
    throw fileError('read', path, cause);
  } finally {
    file.destroy();
  }
}

/** Throws unless all bytes from `start` on are 0: zlib ends at the first 0, whatever comes behind it. */
async function requirePadding(path: string, start: number): Promise<void> {
  const { size } = await fs.promises.stat(path);
  if (start === size) return;
  for await (const block of fs.createReadStream(path, { start })) {
    if ((block as Buffer).some((byte) => byte !== 0)) {
      throw new InputError(
        `Cannot read ${path}: something else follows the gzip data that end after ${start} bytes; download or compress it again.`,
      );
    }
  }
}

/** What can be said of a CSV file without parsing its numbers. */
export interface CsvShape {
  /** Its first line, without the line end and a byte order mark. */
  readonly header: string;
  /** Its lines after the first, blank ones not counted. */
  readonly rows: number;
  /** Whether a row has an underscore or two signs in a row: DuckDB takes 1_000 and +-1 for numbers. */
  readonly hasOddNumbers: boolean;
  /** Of a compressed file, how many of its bytes come before the zeros that it is padded with. */
  readonly compressedBytes: number | undefined;
}

/**
 * Counts a CSV file's rows in one fast pass, as fast as the disk or gzip is.
 *
 * @throws InputError for a file that is empty, not text, unreadable or damaged
 */
export async function csvShape(path: string, signal?: AbortSignal): Promise<CsvShape> {
  const start: Buffer[] = [];
  let bytes = 0;
  let headerBytes = -1;
  let lines = 0;
  let lineBytes = 0;
  let lastByte = 0;
  let hasOddNumbers = false;
  let compressedBytes: number | undefined;
  for await (const block of blocks(path, (end) => (compressedBytes = end))) {
    signal?.throwIfAborted();
    requireText(path, block, bytes === 0);
    if (headerBytes < 0 && bytes < LONGEST_HEADER) start.push(block);
    const isSplit = lastByte === PLUS && block[0] === MINUS;
    let from = 0;
    for (let end = block.indexOf(LINE_FEED); end >= 0; end = block.indexOf(LINE_FEED, from)) {
      if (headerBytes < 0) headerBytes = bytes + end;
      lineBytes += end - from;
      if (end > from) lastByte = block[end - 1] ?? 0;
      if (lineBytes > 1 || (lineBytes === 1 && lastByte !== CARRIAGE_RETURN)) lines++;
      from = end + 1;
      lineBytes = 0;
    }
    if (headerBytes >= 0 && !hasOddNumbers) {
      const rows = block.subarray(Math.max(0, headerBytes - bytes));
      hasOddNumbers = isSplit || rows.includes('_') || rows.includes('+-');
    }
    lineBytes += block.length - from;
    lastByte = block[block.length - 1] ?? 0;
    bytes += block.length;
  }
  if (bytes === 0) {
    throw new InputError(
      `Cannot read ${path}: it is empty, expected a header and rows; download it again.`,
    );
  }
  if (lineBytes > 1 || (lineBytes === 1 && lastByte !== CARRIAGE_RETURN)) lines++;
  const text = Buffer.concat(start).toString('utf8', 0, headerBytes < 0 ? bytes : headerBytes);
  const header = text
    .slice(0, LONGEST_HEADER)
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '');
  return { header, rows: header === '' ? lines : lines - 1, hasOddNumbers, compressedBytes };
}

function requireText(path: string, block: Buffer, isFirst: boolean): void {
  const magic = isFirst ? block.toString('latin1', 0, 2) : '';
  if (magic === '\xff\xfe' || magic === '\xfe\xff') {
    throw new InputError(
      `Cannot read ${path}: it is UTF-16 text, expected UTF-8; save it as UTF-8.`,
    );
  }
  if (magic === '\x1f\x8b') {
    throw new InputError(
      `Cannot read ${path}: it is compressed with gzip, expected text; rename it to end in .csv.gz.`,
    );
  }
  if (block.includes(0)) {
    throw new InputError(
      `Cannot read ${path}: it is a binary file, expected CSV text; extract or download it again.`,
    );
  }
}

/** The lines of a text file, each with its line end; the last may have none. */
export async function* lines(path: string): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const block of blocks(path)) {
    const bytes = Buffer.concat([rest, block]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      yield bytes.toString('utf8', from, end + 1);
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
