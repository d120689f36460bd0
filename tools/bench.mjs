// `npm run bench -- NAME …`: a benchmark of test/bench/, or one of the command line's, after building what it measures.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, program, root } from './workspace.mjs';

const ending = '.bench.ts';
const folder = join(root, 'test', 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));
/** What `botlab bench` measures, by the names that it has here. */
const commands = { trees: ['bench', '--against', 'lightgbm'] };
const [name, ...args] = process.argv.slice(2);

/** Runs Node, and ends with its exit status where that is not 0. */
function node(args, stdio) {
  const { status } = spawnSync(process.execPath, args, { stdio });
  if (status !== 0) process.exit(status ?? 1);
}

if (names.includes(name)) {
  ensureInstalled();
  ensureBuilt();
  // Standard output is the benchmark's own.
  node([program('typescript', 'tsc'), '-p', folder], ['ignore', 2, 2]);
  node([join(root, 'test', 'dist', 'bench', `${name}.bench.js`), ...args], 'inherit');
} else if (Object.hasOwn(commands, name ?? '')) {
  node([join(root, 'tools', 'botlab.mjs'), ...commands[name], ...args], 'inherit');
} else {
  const all = [...names, ...Object.keys(commands)];
  process.stderr.write(`bench: name one of ${all.join(', ')}: npm run bench -- ${names[0]}\n`);
  process.exitCode = 2;
}
