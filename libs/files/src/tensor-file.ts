import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileError, InputError } from '@botlab/errors';
import { z } from 'zod';
import { writeAtomically } from './atomic-file';

/** The types of numbers that a file holds, by their names in the format. */
const TYPES = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U8: Uint8Array,
} as const;
type TypeName = keyof typeof TYPES;
export type TensorValues = Float64Array | Float32Array | Int32Array | Uint8Array;

/** A named array of numbers with its shape. */
export interface NamedArray<Values extends TensorValues = TensorValues> {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Values;
}

/** What a file holds: arrays, and notes about them. */
export interface TensorFile<Values extends TensorValues = TensorValues> {
  readonly arrays: readonly NamedArray<Values>[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a file is to its reader, for the sentence about one that is damaged. */
export interface TensorFileWords {
  /** Such as "the checkpoint". */
  readonly what: string;
  /** What to do, such as "train again". */
  readonly mend: string;
}

const Entry = z.object({
  dtype: z.enum(Object.keys(TYPES) as TypeName[]),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

function typeOf(values: TensorValues): TypeName {
  const names = Object.keys(TYPES) as TypeName[];
  return names.find((name) => values instanceof TYPES[name])!;
}

/** SHA-256 of the arrays' bytes, in their order: what "the same weights, to the bit" means. */
export function checksum(arrays: readonly NamedArray[]): string {
  const hash = createHash('sha256');
  for (const { values } of arrays) hash.update(values);
  return hash.digest('hex');
}

/** SHA-256 of all that a file holds: notes, names, shapes, types and values. */
function fingerprint({ arrays, metadata }: TensorFile): string {
  const notes = Object.entries(metadata).filter(([name]) => name !== 'sha256');
  const names = arrays.map(({ name, shape, values }) => {
    const type = typeOf(values);
    return type === 'F32' ? [name, shape] : [name, shape, type];
  });
  const hash = createHash('sha256').update(JSON.stringify([notes, names]));
  return hash.update(checksum(arrays)).digest('hex');
}

/**
 * Writes arrays in the safetensors format, which Python's `safetensors` reads too, with a checksum of
 * all that it holds among the metadata. The file is written whole or not at all.
 */
export function writeTensorFile(path: string, { arrays, metadata }: TensorFile): void {
  const header: Record<string, unknown> = {
    __metadata__: { ...metadata, sha256: fingerprint({ arrays, metadata }) },
  };
  let offset = 0;
  for (const { name, shape, values } of arrays) {
    header[name] = {
      dtype: typeOf(values),
      shape,
      data_offsets: [offset, (offset += values.byteLength)],
    };
  }
  const json = Buffer.from(JSON.stringify(header));
  const text = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' '); // the data begin on 8 bytes
  json.copy(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const bytes = arrays.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  writeAtomically(path, Buffer.concat([length, text, ...bytes]));
}

/**
 * Reads what {@link writeTensorFile} wrote.
 *
 * @throws InputError when the file is damaged: not that format, cut short, or with another checksum
 */
export function readTensorFile(path: string, { what, mend }: TensorFileWords): TensorFile {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch (error) {
    throw fileError('read', path, error);
  }
  const damaged = (why: string) => new InputError(`Cannot read ${what} ${path}: ${why}; ${mend}.`);
  const length = file.length < 8 ? NaN : Number(file.readBigUInt64LE());
  if (!(length <= file.length - 8)) throw damaged('it is cut short or of another format');
  let header: Record<string, unknown>;
  try {
    header = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(file.toString('utf8', 8, 8 + length)));
  } catch {
    throw damaged('its header is damaged');
  }
  const { __metadata__: notes, ...entries } = header;
  const metadata = z.record(z.string(), z.string()).safeParse(notes);
  if (!metadata.success) throw damaged('its header is damaged');
  const arrays = Object.entries(entries).map(([name, value]): NamedArray => {
    const entry = Entry.safeParse(value);
    if (!entry.success) throw damaged(`its entry "${name}" is damaged`);
    const { dtype, shape, data_offsets: range } = entry.data;
    const Type = TYPES[dtype];
    const [begin, end] = [range[0] + 8 + length, range[1] + 8 + length];
    const size = shape.reduce((product, n) => product * n, 1);
    if (end > file.length || end - begin !== size * Type.BYTES_PER_ELEMENT)
      throw damaged(`its array "${name}" is cut short`);
    // A copy: the array must begin at a multiple of its numbers' bytes.
    const bytes = Uint8Array.prototype.slice.call(file, begin, end);
    return { name, shape, values: new Type(bytes.buffer, bytes.byteOffset, size) };
  });
  if (metadata.data['sha256'] !== fingerprint({ arrays, metadata: metadata.data })) {
    throw damaged('its checksum does not match its content');
  }
  return { arrays, metadata: metadata.data };
}
