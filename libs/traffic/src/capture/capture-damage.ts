import { InputError } from '@botlab/errors';

/** Where the bytes of a capture stop making sense: nothing behind it can be read. */
export class CaptureDamage extends InputError {
  /**
   * @param place in the file, in bytes
   * @param what where it is and what is wrong there: "packet 2, at byte 94, says that ..."
   */
  constructor(
    capture: string,
    readonly place: number,
    readonly what: string,
  ) {
    super(
      `Cannot read ${capture}: ${what}; the file is damaged there, capture or download it again.`,
    );
  }
}
