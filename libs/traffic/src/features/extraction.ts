import type { Readable } from 'node:stream';
import { InputError } from '@botlab/errors';
import { count } from '@botlab/text';
import type { CaptureTotals } from '../capture/capture-decoder';
import { readCapture } from '../capture/capture-file';
import { captureName, requireCaptures } from '../capture/capture-source';
import { FeatureExtractor, type StreamCounts } from './extractor';
import { macText } from '../mac-address';
import type { PacketBatch } from '../packet-batch';
import { RowBatches } from '../rows/row-batches';
import type { RowSink } from '../rows/row-sink';
import { SenderCensus } from './sender-census';

export interface ExtractionOptions {
  /** Write only rows of packets that this MAC address (48 bits) sent; the statistics see every packet. */
  readonly mac?: number;
  /** As in `ExtractorOptions`. */
  readonly idle?: number;
  /** Refuse captures that are cut short or damaged, of which else what lies before that is read. */
  readonly strict?: boolean;
  readonly onProgress?: (progress: ExtractionProgress) => void;
  readonly signal?: AbortSignal;
  /** What "-" stands for: standard input. */
  readonly input?: Readable;
}

export interface ExtractionProgress {
  /** Packets read. */
  readonly packets: number;
  /** Bytes read of the files as they are stored. */
  readonly bytes: number;
  /** Undefined where one of the captures is a stream. */
  readonly totalBytes: number | undefined;
}

/** What an extraction read and wrote. */
export interface Extraction {
  readonly packets: number;
  readonly rows: number;
  /** Packets that could not be read and were left out. */
  readonly malformed: number;
  /** How many of them, by what ails them. */
  readonly reasons: CaptureTotals['reasons'];
  readonly captures: readonly (CaptureTotals & { readonly name: string })[];
  /** The streams that were kept until the end, and those forgotten for being idle. */
  readonly streams: StreamCounts;
  readonly dropped: StreamCounts;
  /** Sentences about what is odd: captures that are cut, damaged, or not in the order of time. */
  readonly notes: readonly string[];
}

/**
 * Reads captures one after the other, as one recording in the order given (the statistics go on from
 * file to file), and hands the rows of the 115 features to `sink`, in constant memory but for the streams'
 * statistics.
 *
 * @param captures paths, or "-" for standard input
 * @throws InputError for a capture that cannot be read, or with `strict` not to its end, for captures
 *   without any packet, and for a `mac` that sent none
 */
export async function extractFeatures(
  captures: readonly string[],
  sink: RowSink,
  { mac, idle, strict = false, onProgress, signal, input }: ExtractionOptions = {},
): Promise<Extraction> {
  const totalBytes = requireCaptures(captures);
  const extractor = new FeatureExtractor({ idle });
  const batches = new RowBatches(sink);
  const senders = new SenderCensus();
  const read: Extraction['captures'][number][] = [];
  const notes: string[] = [];
  let [bytesBefore, bytes, end] = [0, 0, -Infinity];
  const tell = (): void => onProgress?.({ packets: extractor.packets, bytes, totalBytes });

  const take = async (batch: PacketBatch): Promise<void> => {
    for (let i = 0; i < batch.size; i++) {
      extractor.update(batch, i);
      if (mac !== undefined && batch.sourceMac[i] !== mac) {
        if (batches.rows === 0) senders.add(batch, i); // only asked for while there is no row
        continue;
      }
      if (batches.append(extractor)) await batches.flush();
    }
    end = batch.time[batch.size - 1]!;
    tell();
  };

  for (const [i, capture] of captures.entries()) {
    const name = captureName(capture);
    let isBegun = false;
    const onBatch = (batch: PacketBatch): Promise<void> => {
      if (!isBegun && batch.time[0]! < end) {
        notes.push(
          `${name} begins before ${captureName(captures[i - 1]!)} ends: captures are read as one recording, expected in the order of time.`,
        );
      }
      isBegun = true;
      return take(batch);
    };
    const onBytes = (done: number): void => {
      bytes = bytesBefore + done;
      tell();
    };
    const totals = await readCapture(capture, { onBatch, onProgress: onBytes, signal, input });
    read.push({ name, ...totals });
    if (totals.damage !== null) {
      if (strict) throw incomplete(totals.damage);
      notes.push(`${totals.damage}; all before it was read.`);
    }
    bytesBefore = bytes;
  }
  const malformed = read.reduce((sum, totals) => sum + totals.malformed, 0);
  const reasons = summed(read);
  if (extractor.packets === 0) throw noPackets(read, malformed, reasons);
  if (batches.rows === 0) throw noRows(mac!, extractor.packets, senders.most());
  await batches.end();
  const { packets, streams, dropped } = extractor;
  const rows = batches.rows;
  return { packets, rows, malformed, reasons, captures: read, streams, dropped, notes };
}

/** The packets that ail from the same, in all captures. */
function summed(captures: Extraction['captures']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { reasons } of captures) {
    for (const [reason, n] of Object.entries(reasons)) sums[reason] = (sums[reason] ?? 0) + n;
  }
  return sums;
}

function noPackets(
  captures: Extraction['captures'],
  malformed: number,
  reasons: Extraction['reasons'],
): InputError {
  const names = captures.map(({ name }) => name).join(', ');
  const found =
    malformed === 0
      ? 'no packet'
      : `no packet that can be read, but ${count(malformed)} that cannot (${Object.keys(reasons).join('; ')})`;
  return new InputError(`Cannot extract from ${names}: it holds ${found}; name another capture.`);
}

function incomplete(damage: string): InputError {
  return new InputError(
    `Cannot extract from a capture that is not whole: ${damage}; capture or download it again, or leave --strict out.`,
  );
}

function noRows(mac: number, packets: number, senders: string): InputError {
  const hint =
    senders === ''
      ? 'the links have no MAC addresses, leave --mac out'
      : `those that sent the most are ${senders}`;
  return new InputError(
    `Cannot extract the packets of ${macText(mac)}: it sent none of the ${count(packets)}; ${hint}.`,
  );
}
