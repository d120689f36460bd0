import { FeatureExtractor } from '../features/extractor';
import { PacketBatch } from '../packet-batch';
import { FEATURES } from '../schema';
import type { Cell } from './cell';
import { putPacket } from './packet';
import { scenarioOf } from './scenario';

const WIDTH = FEATURES.length;

export interface SimulationOptions {
  readonly seed: number;
  /** How many rows to make; those of the published file where it is left out. */
  readonly rows?: number;
}

/**
 * Plays a capture packet by packet until the device has sent as many packets as the file has rows.
 *
 * @param batch holds each packet in its turn
 * @returns for each packet the row that it gives (-1: none)
 */
export function* play(
  cell: Cell,
  { seed, rows = cell.rows }: SimulationOptions,
  batch: PacketBatch,
): Generator<number, void, void> {
  const { packets, givesRow } = scenarioOf(cell, seed);
  batch.size = 1;
  let row = 0;
  if (rows === 0) return;
  for (const packet of packets) {
    putPacket(batch, 0, packet);
    if (!givesRow(packet)) yield -1;
    else {
      yield row++;
      if (row === rows) return;
    }
  }
}

/**
 * The same at one go.
 *
 * @param onPacket called with the batch, the packet's place in it, and the row that it gives (-1: none)
 */
export function simulate(
  cell: Cell,
  options: SimulationOptions,
  onPacket: (batch: PacketBatch, i: number, row: number) => void,
): void {
  const batch = new PacketBatch(1);
  for (const row of play(cell, options, batch)) onPacket(batch, 0, row);
}

/** The MAC address (48 bits) of the device, whose packets give the rows. */
export function deviceMac(cell: Cell, seed: number): number {
  return scenarioOf(cell, seed).lab.device.mac;
}

/**
 * The features of some rows of a simulated file; every packet is taken into account.
 *
 * @param selection ascending row numbers (0-based)
 * @param onRow is told the number of each row that was simulated, selected or not
 * @returns `[selection.length, 115]`
 */
export function simulateRows(
  cell: Cell,
  selection: Uint32Array,
  options: SimulationOptions,
  onRow?: (row: number) => void,
): Float64Array<ArrayBuffer> {
  const features = new Float64Array(selection.length * WIDTH);
  const extractor = new FeatureExtractor();
  let taken = 0;
  const last = selection[selection.length - 1];
  if (last === undefined) return features;
  simulate(
    cell,
    { ...options, rows: Math.min(options.rows ?? cell.rows, last + 1) },
    (batch, i, row) => {
      extractor.update(batch, i);
      if (row < 0) return;
      if (row === selection[taken]) extractor.write(features, taken++ * WIDTH);
      onRow?.(row);
    },
  );
  return features;
}
