import { InputError, unknownName } from '@botlab/errors';
import { FEATURE_NAMES } from '@botlab/traffic';
import { CLASSES } from './class-label';
import { NUMBER } from './diagnosis';
import type { SourceFile } from './source';
import type { TableParts } from './table';

/** A danfojs DataFrame, or what has its columns and rows as one has them. */
export interface FrameLike {
  readonly columns: readonly string[];
  /** A list a row, with a cell a column. */
  readonly values: unknown;
}

/** What the columns of a frame are. */
export interface FrameOptions {
  /** The column with the class of each row: a name in `CLASSES`, such as "gafgyt combo", or one that `classes` knows. */
  readonly label: string;
  /** Which of `CLASSES` a label of one's own stands for: `{ normal: 'benign', bot: 'mirai udp' }`. */
  readonly classes?: Readonly<Record<string, string>>;
  /** The columns to learn from, in this order. Where left out: all others, which are to be of N-BaIoT's 115. */
  readonly features?: readonly string[];
  /** The column with the device of each row; all are of one where left out. */
  readonly device?: string;
  /** The column with the file of each row; all are of one where left out. */
  readonly file?: string;
  /** The column with the number of each row in its file, 0-based, in order of time; their order where left out. */
  readonly row?: string;
}

/** How many devices a table can number. */
const MOST_DEVICES = 256;

const CANNOT = 'Cannot make a table of the frame';

/**
 * The rows of a frame as those of a table.
 *
 * @throws InputError for a column that is not there or not known, a row without a label, a label that is no class, or
 *   a cell that is no finite number
 */
export function frameRows({ columns, values }: FrameLike, options: FrameOptions): TableParts {
  const cells = values as readonly (readonly unknown[])[];
  if (cells.length === 0) throw new InputError(`${CANNOT}: it has no rows; give it some.`);
  const { label, device, file, row } = options;
  const columnOf = (name: string): ((at: number) => unknown) => {
    const place = columns.indexOf(name);
    if (place < 0) throw unknownName('column of the frame', name, columns);
    return (at) => cells[at]![place];
  };
  const textIn = (name: string | undefined, otherwise: string): string[] => {
    const cell = name === undefined ? () => otherwise : columnOf(name);
    return cells.map((_, at) => text(cell(at)) ?? refuse(at, name!, 'is empty', 'a name'));
  };
  const labelAt = columnOf(label);
  const labels = Uint8Array.from(cells, (_, at) => classAt(labelAt(at), at, options));
  const features = featuresOf(columns, options);
  const numbers = features.map((name) => ({ name, cell: columnOf(name) }));
  const matrix = new Float64Array(cells.length * features.length);
  const devices = textIn(device, 'device');
  const files = textIn(file, 'frame');
  const rowAt = row === undefined ? undefined : columnOf(row);
  cells.forEach((_, at) => {
    numbers.forEach(({ name, cell }, i) => {
      matrix[at * features.length + i] = numberOf(cell(at), at, name);
    });
  });
  const places = Uint32Array.from(cells, (_, at) => (rowAt ? numberOf(rowAt(at), at, row!) : at));
  return {
    features: matrix,
    columns: features,
    label: labels,
    row: places,
    ...deviceParts(devices),
    ...fileParts(files, devices, labels),
  };
}

/** The columns to learn from: those that are named, or all that are left over. */
function featuresOf(columns: readonly string[], options: FrameOptions): readonly string[] {
  const { features, label, device, file, row } = options;
  const chosen = features ?? columns.filter((name) => ![label, device, file, row].includes(name));
  const twice = chosen.find((name, i) => chosen.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError(`${CANNOT}: the column ${twice} is there twice; leave one of them out.`);
  }
  if (chosen.length === 0) {
    throw new InputError(
      `${CANNOT}: it has no column to learn from beside its labels; give it some.`,
    );
  }
  const unknown = chosen.find((name) => !FEATURE_NAMES.includes(name));
  if (features === undefined && unknown !== undefined) {
    throw new InputError(
      `${CANNOT}: its column "${unknown}" is none of N-BaIoT's ${FEATURE_NAMES.length}; ` +
        'name the columns to learn from with features, or drop it from the frame.',
    );
  }
  return chosen;
}

/** The class that a label stands for, as its index. */
function classAt(cell: unknown, at: number, { label, classes = {} }: FrameOptions): number {
  const own = text(cell);
  if (own === undefined) return refuse(at, label, 'is empty', 'a class');
  const name = Object.hasOwn(classes, own) ? classes[own]! : own;
  const found = CLASSES.find((known) => known.name === name);
  if (found !== undefined) return found.index;
  const names = CLASSES.map((known) => known.name);
  if (name !== own) throw unknownName(`class for the label "${own}"`, name, names);
  return refuse(
    at,
    label,
    `is ${JSON.stringify(own)}`,
    `one of ${names.join(', ')}`,
    `say what it stands for, such as classes: { ${JSON.stringify(own)}: 'benign' }`,
  );
}

/** What a cell says; undefined for one without a value. */
function text(cell: unknown): string | undefined {
  if (cell === null || cell === undefined || cell === '' || Number.isNaN(cell)) return undefined;
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** The number in a cell; danfo leaves whole numbers that are beyond what a double counts by ones as text. */
function numberOf(cell: unknown, at: number, name: string): number {
  const value = typeof cell === 'string' && NUMBER.test(cell) ? Number(cell) : cell;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const said = text(cell);
  return refuse(
    at,
    name,
    said === undefined ? 'is empty' : `is ${JSON.stringify(cell)}`,
    'a number',
  );
}

function refuse(
  at: number,
  column: string,
  what: string,
  expected: string,
  remedy = 'correct it, or leave the row out',
): never {
  throw new InputError(
    `${CANNOT}: its column ${column} ${what} in row ${at + 1}, expected ${expected}; ${remedy}.`,
  );
}

function deviceParts(names: readonly string[]): Pick<TableParts, 'device' | 'devices'> {
  const devices = [...new Set(names)];
  if (devices.length > MOST_DEVICES) {
    throw new InputError(
      `${CANNOT}: it has ${devices.length} devices, expected ${MOST_DEVICES} at most; leave the column of devices out.`,
    );
  }
  const places = new Map(devices.map((name, place) => [name, place]));
  return { devices, device: Uint8Array.from(names, (name) => places.get(name)!) };
}

/** Files as sources have them, each of one device and one class: a name may be that of several. */
function fileParts(
  names: readonly string[],
  devices: readonly string[],
  labels: Uint8Array,
): Pick<TableParts, 'file' | 'files'> {
  const places = new Map<string, number>();
  const files: SourceFile[] = [];
  const file = Uint16Array.from(names, (name, at) => {
    const [device, label] = [devices[at]!, labels[at]!];
    const key = JSON.stringify([name, device, label]);
    const place = places.get(key) ?? files.push({ name, device, label, rows: 0 }) - 1;
    places.set(key, place);
    files[place] = { ...files[place]!, rows: files[place]!.rows + 1 };
    return place;
  });
  return { file, files };
}
