/**
 * The cells of a line of CSV, spaces and quotes around them taken off (RFC 4180: a comma within
 * quotes belongs to the cell, two quotes there are one).
 */
export function csvCells(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim());
  const cells = line.match(/(?<=^|,)(?:\s*"(?:[^"]|"")*"[^,]*|[^,]*)/g) ?? [];
  return cells.map((cell) => {
    const text = cell.trim();
    return /^"(?:[^"]|"")*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text;
  });
}
