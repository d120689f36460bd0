import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Argument, Host, Place } from './host';
import type { Vocabulary } from './vocabulary';
import { kernelsOf, vocabularyOf, type WasmExports, type WasmKernel } from './wasm-exports';
import { WasmMemory } from './wasm-memory';
import type { WasmHelp } from './wasm-worker';

const MEMORY_PAGES = 2 ** 16; // 4 GiB: what the module is linked for
const STACK_BYTES = 2 ** 20;

/** The kernels as WebAssembly: they work in a memory of their own, which arrays are allocated in. */
export class WasmHost implements Host {
  readonly vocabulary: Vocabulary;
  readonly lanes: number;
  readonly tileRows: number;
  readonly tileColumns: number;
  /** Whether the kernels multiply and add in one instruction. */
  readonly relaxed: boolean;
  seats = 1;
  private readonly module: WebAssembly.Module;
  private readonly memory: WasmMemory;
  private readonly exports: WasmExports;
  private readonly kernels: ReadonlyMap<string, WasmKernel>;
  private readonly mostItems: number;
  /** A call's arguments, of 8 bytes each: a number, or an address in the lower half. */
  private readonly numbers: Float64Array;
  private readonly words: Uint32Array;
  private readonly copies: number[] = [];
  /** Threads so far, the caller's among them. */
  private started = 1;
  private failure: Error | undefined;

  /**
   * @param plain true to do without relaxed SIMD where there is that
   * @throws where Node cannot compile the module or reserve its memory
   */
  constructor({ plain = false } = {}) {
    this.relaxed = !plain && hasRelaxedSimd();
    const file = `kernels.${this.relaxed ? 'relaxed' : 'simd'}.wasm`;
    this.module = new WebAssembly.Module(
      readFileSync(join(__dirname, '..', '..', '..', 'wasm', file)),
    );
    const memory = new WebAssembly.Memory({ initial: 64, maximum: MEMORY_PAGES, shared: true });
    const instance = new WebAssembly.Instance(this.module, { env: { memory } });
    const exports = instance.exports as unknown as WasmExports;
    this.exports = exports;
    this.memory = new WasmMemory(memory, exports.__heap_base.value);
    this.vocabulary = vocabularyOf(exports, memory);
    const slots = this.vocabulary.constant('mostArguments');
    this.numbers = new Float64Array(memory.buffer, exports.argumentSlots(), slots);
    this.words = new Uint32Array(memory.buffer, exports.argumentSlots(), 2 * slots);
    this.kernels = kernelsOf(exports, memory, this.vocabulary);
    this.mostItems = this.vocabulary.constant('mostItems');
    this.lanes = this.vocabulary.constant('lanes');
    this.tileRows = this.vocabulary.constant('tileRows');
    this.tileColumns = this.vocabulary.constant('tileColumns');
  }

  run(kernel: string, items: number, grain: number, args: readonly Argument[]): void {
    const called = this.kernels.get(kernel);
    if (called === undefined) throw new TypeError(`the module has no kernel "${kernel}"`);
    this.check(kernel, called, items, grain, args);
    if (this.failure !== undefined) throw this.failure;
    for (let i = 0; i < args.length; i++) this.setSlot(i, args[i]!);
    if (items > grain && this.started < this.seats) this.startWorkers();
    try {
      this.exports.run(called.number, items, grain);
    } catch (cause) {
      this.failure = new Error(`the kernel "${kernel}" failed, and no other can run`, { cause });
      throw this.failure;
    }
    while (this.copies.length > 0) this.memory.free(this.copies.pop()!);
  }

  allocate(floats: number): Float32Array {
    return this.memory.allocate(floats);
  }

  release(array: Float32Array): void {
    this.memory.release(array);
  }

  reserve(bytes: number): Place {
    const byteOffset = this.memory.reserve(bytes);
    return { buffer: this.memory.memory.buffer, byteOffset };
  }

  free(array: ArrayBufferView): void {
    this.memory.release(array);
  }

  owns(array: ArrayBufferView): boolean {
    return this.memory.owns(array);
  }

  resident(array: Float32Array): Float32Array {
    if (this.memory.owns(array)) return array;
    const copy = this.memory.allocate(array.length);
    copy.set(array);
    return copy;
  }

  /** How many threads take part. They start with the first call that has work for them. */
  setThreads(threads: number): void {
    if (!Number.isInteger(threads) || threads < 1) {
      throw new TypeError(`expected a number of threads from 1, not ${threads}`);
    }
    this.exports.setThreads(threads);
    this.seats = threads;
  }

  /** @throws TypeError, RangeError; see {@link Host.run} */
  private check(
    kernel: string,
    { parameters }: WasmKernel,
    items: number,
    grain: number,
    args: readonly Argument[],
  ): void {
    if (!isWhole(items, 0, this.mostItems)) {
      throw new RangeError(
        `"${kernel}" takes a whole number of items from 0 to ${this.mostItems}, not ${items}`,
      );
    }
    if (!isWhole(grain, 1, 2 ** 31 - 1)) {
      throw new RangeError(
        `"${kernel}" takes a whole number of items from 1 for a grain, not ${grain}`,
      );
    }
    if (args.length !== parameters.length) {
      throw new TypeError(`"${kernel}" takes ${parameters.length} arguments, not ${args.length}`);
    }
    for (let i = 0; i < args.length; i++) {
      const { wanted, fits } = parameters[i]!;
      if (!fits(args[i]!)) throw new TypeError(`"${kernel}" takes ${wanted} as argument ${i + 1}`);
    }
  }

  private setSlot(slot: number, argument: Argument): void {
    if (typeof argument === 'number') {
      this.numbers[slot] = argument;
      return;
    }
    this.words[2 * slot] = argument === null ? 0 : this.addressOf(argument);
    this.words[2 * slot + 1] = 0;
  }

  /** Where an array lies in the memory; one from outside is copied for this call. */
  private addressOf(array: Exclude<Argument, number | null>): number {
    if (this.memory.owns(array)) return array.byteOffset;
    const address = this.memory.reserve(array.byteLength);
    this.copies.push(address);
    this.memory.copyIn(array, address);
    return address;
  }

  /** Starts the threads that are missing; where one cannot be started, fewer have to do. */
  private startWorkers(): void {
    const { module } = this;
    const { memory } = this.memory;
    for (; this.started < this.seats; this.started++) {
      const stackTop = this.memory.reserve(STACK_BYTES) + STACK_BYTES;
      startWorker({ module, memory, seat: this.started, stackTop });
    }
  }
}

function isWhole(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}

/**
 * Starts a thread that does not keep the process from ending. It begins by itself: the calls until then
 * go on without it, and so do all of them where it cannot be started.
 */
function startWorker(help: WasmHelp): void {
  const file = workerFile();
  const goOn = (): void => undefined;
  try {
    const worker = new Worker(file, {
      workerData: help,
      name: 'botlab-wasm',
      argv: [],
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
    });
    worker.on('error', goOn);
    worker.unref();
  } catch {
    goOn();
  }
}

/** The compiled worker, which a thread can load: beside this file or, for a test of the sources, in dist. */
function workerFile(): string {
  const folders = [__dirname, join(__dirname, '..', '..', '..', 'dist', 'backends', 'compiled')];
  const files = folders.map((folder) => join(folder, 'wasm-worker.js'));
  const file = files.find((name) => existsSync(name));
  if (file === undefined) throw new Error(`${files[1]} is missing: run npm run build first`);
  return file;
}

/** A module with one instruction of relaxed SIMD: f32x4.relaxed_madd of three zeros. */
const RELAXED_MODULE = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
    [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // type 0: () → v128
    [0x03, 0x02, 0x01, 0x00], // function 0 has type 0
    [0x0a, 0x13, 0x01, 0x11, 0x00], // its code, without locals:
    [0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f], // i32.const 0, i8x16.splat
    [0xfd, 0x85, 0x02, 0x0b], // f32x4.relaxed_madd, end
  ].flat(),
);

/** Whether there is relaxed SIMD; Node 20 has it behind a flag, which this sets. */
function hasRelaxedSimd(): boolean {
  if (WebAssembly.validate(RELAXED_MODULE)) return true;
  if (Number(process.versions.node.split('.')[0]) > 21) return false;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(RELAXED_MODULE);
}
