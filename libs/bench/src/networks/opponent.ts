import type { BenchTask } from './bench-task';
import type { NetworkOpponent } from '../opponent-name';
import type { Contestant } from '../rounds';
import { tensorflowOpponent } from './tensorflow-opponent';
import { torchOpponent } from './torch-opponent';

/** Something else that does the same work. */
export interface Opponent {
  /** What it is, with its version, for a person. */
  readonly title: string;
  /** Makes it ready for a task; one at a time. */
  enter(task: BenchTask): Promise<Contestant & { dispose(): void }>;
  /** The most memory, in MB, of a process that does nothing but train one model for some steps. */
  trainingMemoryMB(task: BenchTask): Promise<number>;
  close(): Promise<void>;
}

/** What an opponent needs to know. */
export interface OpponentSettings {
  /** Name of the engine that it is compared with, which is in use whenever it has had its round. */
  readonly engine: string;
  /** Whether that computes on a graphics card. */
  readonly onCard: boolean;
  readonly threads: number;
  /** Names of the models. */
  readonly models: readonly string[];
  readonly signal: AbortSignal;
}

/** @throws InputError where it is not installed, or has not got one of the models */
export function openOpponent(name: NetworkOpponent, settings: OpponentSettings): Promise<Opponent> {
  return name === 'torch' ? torchOpponent(settings) : tensorflowOpponent(settings);
}
