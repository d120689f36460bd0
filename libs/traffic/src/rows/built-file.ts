import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The compiled file of that name beside the caller. A thread can load no other: a test, which runs from the
 * sources (`src/`), takes what was built of them (`dist/`).
 *
 * @param folder the caller's `__dirname`
 */
export function builtFile(folder: string, name: string): string {
  const built = folder.replace(/([\\/])src(?=[\\/]|$)(?!.*[\\/]src(?=[\\/]|$))/, '$1dist');
  const file = [folder, built]
    .map((place) => path.join(place, name))
    .find((one) => existsSync(one));
  if (file === undefined)
    throw new Error(`${path.join(built, name)} is missing: run npm run build first`);
  return file;
}
