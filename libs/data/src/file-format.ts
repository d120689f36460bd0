/** A file's name taken apart: `udp.csv.zip` is `udp`, of the formats csv and zip. */
export interface FormattedName {
  readonly stem: string;
  /** What the endings say, in lower case, outermost last. */
  readonly formats: readonly string[];
}

const ARCHIVES = ['rar', 'zip', '7z', 'tar', 'tgz'];
const COMPRESSIONS = ['bz2', 'xz', 'zst', 'lz4', 'lzma', 'br', 'z'];
const TABLES = ['tsv', 'tab', 'txt', 'dat', 'data', 'xls', 'xlsx', 'xlsm', 'ods', 'parquet'].concat(
  [
    'feather',
    'arrow',
    'orc',
    'arff',
    'npy',
    'npz',
    'h5',
    'hdf5',
    'pkl',
    'pickle',
    'mat',
    'sqlite',
    'json',
    'jsonl',
  ],
);
const KNOWN = new Set([...ARCHIVES, ...COMPRESSIONS, ...TABLES, 'csv', 'gz']);

/** Endings of what is no table: text about data, pictures, programs, captures. */
const OTHERS = new Set(
  'md rst pdf html htm css js mjs ts py ipynb r sh bat ps1 c cpp h java tex bib doc docx odt ppt pptx log yml yaml toml ini cfg png jpg jpeg gif svg webp bmp tif tiff pcap pcapng cap md5 sha1 sha256 sha512 asc sig torrent url safetensors'.split(
    ' ',
  ),
);

export function formattedName(name: string): FormattedName {
  const parts = name.split('.');
  const formats: string[] = [];
  while (parts.length > 1 && KNOWN.has(parts.at(-1)?.toLowerCase() ?? '')) {
    formats.unshift(parts.pop()?.toLowerCase() ?? '');
  }
  return { stem: parts.join('.'), formats };
}

/** Whether a name's ending says that it holds no table. */
export function isNoTable(name: string): boolean {
  return OTHERS.has(/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '');
}

/** Whether the formats are those that are read: CSV, plain or with gzip. */
export function isRead(formats: readonly string[]): boolean {
  return ['csv', 'csv.gz'].includes(formats.join('.'));
}

/** Whether a file of these formats is as likely to be a text about something as a table. */
export function isText(formats: readonly string[]): boolean {
  return ['', 'txt', 'json', 'jsonl'].includes(formats.at(-1) ?? '');
}

/** Whether the outermost format is that of an archive. */
export function isArchive(formats: readonly string[]): boolean {
  return ARCHIVES.includes(formats.at(-1) ?? '') || formats.at(-2) === 'tar';
}

/** What is to be done with a file of these formats before it can be read, as a clause. */
export function conversion(formats: readonly string[], rightName: string): string | undefined {
  if (isRead(formats)) return undefined;
  const outer = formats.at(-1);
  if (outer === 'csv') return `its ending stands twice; rename it to ${rightName}`;
  if (outer === undefined) return `it is not called .csv; rename it to ${rightName} if it is CSV`;
  if (isArchive(formats)) return 'it is an archive; extract it first';
  if (outer === 'gz' || COMPRESSIONS.includes(outer)) {
    return `it is compressed with ${outer === 'gz' ? 'gzip, but not CSV' : outer}; extract it to ${rightName}`;
  }
  return `it is ${/^[aeiou]/.test(outer) ? 'an' : 'a'} .${outer} file; save it as CSV, ${rightName}`;
}
