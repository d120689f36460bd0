import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { csvSource, DEVICES, type Source } from '@botlab/data';
import { InputError } from '@botlab/errors';
import { type PublishedQuantiles, readPublishedQuantiles } from './published-quantiles';

/** What a folder tells of genuine data: rows, quantiles published of all rows, or both. */
export interface GenuineFolder {
  /** Null where the folder has quantiles alone. */
  readonly rows: Source | null;
  readonly quantiles: readonly PublishedQuantiles[];
}

/**
 * Opens a folder of genuine rows, or of published quantiles (`family-quantiles.csv`, `benign-by-device.csv`) with
 * rows, where it has any, in its folder `rows`.
 *
 * @throws InputError for a folder with neither, and for rows that `botlab simulate` made
 */
export async function openGenuine(folder: string): Promise<GenuineFolder> {
  const quantiles = readPublishedQuantiles(folder);
  if (quantiles.length === 0) return { rows: await genuineRows(folder), quantiles };
  const inside = join(folder, 'rows');
  if (existsSync(inside)) return { rows: await genuineRows(inside), quantiles };
  // Rows beside the quantiles are read, or refused with the reason; they are not passed over.
  const beside = DEVICES.some((device) => existsSync(join(folder, device)));
  return { rows: beside ? await genuineRows(folder) : null, quantiles };
}

async function genuineRows(folder: string): Promise<Source> {
  const rows = await csvSource(folder);
  if (!rows.synthetic) return rows;
  throw new InputError(
    `Cannot check against ${folder}: it was made by botlab simulate; expected a folder of genuine N-BaIoT files.`,
  );
}
