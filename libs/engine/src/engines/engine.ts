import type { KernelHost } from '../backends/compiled/kernel-host';

/** Whether an engine can run here: what it would run on, or why it cannot and what mends that. */
export type Availability =
  | {
      readonly available: true;
      readonly detail: string;
      /** Whether it runs on a processor that plays a graphics card: `auto` does not take it. */
      readonly isSoftware?: boolean;
    }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** What the dispatches of one shader took. */
export interface DispatchTime {
  /** The shader's label. */
  readonly name: string;
  readonly calls: number;
  /** Milliseconds in all, on the graphics card. */
  readonly ms: number;
}

/** How `auto` finds out, without starting the engine, whether there is a graphics card to measure. */
export interface CardSearch {
  /** What the outcome depends on, beside processor and Node: drivers, versions. undefined where it can be none. */
  fingerprint(): string | undefined;
  /** Whether there is a card that is none played by a processor; may take seconds. */
  findsCard(): Promise<boolean>;
}

/** Something that does the maths: a tfjs backend with the fused operations on it. */
export interface Engine {
  readonly name: string;
  /** One line for a person: what it is and where it runs. */
  readonly title: string;
  /** Name of the tfjs backend that it selects. */
  readonly backend: string;
  /** What it computes on, where that is known before it is loaded. */
  readonly runsOn: 'processor' | 'card' | 'either';
  /** Loads what the engine needs, registers its kernels, and says whether it can run. Never throws. */
  probe(): Promise<Availability>;
  /** Whether it computes while the program goes on, so that to read a result is to wait for all before it. */
  readonly asynchronous?: boolean;
  /** Starts it anew where its device was lost; the tensors on it are gone. */
  restart?(): Promise<Availability>;
  /** How many threads it computes with from now on; what it computes does not depend on it. */
  setThreads?(threads: number): void;
  /** Its compiled kernels for arrays outside tfjs, in use or not; undefined where it cannot run. It has none where left out. */
  kernelHost?(): KernelHost | undefined;
  /** With it, `auto` takes the engine before all others where a step was measured to be faster on it. */
  readonly cardSearch?: CardSearch;
  /** The largest tensor that it can take, in bytes; to be asked while it is in use. No limit where left out. */
  largestTensor?(): number;
  /** How often it has asked a graphics card to compute something; to be asked while it is in use. */
  dispatches?(): number;
  /**
   * Does some work and says what each shader took of it by the card's own clock, the dearest first; undefined,
   * and the work is not done, where the card cannot tell. To be asked while it is in use.
   */
  timeDispatches?(work: () => Promise<unknown>): Promise<readonly DispatchTime[] | undefined>;
}
