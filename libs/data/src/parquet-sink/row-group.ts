import { FEATURE_NAMES } from '@botlab/traffic';
import { ENCODING, PAGE } from './format';
import { ThriftStruct } from './thrift-struct';
import { ValueDictionary } from './value-dictionary';

const WIDTH = FEATURE_NAMES.length;
const VALUE_BYTES = 8;
/** Columns that are read from the rows together: their values lie in one line of the cache. */
const TOGETHER = 8;
/** More than the headers of a column's pages take. */
const MOST_HEADER_BYTES = 128;

/** Where a column lies in the bytes of its row group. */
export interface ColumnChunk {
  readonly begin: number;
  /** Of the page with the values of the rows, after that with the distinct ones, if any. */
  readonly data: number;
  readonly end: number;
}

/** Rows as Parquet stores them, without what says where. */
export interface RowGroup {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly columns: readonly ColumnChunk[];
}

/**
 * Makes rows into row groups: of each column its values, or where few are distinct those and, in one byte or
 * two a row, which it is. Uncompressed: compressing takes longer than all the rest, and half of the file is
 * noise. −0 is written as 0, as CSV is.
 *
 * Source: Apache Parquet, Data Pages and Encodings (PLAIN, RLE_DICTIONARY).
 */
export class RowGroupEncoder {
  readonly #columns: Float64Array[];
  readonly #dictionary: ValueDictionary;
  readonly #out: Uint8Array;
  #at = 0;

  /** @param most rows of a group at most */
  constructor(most: number) {
    this.#columns = Array.from({ length: TOGETHER }, () => new Float64Array(most));
    this.#dictionary = new ValueDictionary(most);
    this.#out = new Uint8Array(WIDTH * (most * VALUE_BYTES + MOST_HEADER_BYTES));
  }

  /** @param rows row-major `[rows, 115]` */
  encode(rows: Float64Array): RowGroup {
    const count = rows.length / WIDTH;
    const columns: ColumnChunk[] = [];
    this.#at = 0;
    for (let first = 0; first < WIDTH; first += TOGETHER) {
      const together = Math.min(TOGETHER, WIDTH - first);
      this.#gather(rows, first, together);
      for (let i = 0; i < together; i++)
        columns.push(this.#write(this.#columns[i]!.subarray(0, count)));
    }
    return { bytes: this.#out.slice(0, this.#at), columns };
  }

  #gather(rows: Float64Array, first: number, together: number): void {
    for (let begin = first, row = 0; begin < rows.length; begin += WIDTH, row++)
      for (let i = 0; i < together; i++) this.#columns[i]![row] = rows[begin + i]! + 0;
  }

  #write(column: Float64Array): ColumnChunk {
    const begin = this.#at;
    if (!this.#dictionary.fill(column)) {
      this.#page(PAGE.data, ENCODING.plain, column.length, bytesOf(column));
      return { begin, data: begin, end: this.#at };
    }
    const values = this.#dictionary.values.subarray(0, this.#dictionary.size);
    this.#page(PAGE.dictionary, ENCODING.plain, values.length, bytesOf(values));
    const data = this.#at;
    const indices = this.#dictionary.indices.subarray(0, column.length);
    this.#page(PAGE.data, ENCODING.dictionary, column.length, runs(indices, values.length));
    return { begin, data, end: this.#at };
  }

  /** A header and what it is of. */
  #page(type: number, encoding: number, values: number, body: Uint8Array): void {
    const about = new ThriftStruct().i32(1, values).i32(2, encoding);
    const header = new ThriftStruct().i32(1, type).i32(2, body.length).i32(3, body.length);
    // Levels say where values are missing; no values are.
    if (type === PAGE.data) header.struct(5, about.i32(3, ENCODING.levels).i32(4, ENCODING.levels));
    else header.struct(7, about);
    for (const bytes of [header.bytes(), body]) {
      this.#out.set(bytes, this.#at);
      this.#at += bytes.length;
    }
  }
}

/** The numbers of values, in whole bytes; one run where all are the same. */
function runs(indices: Uint16Array, distinct: number): Uint8Array {
  const bytes = distinct > 256 ? 2 : 1;
  // Lengths as varints: the last bit tells a run of one value from groups of eight.
  if (distinct === 1) return Uint8Array.of(8, ...varint(2 * indices.length), 0);
  const groups = Math.ceil(indices.length / 8);
  const header = [8 * bytes, ...varint(2 * groups + 1)];
  const body = new Uint8Array(header.length + 8 * groups * bytes);
  body.set(header);
  body.set(bytes === 2 ? bytesOf(indices) : Uint8Array.from(indices), header.length);
  return body;
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
