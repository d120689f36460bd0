import { DeviceLost, restartEngine, type RunningEngine, useEngine } from '@botlab/engine';

/** What is done, and told, where the device of an engine is lost. */
export interface RecoveryOptions {
  /** When work goes on after that: one sentence for a person, and the engine that it goes on with. */
  onRecovery?(this: void, sentence: string, engine: RunningEngine): void;
  /** Threads of an engine that takes over; every core where left out. */
  readonly threads?: number;
}

/**
 * Goes on where the device of an engine is lost: on the same engine, started anew, the first time; where it is
 * lost again, or does not start, on an engine that computes on the processor.
 */
export class Recovery {
  private losses = 0;

  constructor(private readonly options: RecoveryOptions) {}

  /**
   * Does work, again where its device is lost under it.
   *
   * @param work goes on where it was, and keeps nothing on the device when it fails
   * @param goOn called before the work is done again; says from where, such as "from epoch 3, step 120"
   * @throws DeviceLost when the engine on the processor is lost too
   */
  async during<T>(
    work: () => Promise<T>,
    goOn: (this: void, engine: RunningEngine) => string,
  ): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof DeviceLost) || this.losses >= 2) throw error;
        const again = this.losses > 0 ? ' again' : '';
        const engine = await this.nextEngine(error.engine);
        const gone = this.losses > 1 && again === '' ? ' and does not start again' : '';
        const sentence =
          `The device of the engine ${error.engine} was lost${again} (${error.reason})${gone}; ` +
          `going on ${goOn(engine)} on ${engine.name}.`;
        this.options.onRecovery?.(sentence, engine);
      }
    }
  }

  /** The engine to go on with, in use. */
  private async nextEngine(lost: string): Promise<RunningEngine> {
    if (this.losses === 0) {
      this.losses = 1;
      const restarted = await restartEngine(lost).catch(() => undefined);
      if (restarted !== undefined) return restarted;
    }
    this.losses = 2;
    return useEngine('auto', { threads: this.options.threads, runsOn: 'processor' });
  }
}
