import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** What the addon of the npm package `webgpu` gives: Dawn, Chromium's implementation of WebGPU. */
interface Addon {
  create(this: void, options: string[]): GPU;
  /** The classes and constants that a browser has in its global scope. */
  readonly globals: Readonly<Record<string, unknown>>;
}

type Immediate = (this: void, callback: () => void) => unknown;

/** The global scope that the addon sees; that of this module is another one where tests isolate modules. */
const outer = runInThisContext('globalThis') as {
  setImmediate: Immediate;
  process: NodeJS.Process;
};

/**
 * Dawn's events. The addon asks for them in callbacks that it hands to `setImmediate`, as long as something is
 * under way; here they can also be had at once, which makes it possible to wait for a buffer without a turn of
 * the event loop.
 */
export class DawnEvents {
  /** Callbacks that have not been called, of each of Dawn's instances that waits. */
  private due: (() => void)[] = [];
  private readonly devices = new Set<GPUDevice>();

  constructor() {
    outer.process.on('exit', () => this.end());
  }

  /** Destroys a device when the process ends, unless it was by then. */
  endWith(device: GPUDevice): void {
    this.devices.add(device);
    void device.lost.then(() => this.devices.delete(device));
  }

  /** Ends what is under way: the addon would abort the process over a promise that it has not settled. */
  private end(): void {
    for (const device of this.devices) device.destroy();
    for (let turn = 0; turn < 100 && this.handle(); turn++);
  }

  /** Calls something of Dawn's that goes on in the background. */
  during<T>(call: () => T): T {
    const { setImmediate } = outer;
    outer.setImmediate = (callback) => {
      this.due.push(callback);
      return setImmediate(() => this.handle());
    };
    try {
      return call();
    } finally {
      outer.setImmediate = setImmediate;
    }
  }

  /** Handles what has happened; false where nothing is under way. */
  handle(): boolean {
    const callbacks = this.due;
    this.due = [];
    for (const callback of callbacks) this.during(callback);
    return callbacks.length > 0;
  }
}

/** Dawn in this process. */
export interface Dawn {
  readonly gpu: GPU;
  readonly events: DawnEvents;
}

/** The methods that go on in the background. */
const BACKGROUND: Readonly<Record<string, readonly string[]>> = {
  GPU: ['requestAdapter'],
  GPUAdapter: ['requestDevice'],
  GPUBuffer: ['mapAsync'],
  GPUDevice: ['createComputePipelineAsync', 'createRenderPipelineAsync', 'popErrorScope'],
  GPUQueue: ['onSubmittedWorkDone'],
  GPUShaderModule: ['getCompilationInfo'],
};

const EVENTS = Symbol.for('botlab.dawn-events');

/** Where the addon is; undefined where the package is not installed or has no build for this system. */
export function dawnFile(): string | undefined {
  const architecture = process.platform === 'darwin' ? 'universal' : process.arch;
  try {
    const folder = dirname(require.resolve('webgpu'));
    const file = join(folder, 'dist', `${process.platform}-${architecture}`, 'dawn.node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Loads Dawn, and puts its classes where tfjs looks for them: in the global scope.
 *
 * The package is an ES module around an addon; the addon is loaded without it, as CommonJS has to.
 *
 * @param file the addon: {@link dawnFile}
 */
export function loadDawn(file: string): Dawn {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an addon, which only require loads
  const { create, globals } = require(file) as Addon;
  // Every shader writes workgroup memory before it reads it: to have it zeroed first costs time in each dispatch,
  // and most of the time of compiling on SwiftShader.
  const gpu = create(['enable-dawn-features=disable_workgroup_init']);
  const events = eventsOf(globals);
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  // Node has a navigator from version 21 on, with this alone in it that libraries ask for.
  const userAgent = `Node.js/${process.versions.node.split('.')[0]}`;
  const { navigator = { userAgent } } = globalThis as { navigator?: object };
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  return { gpu, events };
}

/** The events of the addon, which one process has once. */
function eventsOf(globals: Addon['globals']): DawnEvents {
  const marked = globals as { [EVENTS]?: DawnEvents };
  if (marked[EVENTS] !== undefined) return marked[EVENTS];
  const events = new DawnEvents();
  for (const [className, methods] of Object.entries(BACKGROUND)) {
    const { prototype } = globals[className] as { prototype: Record<string, unknown> };
    for (const name of methods) {
      const method = prototype[name] as (this: unknown, ...args: unknown[]) => unknown;
      prototype[name] = function (this: unknown, ...args: unknown[]): unknown {
        return events.during(() => method.apply(this, args));
      };
    }
  }
  Object.defineProperty(globals, EVENTS, { value: events });
  return events;
}
