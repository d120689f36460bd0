import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Addon, NativeHost } from '../backends/compiled/native-host';
import { registerCompiledBackend } from '../backends/compiled/register';
import { KernelHost } from '../backends/compiled/kernel-host';
import type { Availability, Engine } from './engine';
import { BUILD } from './installation';
import { processor } from './processor';

/** Where the build leaves the addon, or why there is none (scripts/compile-native.mjs). */
const folder = join(__dirname, '..', '..', 'dist', 'native');
const built = join(folder, 'kernels.node');
const backend = 'botlab-native';

let host: NativeHost | undefined;
let threads = availableParallelism();

/**
 * The kernels of backends/cpp, compiled by the build for the processor of this machine; or those of the addon
 * that BOTLAB_ADDON names, compiled in another way for a test.
 */
export const native: Engine = {
  name: 'native',
  title: 'C++ kernels compiled on this machine',
  backend,
  runsOn: 'processor',
  probe(): Promise<Availability> {
    return Promise.resolve(load());
  },
  setThreads(wanted: number): void {
    threads = wanted;
    host?.setThreads(wanted);
  },
  kernelHost() {
    load();
    return host && new KernelHost(host);
  },
};

function load(file: string = process.env['BOTLAB_ADDON'] ?? built): Availability {
  if (host === undefined) {
    const remedy = `install a C++ compiler (Debian, Ubuntu: apt-get install g++), then run ${BUILD}`;
    if (!existsSync(file)) return { available: false, reason: reasonFor(file), remedy };
    if (file === built && builtFor() !== processor()) {
      const reason = `it was compiled for another processor (${builtFor()})`;
      return { available: false, reason, remedy: `run ${BUILD}` };
    }
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an addon, which only require loads
      host = new NativeHost(require(file) as Addon);
    } catch (error) {
      const [reason] = (error as Error).message.split('\n');
      return { available: false, reason: `${file} cannot be loaded (${reason})`, remedy };
    }
    registerCompiledBackend(backend, host);
    host.setThreads(threads);
  }
  const width = 32 * host.lanes;
  const crew = threads === 1 ? '1 thread' : `${threads} threads`;
  return { available: true, detail: `${width}-bit vectors, ${crew}` };
}

/** The processor that the build compiled for. */
function builtFor(): string {
  const file = join(folder, 'processor.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'unknown';
}

/** Why the build left no addon. */
function reasonFor(file: string): string {
  const failure = join(folder, 'failure.txt');
  return existsSync(failure) ? readFileSync(failure, 'utf8').trim() : `the build left no ${file}`;
}
