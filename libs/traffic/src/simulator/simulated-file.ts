import { setImmediate } from 'node:timers/promises';
import { PartialFile } from '@botlab/files';
import { CaptureWriter } from '../capture/capture-writer';
import { FeatureExtractor } from '../features/extractor';
import { PacketBatch } from '../packet-batch';
import { csvSink } from '../rows/csv-sink';
import { RowBatches } from '../rows/row-batches';
import type { Cell } from './cell';
import { play } from './simulation';

/** Packets between two looks at what else there is to do, such as an interruption. */
const STRIDE = 4096;

/** CSV of the rows, or a capture of all packets. */
export type SimulatedFormat = 'csv' | 'pcap';

export interface SimulatedFileOptions {
  readonly seed: number;
  readonly rows: number;
  readonly format: SimulatedFormat;
  /** Is told now and then how many rows are done. */
  readonly onRows?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

/** How much was written. */
export interface SimulatedSize {
  readonly packets: number;
  readonly bytes: number;
}

/** What takes the packets in their turn. */
interface Writer {
  append(batch: PacketBatch, row: number): void | Promise<void>;
  /** Gives the file its name; returns its bytes. */
  close(): Promise<number>;
  abort(): void | Promise<void>;
}

/**
 * Writes one simulated capture, or the CSV of its rows; the file is whole or not there.
 *
 * The rows are those that the features of the capture give for the device's packets, but for a stretch
 * that some of the published files lack.
 *
 * @throws InputError when it cannot be written
 */
export async function writeSimulated(
  file: string,
  cell: Cell,
  { seed, rows, format, onRows, signal }: SimulatedFileOptions,
): Promise<SimulatedSize> {
  const writer = format === 'csv' ? csvWriter(file) : pcapWriter(file);
  const batch = new PacketBatch(1);
  let [packets, done] = [0, 0];
  try {
    for (const row of play(cell, { seed, rows }, batch)) {
      const pending = writer.append(batch, row);
      if (pending !== undefined) await pending;
      if (row >= 0) done = row + 1;
      if (++packets % STRIDE !== 0) continue;
      onRows?.(done);
      await setImmediate();
      signal?.throwIfAborted();
    }
    const bytes = await writer.close();
    onRows?.(done);
    return { packets, bytes };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

function csvWriter(path: string): Writer {
  const file = new PartialFile(path);
  const sink = csvSink((bytes) => file.write(bytes));
  const batches = new RowBatches(sink);
  const extractor = new FeatureExtractor();
  return {
    append: (batch, row) => {
      extractor.update(batch, 0);
      if (row < 0) return;
      return batches.append(extractor) ? batches.flush() : undefined;
    },
    close: async () => {
      await batches.end();
      file.close();
      return file.bytes;
    },
    abort: async () => {
      await sink.stop();
      file.abort();
    },
  };
}

function pcapWriter(path: string): Writer {
  const writer = new CaptureWriter(path);
  return {
    append: (batch) => writer.append(batch),
    close: () => {
      writer.close();
      return Promise.resolve(writer.bytes);
    },
    abort: () => writer.abort(),
  };
}
