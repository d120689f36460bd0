// `npm run bench -- NAME …`: a benchmark of test/bench/, after building what it measures.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, program, root } from './workspace.mjs';

const ending = '.bench.ts';
const folder = join(root, 'test', 'bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));
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
} else {
  process.stderr.write(`bench: name one of ${names.join(', ')}: npm run bench -- ${names[0]}\n`);
  process.exitCode = 2;
}
