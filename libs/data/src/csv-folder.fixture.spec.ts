import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FEATURE_NAMES } from '@botlab/traffic';

/** A new empty folder; its name has a quote in it, which SQL would trip over. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "botlab-data's "));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const root = temporaryFolder();

/** Writes files at paths relative to a new folder, and returns the folder. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = fs.mkdtempSync(path.join(root, 'case-'));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** The value that `csv` writes: tells its row and its column. */
export function cell(row: number, column: number): number {
  return row + column / 1000;
}

/** The lines of a CSV file of `rows` rows, the header first, without line ends. */
export function csvLines(rows: number, header: readonly string[] = FEATURE_NAMES): string[] {
  const lines = Array.from({ length: rows }, (_, row) =>
    header.map((name) => cell(row, FEATURE_NAMES.indexOf(name))).join(','),
  );
  return [header.join(','), ...lines];
}

/** A CSV file of `rows` rows. */
export function csv(rows: number, header: readonly string[] = FEATURE_NAMES): string {
  return `${csvLines(rows, header).join('\n')}\n`;
}

/** The message of what a promise is rejected with; fails if it is not. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('expected a rejection');
  return `${outcome.name}: ${outcome.message}`;
}
