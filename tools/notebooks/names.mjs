import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, root } from '../workspace.mjs';

export const notebooksFolder = join(root, 'notebooks');

const ending = '.ipynb';

const namesIn = (folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();

/** The notebooks, such as `01-data`, and then their solutions, such as `solutions/01-data`. */
export function notebookNames() {
  const solutions = namesIn(join(notebooksFolder, 'solutions')).map((name) => `solutions/${name}`);
  return [...namesIn(notebooksFolder), ...solutions];
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
