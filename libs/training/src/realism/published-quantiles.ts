import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '@botlab/errors';
import { DEVICES, FAMILIES, FEATURE_NAMES } from '@botlab/data';
import { readText } from '@botlab/files';

/** Of one feature, over all genuine rows of a group. */
export interface PublishedFeature {
  readonly name: string;
  /** As many as the group has parts. */
  readonly quantiles: readonly number[];
}

/** Quantiles of the features over all genuine rows of a family, or over a device's benign rows. */
export interface PublishedQuantiles {
  readonly of: 'family' | 'device';
  readonly name: string;
  /** Which quantiles: 0.5 is the median. */
  readonly parts: readonly number[];
  readonly features: readonly PublishedFeature[];
}

/** Columns of the file of families that hold quantiles; it has a row for each family and feature. */
const FAMILY_PARTS = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;
/** Rows of the file of devices that hold quantiles; it has a column for each device. */
const DEVICE_PARTS = { median: 0.5, p99: 0.99 } as const;

export const FAMILY_FILE = 'family-quantiles.csv';
export const DEVICE_FILE = 'benign-by-device.csv';

/**
 * Reads what a folder holds of published quantiles: `family-quantiles.csv` (columns family, feature, p5, p25, p50,
 * p75, p95 and others) and `benign-by-device.csv` (columns feature, stat and the devices; stats median, p99 and
 * others). None where it holds neither.
 *
 * @throws InputError for a file that is not as it should be; its message names the row and column
 */
export function readPublishedQuantiles(folder: string): PublishedQuantiles[] {
  const [families, devices] = [FAMILY_FILE, DEVICE_FILE].map((name) => path.join(folder, name));
  return [
    ...(existsSync(families!) ? ofFamilies(new Sheet(families!)) : []),
    ...(existsSync(devices!) ? ofDevices(new Sheet(devices!)) : []),
  ];
}

function ofFamilies(sheet: Sheet): PublishedQuantiles[] {
  const parts = Object.entries(FAMILY_PARTS);
  return FAMILIES.map((family) => ({
    of: 'family' as const,
    name: family,
    parts: parts.map(([, part]) => part),
    features: sheet
      .rows()
      .filter((row) => sheet.name(row, 'family', FAMILIES) === family)
      .map((row) => ({
        name: sheet.name(row, 'feature', FEATURE_NAMES),
        quantiles: parts.map(([column]) => sheet.number(row, column)),
      })),
  })).filter(({ features }) => features.length > 0);
}

function ofDevices(sheet: Sheet): PublishedQuantiles[] {
  const parts = Object.entries(DEVICE_PARTS);
  const names = [...new Set(sheet.rows().map((row) => sheet.name(row, 'feature', FEATURE_NAMES)))];
  const places = new Map(
    sheet.rows().map((row) => [`${sheet.cell(row, 'feature')} ${sheet.cell(row, 'stat')}`, row]),
  );
  const known: readonly string[] = ['feature', 'stat', ...DEVICES];
  const strange = sheet.header.find((column) => !known.includes(column));
  if (strange !== undefined) {
    throw sheet.fault(
      `has a column ${JSON.stringify(strange)}; expected devices of N-BaIoT, such as ${DEVICES[0]}`,
    );
  }
  return DEVICES.filter((device) => sheet.header.includes(device)).map((device) => ({
    of: 'device' as const,
    name: device,
    parts: parts.map(([, part]) => part),
    features: names.map((name) => ({
      name,
      quantiles: parts.map(([stat]) => {
        const row = places.get(`${name} ${stat}`);
        if (!row) throw sheet.fault(`has no row of ${name} for ${stat}`);
        return sheet.number(row, device);
      }),
    })),
  }));
}

interface Row {
  /** Line of the file, 1 for the header. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A small CSV file without quotes. */
class Sheet {
  readonly header: readonly string[];
  readonly #rows: readonly Row[];

  constructor(readonly file: string) {
    const lines = readText(file).split(/\r?\n/);
    this.header = (lines[0] ?? '').split(',');
    this.#rows = lines
      .map((line, i) => ({ line: i + 1, cells: line.split(',') }))
      .filter(({ line, cells }) => line > 1 && (cells.length > 1 || cells[0] !== ''));
    for (const { line, cells } of this.#rows) {
      if (cells.length !== this.header.length) {
        throw this.fault(
          `has ${cells.length} cells in row ${line}, expected ${this.header.length} as in its header`,
        );
      }
    }
    if (this.#rows.length === 0) throw this.fault('has no rows');
  }

  rows(): readonly Row[] {
    return this.#rows;
  }

  name<Name extends string>(row: Row, column: string, known: readonly Name[]): Name {
    const cell = this.cell(row, column);
    const found = known.find((one) => one === cell);
    if (found === undefined) {
      throw this.fault(
        `has ${JSON.stringify(cell)} in row ${row.line}, column ${column}; expected a ${column} of N-BaIoT such as ${known[0]}`,
      );
    }
    return found;
  }

  number(row: Row, column: string): number {
    const cell = this.cell(row, column);
    const value = cell.trim() === '' ? NaN : Number(cell);
    if (!Number.isFinite(value)) {
      throw this.fault(
        `has ${JSON.stringify(cell)} in row ${row.line}, column ${column}; expected a number`,
      );
    }
    return value;
  }

  fault(what: string): InputError {
    return new InputError(`Cannot compare with published quantiles: ${this.file} ${what}.`);
  }

  cell({ cells }: Row, column: string): string {
    const at = this.header.indexOf(column);
    if (at === -1) throw this.fault(`has no column ${column} in its header`);
    return cells[at]!;
  }
}
