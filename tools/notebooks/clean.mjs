// `npm run notebooks:clean`: brings the notebooks into the form in which they are committed.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, refuse, root, writeWhole } from '../workspace.mjs';
import { chosenNotebooks, notebookFile } from './names.mjs';

const usage = `npm run notebooks:clean                    strips outputs, formats code, in all notebooks
npm run notebooks:clean -- 01-data         in this one alone
npm run notebooks:clean -- --check         changes nothing; names those that it would change, exit code 1
`;

const { values, positionals } = options();
if (values.help) process.stdout.write(usage);
else await clean();

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { help: { type: 'boolean' }, check: { type: 'boolean' } },
    });
  } catch (error) {
    return refuse(`${error.message.split('. ')[0]}; see npm run notebooks:clean -- --help.`);
  }
}

async function clean() {
  ensureInstalled();
  const { default: prettier } = await import('prettier');
  const { normalForm } = await import('./normal-form.mjs');
  for (const name of chosenNotebooks(positionals)) {
    const file = notebookFile(name);
    const text = readFileSync(file, 'utf8');
    const style = await prettier.resolveConfig(file);
    const normal = await normalForm(text, name, style).catch((error) =>
      refuse(`Cannot clean ${relative(root, file)}: ${error.message}.`),
    );
    if (normal === text) continue;
    process.stdout.write(`${relative(root, file)}\n`);
    if (values.check) process.exitCode = 1;
    else writeWhole(file, normal);
  }
}
