/**
 * An engine's device is gone: its driver was reset, it ran out of memory, or it was taken away. What was on it
 * is lost; {@link restartEngine} starts the engine anew.
 */
export class DeviceLost extends Error {
  override readonly name = 'DeviceLost';

  /** @param reason what the driver said, one line */
  constructor(
    readonly engine: string,
    readonly reason: string,
  ) {
    super(`The device of the engine "${engine}" was lost: ${reason}`);
  }
}
