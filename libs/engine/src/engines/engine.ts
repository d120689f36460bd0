/** The engines by name, in the order `auto` prefers them. */
export const ENGINE_NAMES = ['native', 'wasm', 'webgpu', 'tensorflow', 'reference'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

/** Whether an engine can run here: what it would run on, or why it cannot and what mends that. */
export type Availability =
  | {
      readonly available: true;
      readonly detail: string;
      /** Whether it runs on a processor that plays a graphics card: `auto` does not take it. */
      readonly isSoftware?: boolean;
    }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** Something that does the maths: a tfjs backend with the fused operations on it. */
export interface Engine {
  readonly name: EngineName;
  /** One line for a person: what it is and where it runs. */
  readonly title: string;
  /** Name of the tfjs backend that it selects. */
  readonly backend: string;
  /** Loads what the engine needs, registers its kernels, and says whether it can run. Never throws. */
  probe(): Promise<Availability>;
  /** Whether it computes while the program goes on, so that to read a result is to wait for all before it. */
  readonly asynchronous?: boolean;
  /** Starts it anew where its device was lost; the tensors on it are gone. */
  restart?(): Promise<Availability>;
  /** How many threads it computes with from now on; what it computes does not depend on it. */
  setThreads?(threads: number): void;
}
