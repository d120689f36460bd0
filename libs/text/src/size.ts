const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes with two digits or more: "83 MB", "1.6 GB". */
export function sizeText(bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 999.5 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${size.toFixed(unit > 0 && size < 9.95 ? 1 : 0)} ${UNITS[unit]}`;
}
