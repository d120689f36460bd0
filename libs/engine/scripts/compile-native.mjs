// Compiles the kernels for this machine's processor: src/backends/cpp to dist/native/kernels.node, and the processor's
// name beside it. Where that cannot be done, one line says why, here and in dist/native/failure.txt, and the
// build goes on without. With --describe it says what it would compile with, for Nx's cache; with --sanitize FILE
// it compiles there, with checks of addresses and undefined behaviour, for a test.
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const room = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(room, 'dist', 'native');
const addon = join(folder, 'kernels.node');
const failure = join(folder, 'failure.txt');
const compiler = process.env.CXX || 'c++';
const require = createRequire(import.meta.url);
const headers = require('node-api-headers').include_dir;

const version = spawnSync(compiler, ['--version'], { encoding: 'utf8' }).stdout ?? '';

if (process.argv.includes('--describe')) {
  process.stdout.write(`${cpus()[0]?.model}\n${compiler}\n${version || 'none'}\n`);
  process.exit(0);
}

// Some sources forbid that a product and a sum become one instruction; of Clang, that has to be asked for.
const contract = /clang/i.test(version) ? 'fast-honor-pragmas' : 'fast';
const common = [
  `-std=c++20 -O3 -ffp-contract=${contract} -fno-math-errno`,
  '-fno-trapping-math -fno-exceptions -fno-rtti',
  '-fvisibility=hidden -fPIC -shared -pthread -Wall -Wextra',
].flatMap((options) => options.split(' '));
// On Linux the addon stays loaded when the worker that loaded it ends: its own threads go on in it.
const linking =
  { darwin: ['-undefined', 'dynamic_lookup'], linux: ['-Wl,-z,nodelete'] }[process.platform] ?? [];
// The first that the compiler takes: how it names the processor that it runs on differs.
const targets = [
  process.arch === 'x64' ? ['-march=native', '-mprefer-vector-width=512'] : ['-mcpu=native'],
  ['-march=native'],
  [],
];

const source = join(room, 'src', 'backends', 'cpp', 'native.cpp');
const rest = [...linking, '-isystem', headers, source, '-o'];
const checked = process.argv.indexOf('--sanitize');
if (checked > 0) {
  const checks = ['-O1', '-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  const args = [...common, ...targets[0], ...checks, ...rest, process.argv[checked + 1]];
  process.exit(spawnSync(compiler, args, { stdio: 'inherit' }).status ?? 1);
}

/** Compiles for a target; what went wrong, if anything. */
function compile(target) {
  const partial = `${addon}.${process.pid}.partial`;
  const args = [...common, ...target, ...rest, partial];
  const { error, status, stderr } = spawnSync(compiler, args, { encoding: 'utf8' });
  if (error?.code === 'ENOENT') return `there is no C++ compiler "${compiler}" on this machine`;
  if (error) return `${compiler} cannot be run: ${error.message}`;
  if (status === 0) {
    renameSync(partial, addon);
    writeFileSync(join(folder, 'processor.txt'), `${processor()}\n`);
    return undefined;
  }
  rmSync(partial, { force: true });
  const telling = stderr.split('\n').find((line) => /error/i.test(line)) ?? stderr.split('\n')[0];
  return `${compiler} failed: ${telling}`;
}

const { processor } = require('../dist/engines/processor.js');
mkdirSync(folder, { recursive: true });
rmSync(failure, { force: true });
let reason;
for (const target of targets) {
  reason = compile(target);
  if (reason === undefined || reason.startsWith('there is no')) break;
}
if (reason !== undefined) {
  rmSync(addon, { force: true }); // of other sources than these
  writeFileSync(failure, `${reason}\n`);
  process.stderr.write(`botlab: ${reason}; the engine "wasm" stands in for "native"\n`);
}
