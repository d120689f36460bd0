// Prints what the tests find on this machine: Nx runs those anew that were skipped for want of it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from '../workspace.mjs';

const folders = (process.env.PATH ?? '').split(delimiter);
const programs = [
  'chromium',
  'c++',
  'clang++-19',
  'wasm-ld-19',
  'python3',
  'mkfifo',
  'zstd',
  'tshark',
];
for (const name of programs) {
  const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  process.stdout.write(`${name} ${file ?? '-'}\n`);
}
for (const file of [
  join(root, '.venv'),
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/dev/dri',
  '/dev/nvidia0',
]) {
  process.stdout.write(`${existsSync(file)}\n`);
}
process.stdout.write(`${homedir()} ${process.getuid?.()}\n`);
