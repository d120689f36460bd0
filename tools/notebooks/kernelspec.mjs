import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, writeWhole } from '../workspace.mjs';

const kernel = fileURLToPath(new URL('kernel.cjs', import.meta.url));

/**
 * Tells Jupyter of the kernel: writes kernels/tslab/ into a folder in which it looks for its data.
 *
 * `tslab install` would also offer a JavaScript kernel, and start whichever Node is on the PATH.
 */
export function writeKernelspec(dataFolder) {
  const folder = join(dataFolder, 'kernels', 'tslab');
  mkdirSync(folder, { recursive: true });
  const spec = {
    argv: [process.execPath, kernel, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
    metadata: { description: `TypeScript with the libraries of ${root}` },
  };
  writeWhole(join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 1)}\n`);
}
