// A thread of the host `wasm`: an instance of its module, with a stack of its own, which helps until the
// process ends.
import { workerData } from 'node:worker_threads';
import type { WasmExports } from './wasm-exports';

/** What a worker is started with. */
export interface WasmHelp {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Its number, from 1. */
  readonly seat: number;
  /** Where its stack begins, to grow downwards. */
  readonly stackTop: number;
}

const { module: kernelModule, memory, seat, stackTop } = workerData as WasmHelp;
const instance = new WebAssembly.Instance(kernelModule, { env: { memory } });
const kernels = instance.exports as unknown as WasmExports;
kernels.__stack_pointer.value = stackTop;
try {
  kernels.help(seat);
} catch (error) {
  kernels.lose();
  throw error;
}
