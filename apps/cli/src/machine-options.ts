/** What is typed of how a command works, rather than of what it does. */
export interface MachineOptions {
  readonly engine: string;
  readonly threads?: number;
  /** Folder to keep the simulated data set in. */
  readonly cache?: string;
  readonly json?: true;
}
