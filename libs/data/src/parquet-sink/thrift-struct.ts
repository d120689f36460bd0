/** Types of Thrift's compact protocol. */
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/**
 * A struct in Thrift's compact protocol, which Parquet's headers are written in; fields in ascending order.
 *
 * Source: Apache Thrift, doc/specs/thrift-compact-protocol.md.
 */
export class ThriftStruct {
  /** What is done, and what follows it. */
  readonly #parts: Uint8Array[] = [];
  #bytes: number[] = [];
  #last = 0;

  i32(field: number, value: number): this {
    return this.#field(field, I32).#number(value);
  }

  /** A whole number, exact up to 2^53. */
  i64(field: number, value: number): this {
    return this.#field(field, I64).#number(value);
  }

  text(field: number, value: string): this {
    return this.#field(field, BINARY).#text(value);
  }

  struct(field: number, value: ThriftStruct): this {
    return this.#field(field, STRUCT).#put([value.bytes()]);
  }

  i32s(field: number, values: readonly number[]): this {
    this.#list(field, I32, values.length);
    for (const value of values) this.#number(value);
    return this;
  }

  texts(field: number, values: readonly string[]): this {
    this.#list(field, BINARY, values.length);
    for (const value of values) this.#text(value);
    return this;
  }

  /** @param values what `bytes` gave of each */
  structs(field: number, values: readonly Uint8Array[]): this {
    this.#list(field, STRUCT, values.length);
    return this.#put(values);
  }

  /** The struct with its end. */
  bytes(): Uint8Array {
    return Buffer.concat([...this.#parts, Uint8Array.from(this.#bytes), Uint8Array.of(0)]);
  }

  #field(field: number, type: number): this {
    const step = field - this.#last;
    this.#last = field;
    if (step < 1 || step > 15) throw new RangeError(`field ${field} is not within 15 of the last`);
    this.#bytes.push((step << 4) | type);
    return this;
  }

  #list(field: number, type: number, length: number): void {
    this.#field(field, LIST);
    if (length < 15) this.#bytes.push((length << 4) | type);
    else this.#varint(length, 0xf0 | type);
  }

  #put(parts: readonly Uint8Array[]): this {
    this.#parts.push(Uint8Array.from(this.#bytes));
    for (const part of parts) this.#parts.push(part);
    this.#bytes = [];
    return this;
  }

  #text(value: string): this {
    const bytes = Buffer.from(value);
    this.#varint(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  /** Zigzag: 0, −1, 1, −2 … are 0, 1, 2, 3 … */
  #number(value: number): this {
    return this.#varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #varint(value: number, ...before: number[]): this {
    this.#bytes.push(...before);
    for (; value >= 128; value = Math.floor(value / 128)) this.#bytes.push((value % 128) | 128);
    this.#bytes.push(value);
    return this;
  }
}
