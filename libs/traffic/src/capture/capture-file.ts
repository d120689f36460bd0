import fs from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { fileError, InputError } from '@botlab/errors';
import { CaptureDecoder, type CaptureTotals } from './capture-decoder';
import { captureName } from './capture-source';
import { type CompressedEnd, compressionOf, decompressed } from './decompression';
import type { PacketBatch } from '../packet-batch';

const BLOCK_BYTES = 1 << 20;

export interface ReadCaptureOptions {
  /** Gets the packets; the batch is filled again once what this returns is settled. */
  readonly onBatch: (batch: PacketBatch) => void | Promise<void>;
  /** Is told how many bytes of the file are read, and how many there are unless it is a stream. */
  readonly onProgress?: (bytesDone: number, bytesTotal: number | undefined) => void;
  readonly signal?: AbortSignal;
  /** What "-" stands for: standard input. */
  readonly input?: Readable;
}

/**
 * Reads a capture, pcap or pcapng, also compressed with gzip or zstd, packet by packet in constant
 * memory.
 *
 * Packets of a stream are given as they come. A capture that is cut short or damaged behind its first
 * packet is no error: see {@link CaptureTotals.damage}.
 *
 * @param path the file, or "-" for standard input
 * @throws InputError for a file that cannot be read, is no capture or is damaged from the beginning
 */
export async function readCapture(
  path: string,
  { onBatch, onProgress, signal, input = process.stdin }: ReadCaptureOptions,
): Promise<CaptureTotals> {
  signal?.throwIfAborted();
  const name = captureName(path);
  const decoder = new CaptureDecoder({ name });
  const compressed: CompressedEnd = { fault: null };
  const blocks = path === '-' ? streamBlocks(input, signal) : fileBlocks(path, onProgress);
  for await (const bytes of plainBlocks(blocks, name, compressed)) {
    for (const batch of decoder.batches(bytes)) {
      signal?.throwIfAborted();
      await onBatch(batch);
    }
    signal?.throwIfAborted();
    if (decoder.isDamaged) return decoder.totals;
  }
  const { fault } = compressed;
  if (fault !== null && decoder.totals.packets === 0) {
    throw new InputError(
      `Cannot read ${name}: it ${fault} before its first packet; download or compress it again.`,
    );
  }
  decoder.end();
  const { totals } = decoder;
  if (fault === null) return totals;
  return { ...totals, damage: `${name} ${fault}, behind byte ${totals.bytes} of the capture` };
}

/** The blocks, decompressed where they begin as compressed data do. */
async function* plainBlocks(
  blocks: AsyncGenerator<Uint8Array>,
  name: string,
  end: CompressedEnd,
): AsyncGenerator<Uint8Array> {
  let first = new Uint8Array(0);
  for await (const block of blocks) {
    first = Buffer.concat([first, block]);
    if (first.length < 4) continue;
    const all = chained(first, blocks);
    const compression = compressionOf(first);
    yield* compression ? decompressed(all, compression, name, end) : all;
    return;
  }
  yield first;
}

async function* chained(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** A file's blocks, each in the memory of the one before. */
async function* fileBlocks(
  path: string,
  onProgress: ReadCaptureOptions['onProgress'],
): AsyncGenerator<Uint8Array> {
  const file = await fs.open(path).catch((cause: unknown) => {
    throw fileError('read', path, cause);
  });
  try {
    const stat = await file.stat();
    const total = stat.isFile() ? stat.size : undefined;
    const block = new Uint8Array(BLOCK_BYTES);
    let done = 0;
    onProgress?.(done, total);
    for (;;) {
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES).catch((cause: unknown) => {
        throw fileError('read', path, cause);
      });
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
      done += bytesRead;
      onProgress?.(done, total);
    }
  } finally {
    await file.close();
  }
}

async function* streamBlocks(
  input: Readable,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const block of signal ? addAbortSignal(signal, input) : input) {
      yield block as Uint8Array;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof InputError) throw cause;
    throw fileError('read', captureName('-'), cause);
  }
}
