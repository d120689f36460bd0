import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const notebooksFolder = join(__dirname, '..', '..', 'notebooks');

export interface Cell {
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly source: string;
}

const ending = '.ipynb';
const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();

/** The chapters, such as `01-data`. */
export const chapters = namesIn(notebooksFolder);

/** The chapters in Chinese, such as `zh/01-data`. */
export const chinese = namesIn(join(notebooksFolder, 'zh')).map((name) => `zh/${name}`);

/** The notebooks with answers to their exercises, such as `solutions/01-data`. */
export const solutions = namesIn(join(notebooksFolder, 'solutions')).map(
  (name) => `solutions/${name}`,
);

export function cellsOf(name: string): Cell[] {
  const { cells } = JSON.parse(readFileSync(join(notebooksFolder, `${name}${ending}`), 'utf8')) as {
    cells: { cell_type: Cell['kind']; source: string | string[] }[];
  };
  return cells.map(({ cell_type, source }) => ({
    kind: cell_type,
    source: [source].flat().join(''),
  }));
}
