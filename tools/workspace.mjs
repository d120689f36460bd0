import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Writes a file whole or not at all. */
export function writeWhole(file, text) {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/** Ends the process with one sentence and exit code 2. */
export function refuse(sentence) {
  process.stderr.write(`botlab: ${sentence}\n`);
  process.exit(2);
}

/** Runs a command with what it prints on stderr, so that standard output stays the program's own. */
function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (result.error) refuse(`cannot run ${command}: ${result.error.message}.`);
  return result.status ?? 1;
}

/** Runs a command quietly, and shows what it printed where it failed. */
function runQuietly(command, args) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (result.error) refuse(`cannot run ${command}: ${result.error.message}.`);
  if (result.status !== 0) process.stderr.write(`${result.stdout}${result.stderr}`);
  return result.status ?? 1;
}

/** Refuses a Node that the packages do not run on. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 ? major < 25 : major === 20 && minor >= 19) return;
  refuse(
    `Node ${process.versions.node} cannot run this; install Node 22 from nodejs.org (20.19 to 24 will do).`,
  );
}

/** The program that a package installs under `name`, to be run by Node. */
export function program(packageName, name = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** How npm is started, the one that runs this script where one does: a program and its arguments. */
export function npm(args) {
  const own = process.env.npm_execpath;
  if (own) return [process.execPath, [own, ...args]];
  // On Windows npm is a script of the shell's.
  return process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args];
}

/** Installs what package-lock.json names, where it is not there or older than the lock file. */
export function ensureInstalled() {
  checkNode();
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write('botlab: installing the packages of package-lock.json (once) …\n');
  if (run(...npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])) !== 0) {
    refuse(
      'npm ci failed, see above; check the network and the disk, then run the same command again.',
    );
  }
}

/** The projects that are built: those with a tsconfig.json under libs/ and apps/. */
export function projects() {
  return ['libs', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => join(root, group, name))
      .filter((path) => existsSync(join(path, 'tsconfig.json'))),
  );
}

/** The C++ compiler that the build would find, and the processor that it would compile for. */
function compiler() {
  const name = process.env.CXX || 'c++';
  const folders = (process.env.PATH ?? '').split(delimiter);
  const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  return `${name} ${file ?? ''} ${cpus()[0]?.model ?? ''}`;
}

/** What the build depends on, as one hash of paths, sizes and times of change. */
function fingerprint() {
  const hash = createHash('sha256').update(process.version).update(compiler());
  const visit = (path) => {
    if (!existsSync(path)) return;
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else {
      hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    }
  };
  for (const name of ['package-lock.json', 'tsconfig.base.json']) visit(join(root, name));
  for (const path of projects()) {
    for (const name of ['src', 'scripts', 'package.json', 'tsconfig.json']) visit(join(path, name));
  }
  return hash.digest('hex');
}

/** Builds the libraries and the command, where a source is newer than what was built. */
export function ensureBuilt() {
  const stamp = join(root, 'node_modules', '.cache', 'botlab', 'built');
  const current = fingerprint();
  const isBuilt =
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === current &&
    projects().every((path) => existsSync(join(path, 'dist')));
  if (isBuilt) return;
  process.stderr.write('botlab: building …\n');
  if (runQuietly(process.execPath, [program('nx'), 'run-many', '-t', 'build']) !== 0) {
    refuse('the build failed, see above.');
  }
  const failure = join(root, 'libs', 'engine', 'dist', 'native', 'failure.txt');
  if (existsSync(failure)) {
    const reason = readFileSync(failure, 'utf8').trim();
    process.stderr.write(`botlab: ${reason}; the engine "wasm" stands in for "native"\n`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
}
