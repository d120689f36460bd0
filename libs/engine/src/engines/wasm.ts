import { availableParallelism } from 'node:os';
import { registerCompiledBackend } from '../backends/compiled/register';
import { WasmHost } from '../backends/compiled/wasm-host';
import { KernelHost } from '../backends/compiled/kernel-host';
import type { Availability, Engine } from './engine';

const backend = 'botlab-wasm'; // `wasm` is tfjs's own

let host: WasmHost | undefined;
let threads = availableParallelism();

/** The kernels of backends/cpp as WebAssembly, which comes compiled: it needs nothing but Node. */
export const wasm: Engine = {
  name: 'wasm',
  title: 'the same kernels as WebAssembly',
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

function load(): Availability {
  if (host === undefined) {
    try {
      host = new WasmHost();
    } catch (error) {
      const [reason = ''] = (error as Error).message.split('\n');
      return {
        available: false,
        reason: `Node ${process.versions.node} cannot start the kernels (${reason})`,
        remedy: 'use --engine reference, which runs anywhere',
      };
    }
    host.setThreads(threads);
    registerCompiledBackend(backend, host);
  }
  const simd = host.relaxed ? 'relaxed SIMD' : 'SIMD';
  return { available: true, detail: `${simd}, ${threads} thread${threads === 1 ? '' : 's'}` };
}
