import { FEATURE_NAMES } from '@botlab/traffic';
import { CODEC, ENCODING, MAGIC, REPETITION, TYPE } from './format';
import type { ColumnChunk } from './row-group';
import { ThriftStruct } from './thrift-struct';

/** The end of a file: which columns there are, and where each lies. */
export class Footer {
  /** What is to be said of each row group, as bytes: there may be many. */
  readonly #groups: Uint8Array[] = [];
  #rows = 0;

  /** Notes a row group that begins at a byte of the file. */
  add(begin: number, rows: number, columns: readonly ColumnChunk[]): void {
    const bytes = columns.at(-1)!.end;
    const chunks = columns.map((column, i) => columnChunk(FEATURE_NAMES[i]!, begin, rows, column));
    this.#groups.push(
      new ThriftStruct().structs(1, chunks).i64(2, bytes).i64(3, rows).i64(6, bytes).bytes(),
    );
    this.#rows += rows;
  }

  bytes(): Uint8Array {
    const root = new ThriftStruct().text(4, 'features').i32(5, FEATURE_NAMES.length);
    const fields = FEATURE_NAMES.map((name) =>
      new ThriftStruct().i32(1, TYPE.double).i32(3, REPETITION.required).text(4, name),
    );
    const metadata = new ThriftStruct()
      .i32(1, 1)
      .structs(
        2,
        [root, ...fields].map((element) => element.bytes()),
      )
      .i64(3, this.#rows)
      .structs(4, this.#groups)
      .text(6, 'botlab')
      .bytes();
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, metadata.length, true);
    return Buffer.concat([metadata, length, MAGIC]);
  }
}

function columnChunk(
  name: string,
  group: number,
  rows: number,
  { begin, data, end }: ColumnChunk,
): Uint8Array {
  const size = end - begin;
  const hasDictionary = data > begin;
  const metadata = new ThriftStruct()
    .i32(1, TYPE.double)
    .i32s(2, [ENCODING.plain, ENCODING.levels, ...(hasDictionary ? [ENCODING.dictionary] : [])])
    .texts(3, [name])
    .i32(4, CODEC.none)
    .i64(5, rows)
    .i64(6, size)
    .i64(7, size)
    .i64(9, group + data);
  if (hasDictionary) metadata.i64(11, group + begin);
  return new ThriftStruct()
    .i64(2, group + begin)
    .struct(3, metadata)
    .bytes();
}
