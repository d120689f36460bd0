/**
 * What a header says comes next: an EtherType (IEEE 802; up to 1,500 it is the length of an LLC frame),
 * or one of these, which have none.
 */
export const LAYER = {
  /** Nothing that leads to IP. */
  none: 0x1_0000,
  /** IP of the version that its first four bits say. */
  ip: 0x1_0001,
  ethernet: 0x1_0002,
  llc: 0x1_0003,
  ppp: 0x1_0004,
  wireless: 0x1_0005,
} as const;

export const IPV4 = 0x0800;
export const IPV6 = 0x86dd;
export const ARP = 0x0806;

/** How far a frame is decoded: where its next header begins, and whose it is. */
export class FrameCursor {
  at = 0;
  /** An EtherType or one of {@link LAYER}. */
  type: number = LAYER.none;
  /** The addresses of the outermost header that has them; 0 before. */
  sourceMac = 0;
  destinationMac = 0;
  /** Whether the sender's address is known. */
  hasSender = false;
  /** Wi-Fi's header is padded to a multiple of so many bytes. */
  alignment = 1;

  /** Sets it to the beginning of a frame. */
  reset(at: number): void {
    this.at = at;
    this.type = LAYER.none;
    this.sourceMac = 0;
    this.destinationMac = 0;
    this.hasSender = false;
    this.alignment = 1;
  }

  /** Moves it to `at`, where something of that type begins. */
  move(at: number, type: number): void {
    this.at = at;
    this.type = type;
  }

  /** Takes the addresses of a header, unless one further out had them. */
  setMacs(source: number, destination: number): void {
    if (this.hasSender) return;
    this.sourceMac = source;
    this.destinationMac = destination;
    this.hasSender = true;
  }
}

/**
 * Moves the cursor behind the header that is there.
 *
 * @param end of what was captured of the frame in `bytes`; nothing behind it is read
 * @returns one of `FRAME_FAULT`
 */
export type Header = (bytes: Uint8Array, end: number, cursor: FrameCursor) => number;
