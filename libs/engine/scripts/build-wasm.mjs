// Compiles the kernels as WebAssembly: src/backends/cpp to wasm/kernels.{simd,relaxed}.wasm, which are committed, as
// not everyone has the compiler. With --check it writes nothing, and fails where the committed files are not
// what the sources give.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const room = join(dirname(fileURLToPath(import.meta.url)), '..');
const committed = join(room, 'wasm');
const VERSION = 19; // another one gives other bytes

const flavours = {
  simd: ['-msimd128'],
  relaxed: ['-msimd128', '-mrelaxed-simd'],
};
const common = [
  '--target=wasm32 -std=c++20 -O3 -matomics -mbulk-memory -ffp-contract=fast-honor-pragmas',
  '-fno-math-errno -fno-trapping-math -fno-exceptions -fno-rtti -fvisibility=hidden -Wall -Wextra -nostdlib -nostdlibinc',
  '-Wl,--no-entry,--import-memory,--shared-memory,--max-memory=4294967296',
  '-Wl,--export=__stack_pointer,--export=__heap_base,--stack-first,-z,stack-size=1048576,--strip-all',
].flatMap((options) => options.split(' '));

const fileOf = (flavour) => `kernels.${flavour}.wasm`;

/** Ends the script with a sentence. */
function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** The compiler that the committed files come from. */
function compiler() {
  for (const name of [`clang++-${VERSION}`, 'clang++']) {
    const { status, stdout } = spawnSync(name, ['-dumpversion'], { encoding: 'utf8' });
    if (status === 0 && stdout.startsWith(`${VERSION}.`)) return name;
  }
  return fail(
    `Cannot compile the kernels: there is no Clang ${VERSION} on this machine; ` +
      `on Debian, apt-get install clang-${VERSION} lld-${VERSION} brings it.`,
  );
}

async function compile(name, options, file) {
  // A relative path, from the room: none of this machine's gets into the file.
  const args = [...common, ...options, 'src/backends/cpp/wasm.cpp', '-o', file];
  const [status] = await once(spawn(name, args, { cwd: room, stdio: 'inherit' }), 'close');
  if (status !== 0) fail(`Cannot compile the kernels: ${name} failed.`);
}

function bytesOf(file) {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

const checking = process.argv.includes('--check');
const name = compiler();
mkdirSync(committed, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'botlab-wasm-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await Promise.all(
  Object.entries(flavours).map(([flavour, options]) =>
    compile(name, options, join(folder, fileOf(flavour))),
  ),
);
for (const flavour of Object.keys(flavours)) {
  const file = fileOf(flavour);
  const bytes = readFileSync(join(folder, file));
  if (!checking) {
    writeFileSync(join(committed, file), bytes);
  } else if (!bytes.equals(bytesOf(join(committed, file)))) {
    fail(
      `libs/engine/wasm/${file} is not what src/backends/cpp gives: run npm run build:wasm and commit it.`,
    );
  }
  process.stdout.write(`wasm/${file}: ${bytes.length} bytes${checking ? ', as committed' : ''}\n`);
}
