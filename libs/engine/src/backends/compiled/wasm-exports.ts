import { type Parameter, parametersOf } from './parameter';
import { Vocabulary } from './vocabulary';

/** What the module of `cpp/wasm.cpp` exports. */
export interface WasmExports {
  readonly __stack_pointer: WebAssembly.Global<'i32'>;
  readonly __heap_base: WebAssembly.Global<'i32'>;
  argumentSlots(): number;
  kernelCount(): number;
  kernelName(kernel: number): number;
  kernelParameters(kernel: number): number;
  constantCount(): number;
  constantName(constant: number): number;
  constantValue(constant: number): number;
  orderCount(): number;
  orderName(order: number): number;
  orderText(order: number): number;
  setThreads(threads: number): void;
  run(kernel: number, items: number, grain: number): void;
  help(seat: number): void;
  lose(): void;
}

/** A kernel of the module. */
export interface WasmKernel {
  readonly number: number;
  readonly parameters: readonly Parameter[];
}

/** The kernels by name. */
export function kernelsOf(
  exports: WasmExports,
  memory: WebAssembly.Memory,
  vocabulary: Vocabulary,
): Map<string, WasmKernel> {
  const kernels = new Map<string, WasmKernel>();
  for (let number = 0; number < exports.kernelCount(); number++) {
    const parameters = parametersOf(textAt(memory, exports.kernelParameters(number)), vocabulary);
    kernels.set(textAt(memory, exports.kernelName(number)), { number, parameters });
  }
  return kernels;
}

/** What the module says of its kernels. */
export function vocabularyOf(exports: WasmExports, memory: WebAssembly.Memory): Vocabulary {
  const constants = Array.from({ length: exports.constantCount() }, (_, i) => {
    return [textAt(memory, exports.constantName(i)), exports.constantValue(i)] as const;
  });
  const orders = Array.from({ length: exports.orderCount() }, (_, i) => {
    return [textAt(memory, exports.orderName(i)), textAt(memory, exports.orderText(i))] as const;
  });
  return new Vocabulary(Object.fromEntries(constants), Object.fromEntries(orders));
}

function textAt({ buffer }: WebAssembly.Memory, begin: number): string {
  const bytes = Buffer.from(buffer);
  return bytes.toString('latin1', begin, bytes.indexOf(0, begin));
}
