// Numbers that Parquet gives its words. Source: apache/parquet-format, parquet.thrift.

export const PAGE = { data: 0, dictionary: 2 } as const;
export const ENCODING = { plain: 0, levels: 3, dictionary: 8 } as const;
export const TYPE = { double: 5 } as const;
export const REPETITION = { required: 0 } as const;
export const CODEC = { none: 0 } as const;
/** What a file begins and ends with. */
export const MAGIC: Uint8Array = Buffer.from('PAR1');
