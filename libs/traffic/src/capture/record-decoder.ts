/** What a capture format does: takes whole records out of bytes that come in pieces. */
export interface RecordDecoder {
  readonly format: 'pcap' | 'pcapng';
  /** How many bytes, counted from the first one not taken, it needs to go on. */
  readonly wanted: number;
  /** Whether the header of the file has come. */
  readonly isOpen: boolean;
  /** Whether another file begins where it stopped, as in the output of `cat a.pcap b.pcap`. */
  readonly isOver: boolean;
  /**
   * Takes records from `bytes[from, to)` until the rest is not a whole one, the batch is full, or
   * another file begins.
   *
   * @param place of `bytes[from]` in the file
   * @returns where the rest begins
   * @throws CaptureDamage where the bytes are no such records
   * @throws InputError where the file is of a kind that cannot be read
   */
  decode(bytes: Uint8Array, from: number, to: number, place: number): number;
}
