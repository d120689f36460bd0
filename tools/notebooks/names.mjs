import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, root } from '../workspace.mjs';

export const notebooksFolder = join(root, 'notebooks');

const ending = '.ipynb';

/** The notebooks in a folder below notebooks/, such as `zh/`; in notebooks/ itself where it is empty. */
const namesIn = (folder) =>
  readdirSync(join(notebooksFolder, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}${file.slice(0, -ending.length)}`)
    .sort();

/** The notebooks, such as `01-data`, those in Chinese, such as `zh/01-data`, and the solutions, such as `solutions/01-data`. */
export function notebookNames() {
  return ['', 'zh/', 'solutions/'].flatMap(namesIn);
}

/** The file of a notebook. */
export function notebookFile(name) {
  return join(notebooksFolder, `${name}${ending}`);
}

/** The notebooks that are meant by names or paths; all where there are none. */
export function chosenNotebooks(wanted) {
  const names = notebookNames();
  if (wanted.length === 0) return names;
  return wanted.map((given) => {
    const name = given.replace(/^(\.\/)?(notebooks\/)?/, '').replace(/\.ipynb$/, '');
    if (names.includes(name)) return name;
    return refuse(`There is no notebook "${given}": expected some of ${names.join(', ')}.`);
  });
}
