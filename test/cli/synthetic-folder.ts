import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FEATURE_NAMES } from '@botlab/data';

/** Rows a file has. */
export const ROWS = 60;

/** Files of the synthetic folder in UCI's layout, and how far from benign their rows lie. */
const FILES: Readonly<Record<string, number>> = {
  'Danmini_Doorbell/benign_traffic.csv': 0,
  'Danmini_Doorbell/gafgyt_attacks/tcp.csv': 2,
  'Danmini_Doorbell/gafgyt_attacks/udp.csv': 2, // the same rows as tcp
  'Danmini_Doorbell/mirai_attacks/syn.csv': 4,
  'Ennio_Doorbell/benign_traffic.csv': 0.1,
  'Ennio_Doorbell/gafgyt_attacks/scan.csv': -3,
};

/** A row of a file: made up, and told from other files' rows with ease. */
function cells(distance: number, row: number): string[] {
  return FEATURE_NAMES.map((_, column) => {
    const noise = Math.sin(row * 12.9898 + column * 78.233);
    return (100 + 10 * distance * ((column % 5) - 2) + noise).toFixed(6);
  });
}

/** The text of one synthetic file. */
export function csv(distance: number, length = ROWS): string {
  const rows = Array.from({ length }, (_, row) => cells(distance, row).join(','));
  return `${[FEATURE_NAMES.join(','), ...rows].join('\n')}\n`;
}

/** Writes a synthetic data set of six files under `folder`, some of its files replaced or left out. */
export function writeSyntheticFolder(
  folder: string,
  replaced: Readonly<Record<string, string | Buffer | null>> = {},
): string {
  const files: Record<string, string | Buffer | null> = {
    ...Object.fromEntries(Object.entries(FILES).map(([name, distance]) => [name, csv(distance)])),
    ...replaced,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
