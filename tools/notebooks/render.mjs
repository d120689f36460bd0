// `npm run notebooks:render`: executes the notebooks and writes them as a site of static pages.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pythonEnvironment } from '../python.mjs';
import { ensureBuilt, ensureInstalled, refuse, root } from '../workspace.mjs';
import { executeNotebooks, notebookPython } from './execution.mjs';
import { chosenNotebooks } from './names.mjs';

const usage = `npm run notebooks:render                        executes all notebooks and writes out/site/
npm run notebooks:render -- 01-data 02-conv     these alone
npm run notebooks:render -- --out DIR           writes the site there
npm run notebooks:render -- --timeout 60        lets a cell take so many seconds (600)
npm run notebooks:render -- --anew              executes those too that have not changed since they were
npm run notebooks:render -- --json              a line of JSON for each notebook, on standard output
npm run notebooks:slides                        the same of the chapters alone; their slides are in out/site/slides/
`;

const here = fileURLToPath(new URL('.', import.meta.url));
const katex = join(root, 'node_modules', 'katex', 'dist');
const reveal = join(root, 'node_modules', 'reveal.js', 'dist');

const { values, positionals } = options();
if (values.help) process.stdout.write(usage);
else await render();

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        anew: { type: 'boolean' },
        help: { type: 'boolean' },
        json: { type: 'boolean' },
        out: { type: 'string', default: join(root, 'out', 'site') },
        slides: { type: 'boolean' },
        timeout: { type: 'string', default: '600' },
      },
    });
  } catch (error) {
    return refuse(`${error.message.split('. ')[0]}; see npm run notebooks:render -- --help.`);
  }
}

async function render() {
  const timeout = Number(values.timeout);
  if (!Number.isInteger(timeout) || timeout < 1) {
    refuse(
      `Cannot wait "${values.timeout}" seconds: expected a whole number from 1 on for --timeout.`,
    );
  }
  ensureInstalled();
  ensureBuilt();
  const chosen = chosenNotebooks(positionals);
  const names = values.slides ? chosen.filter((name) => !name.startsWith('solutions/')) : chosen;
  // npm runs scripts at the top of the checkout; paths are meant from where the command was typed.
  const out = resolve(process.env.INIT_CWD ?? '.', values.out);
  checkReplaceable(out);
  const executed = mkdtempSync(join(tmpdir(), 'botlab-notebooks-'));
  try {
    const { results, stopped } = await executeNotebooks(names, {
      out: executed,
      parallel: 2,
      timeout,
      anew: values.anew,
      onResult: tell,
    });
    const failed = results.filter(({ ok }) => !ok);
    if (stopped) process.exitCode = 130;
    else if (failed.length > 0) {
      process.stderr.write(
        `botlab: ${failed.length} of ${names.length} failed; no site was written\n`,
      );
      process.exitCode = 1;
    } else {
      writeSite(executed, out, names);
      if (!values.json)
        process.stdout.write(`${join(out, values.slides ? 'slides' : 'index.html')}\n`);
    }
  } finally {
    rmSync(executed, { recursive: true, force: true });
  }
}

function tell(result) {
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (result.cached) process.stderr.write(`${result.name}: unchanged\n`);
  else if (result.ok) process.stderr.write(`${result.name}: ${result.seconds} s\n`);
  else process.stderr.write(`${result.name}: failed in ${result.error}\n`);
}

/** Refuses a folder that holds something else than a site of before. */
function checkReplaceable(out) {
  if (!existsSync(out)) return;
  const index = join(out, 'index.html');
  if (existsSync(index) && readFileSync(index, 'utf8').includes('content="BotLab notebooks"'))
    return;
  try {
    if (readdirSync(out).length === 0) return;
  } catch {
    refuse(`${out} is not a folder: name another for --out.`);
  }
  refuse(`${out} holds other files than a rendered site: name another folder for --out.`);
}

/** Writes the site beside its place, and then puts it there. */
function writeSite(executed, out, names) {
  mkdirSync(dirname(out), { recursive: true });
  const partial = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
  try {
    writeModels(join(executed, 'models.html'));
    const args = [join(here, 'site.py'), executed, partial, ...names];
    const options = { env: pythonEnvironment(), encoding: 'utf8' };
    const { status, stderr } = spawnSync(notebookPython(), args, options);
    if (status !== 0) throw new Error(`nbconvert failed:\n${stderr}`);
    writeAssets(join(partial, 'assets'));
    chmodSync(partial, 0o755); // a temporary folder is its owner's alone
    rmSync(out, { recursive: true, force: true });
    renameSync(partial, out);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Draws the models, in a process of its own: it loads tfjs. */
function writeModels(file) {
  const args = [join(here, 'models-page.cjs'), file];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the models could not be drawn:\n${stderr}`);
}

function writeAssets(folder) {
  for (const file of readdirSync(join(here, 'assets'))) {
    copyFileSync(join(here, 'assets', file), join(folder, file));
  }
  copyFileSync(join(katex, 'katex.min.js'), join(folder, 'katex.js'));
  copyFileSync(join(katex, 'contrib', 'auto-render.min.js'), join(folder, 'auto-render.js'));
  writeFileSync(join(folder, 'katex.css'), katexStyle());
  writeReveal(join(folder, 'reveal'));
}

/** reveal.js where nbconvert's slides look for it, with a theme of our own. */
function writeReveal(folder) {
  const files = {
    'dist/reveal.js': join(reveal, 'reveal.js'),
    'dist/reveal.css': join(reveal, 'reveal.css'),
    'dist/theme/botlab.css': join(here, 'assets', 'slides.css'),
    'plugin/notes/notes.js': join(reveal, 'plugin', 'notes.js'),
  };
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(source, join(folder, file));
  }
}

/** KaTeX's style with its fonts in it: some browsers load none from files. */
function katexStyle() {
  const css = readFileSync(join(katex, 'katex.min.css'), 'utf8');
  return css.replace(/src:url\((fonts\/[^)]+\.woff2)\)[^;}]*/g, (_, font) => {
    const data = readFileSync(join(katex, font)).toString('base64');
    return `src:url(data:font/woff2;base64,${data}) format("woff2")`;
  });
}
