import fs from 'node:fs';
import path from 'node:path';
import { fileError, InputError } from '@botlab/errors';
import { requireWritable, writeAtomically } from '@botlab/files';
import { macText } from '../mac-address';
import { CELLS, type Cell, placeOf, scaledRows } from './cell';
import { deviceMac } from './simulation';
import { type SimulatedFormat, writeSimulated } from './simulated-file';
import { isMarkedSynthetic, SYNTHETIC_LINE, SYNTHETIC_MARKER } from './synthetic-marker';

export interface SimulatedFolderOptions {
  readonly cells: readonly Cell[];
  readonly seed: number;
  /** Rows of each file as a part of the published ones, above 0; each has one at least. */
  readonly scale: number;
  readonly format: SimulatedFormat;
  /** Is told the rows done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A file that was simulated. */
export interface SimulatedFile {
  /** Relative to the folder, with forward slashes: "Danmini_Doorbell/gafgyt_attacks/combo.csv". */
  readonly name: string;
  readonly rows: number;
  /** Packets of the capture: the device's, and those sent to it. */
  readonly packets: number;
  readonly bytes: number;
  /** The device's MAC address, in text. */
  readonly mac: string;
}

/**
 * Writes simulated captures into a folder, each a file in its place in UCI's layout, beside a marker
 * that says how they were made. What an earlier simulation left in the folder goes first.
 *
 * @param folder must be there; empty, or made by this
 * @throws InputError for a folder that holds something else or cannot be written to
 */
export async function simulateFolder(
  folder: string,
  { cells, seed, scale, format, onProgress, signal }: SimulatedFolderOptions,
): Promise<SimulatedFile[]> {
  const plans = cells.map((cell) => ({
    cell,
    name: `${placeOf(cell)}.${format}`,
    rows: scaledRows(cell, scale),
    mac: macText(deviceMac(cell, seed)),
  }));
  requireOwn(folder);
  clear(folder);
  writeAtomically(path.join(folder, SYNTHETIC_MARKER), markerText(plans, { seed, scale, format }));

  const total = plans.reduce((sum, { rows }) => sum + rows, 0);
  const files: SimulatedFile[] = [];
  let done = 0;
  for (const { cell, name, rows, mac } of plans) {
    const file = path.join(folder, name);
    requireWritable(path.dirname(file));
    const onRows = (written: number): void => onProgress?.(done + written, total);
    const written = await writeSimulated(file, cell, { seed, rows, format, onRows, signal });
    files.push({ name, rows, mac, ...written });
    done += rows;
  }
  return files;
}

function requireOwn(folder: string): void {
  let entries: string[];
  try {
    entries = fs.readdirSync(folder);
  } catch (cause) {
    throw fileError('write to', folder, cause);
  }
  if (entries.length === 0 || isMarkedSynthetic(folder)) return;
  throw new InputError(
    `Cannot write to ${folder}: it holds files that were not simulated (there is no ${SYNTHETIC_MARKER} of botlab's); name a new or an empty folder.`,
  );
}

/** Removes the files of an earlier simulation, which the new marker would not tell of. */
function clear(folder: string): void {
  for (const cell of CELLS) {
    for (const format of ['csv', 'pcap']) {
      const file = path.join(folder, `${placeOf(cell)}.${format}`);
      try {
        fs.rmSync(file, { force: true });
      } catch (cause) {
        throw fileError('replace', file, cause);
      }
    }
  }
}

function markerText(
  plans: readonly Pick<SimulatedFile, 'name' | 'rows' | 'mac'>[],
  { seed, scale, format }: Pick<SimulatedFolderOptions, 'seed' | 'scale' | 'format'>,
): string {
  const pcap = format === 'pcap';
  const lines = plans.map(({ name, rows, mac }) => `${mac}  ${String(rows).padStart(7)}  ${name}`);
  return `${SYNTHETIC_LINE}

Made by: botlab simulate --seed ${seed} --scale ${scale}${pcap ? ' --pcap' : ''}
The files stand where those of N-BaIoT would; none of it was measured. Do not mix the two.
The features of a capture: botlab extract CAPTURE --mac MAC -o FILE

MAC of the device     rows  file
${lines.join('\n')}
`;
}
