import fs from 'node:fs';
import { join } from 'node:path';
import { chooseCells, simulateFolder } from '@botlab/traffic';

/** A folder in which tests make further ones. */
export class Workshop {
  #made = 0;

  constructor(readonly root: string) {}

  /** A new folder. */
  folder(): string {
    const folder = join(this.root, `folder-${this.#made++}`);
    fs.mkdirSync(folder);
    return folder;
  }

  /** A new file. */
  save(bytes: Uint8Array): string {
    const file = join(this.root, `file-${this.#made++}`);
    fs.writeFileSync(file, bytes);
    return file;
  }

  /** A simulated capture of a device at peace, with 495 rows, and the device's MAC address. */
  async capture(): Promise<{ capture: string; mac: string }> {
    const folder = this.folder();
    const cells = chooseCells({ devices: ['Danmini_Doorbell'], attacks: ['benign'] });
    const [file] = await simulateFolder(folder, { cells, seed: 3, scale: 0.01, format: 'pcap' });
    return { capture: join(folder, file!.name), mac: file!.mac };
  }
}

/** A pcap file's header with this link type, then records. */
export function pcap(records: readonly Buffer[], linkType = 1): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(linkType, 20);
  return Buffer.concat([header, ...records]);
}

/** A record of `bytes` zeros, which it says are `claimed`. */
export function record(bytes: number, claimed = bytes): Buffer {
  const content = Buffer.alloc(16 + bytes);
  content.writeUInt32LE(1_505_661_693, 0);
  content.writeUInt32LE(claimed, 8);
  content.writeUInt32LE(claimed, 12);
  return content;
}

/** The numbers of a CSV text. */
export const cellsOf = (text: string): number[][] =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));
