import { parentPort, type TransferListItem } from 'node:worker_threads';

/** What rows are made into. */
export interface Encoded {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a worker answers: the rows' memory goes back with it. */
export interface Answer<T extends Encoded> {
  readonly encoded: T;
  readonly rows: Float64Array<ArrayBuffer>;
}

/** What a file that `RowCrew` starts as a worker does: it answers rows with what they are made into. */
export function serveRows<T extends Encoded>(encode: (rows: Float64Array<ArrayBuffer>) => T): void {
  const port = parentPort;
  if (port === null) throw new Error('this is a worker: start it through RowCrew');
  port.on('message', (rows: Float64Array<ArrayBuffer> | null) => {
    if (rows === null) return port.close();
    const encoded = encode(rows);
    const moved: TransferListItem[] = [encoded.bytes.buffer, rows.buffer];
    port.postMessage({ encoded, rows } satisfies Answer<T>, moved);
  });
}
