import { cpSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder, type Finished } from '../cli/botlab';
import { root, tool } from './tool';

const links = ['@types', 'katex', 'prettier', 'reveal.js', 'tslab'].map(
  (name) => `node_modules/${name}`,
);

/** A folder with this checkout's tools/, which take it for installed and built. It has no libraries. */
export class Checkout {
  readonly folder = temporaryFolder();

  constructor() {
    cpSync(join(root, 'tools'), join(this.folder, 'tools'), { recursive: true });
    const models = `require('node:fs').writeFileSync(process.argv[2], '<title>no models</title>');`;
    this.write('tools/notebooks/models-page.cjs', models); // the page needs libraries
    this.write('package-lock.json', '{}');
    this.write('node_modules/.package-lock.json', '{}');
    const future = new Date(Date.now() + 60_000);
    utimesSync(this.path('node_modules/.package-lock.json'), future, future);
    this.write('node_modules/nx/package.json', JSON.stringify({ bin: 'builds-nothing.js' }));
    this.write('node_modules/nx/builds-nothing.js', '');
    for (const path of [...links, '.prettierrc.json']) {
      symlinkSync(join(root, path), this.path(path));
    }
    for (const folder of ['libs', 'apps', 'notebooks', 'notebooks/zh', 'notebooks/solutions']) {
      mkdirSync(this.path(folder));
    }
  }

  path(path: string): string {
    return join(this.folder, path);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Writes a notebook of code cells, below a cell of Markdown. */
  writeNotebook(name: string, markdown: string, ...code: string[]): void {
    const cells = code.map((source, i) => {
      const id = `cell-${i}`;
      return { cell_type: 'code', execution_count: null, id, metadata: {}, outputs: [], source };
    });
    const text = { cell_type: 'markdown', id: 'text', metadata: {}, source: markdown };
    const notebook = { cells: [text, ...cells], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    this.write(`notebooks/${name}.ipynb`, JSON.stringify(notebook));
  }

  tool(script: string, args: readonly string[], env?: NodeJS.ProcessEnv): Finished {
    return tool(script, args, { checkout: this.folder, env });
  }
}
