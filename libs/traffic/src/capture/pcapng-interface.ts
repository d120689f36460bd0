import { u16In, u32In } from './byte-order';
import { isReadable } from './link-header';
import { TickClock } from './timestamp';

const OPTION_END = 0;
const OPTION_RESOLUTION = 9;
const OPTION_OFFSET = 14;

/** What an interface description block says that its packets need. */
export interface PcapngInterface {
  readonly linkType: number;
  /** Whether packets of this link type can be read. */
  readonly isReadable: boolean;
  readonly clock: TickClock;
}

/**
 * Reads the interface description block at `bytes[at, end)`; both numbers are those of the whole
 * block, its type and lengths among them.
 *
 * @returns the code of an option that runs past the block where there is one
 */
export function readInterface(
  bytes: Uint8Array,
  at: number,
  end: number,
  isLittle: boolean,
): PcapngInterface | number {
  let resolution = 6;
  let offset = 0;
  const endOfOptions = end - 4;
  let place = at + 16;
  while (place + 4 <= endOfOptions) {
    const code = u16In(bytes, place, isLittle);
    const length = u16In(bytes, place + 2, isLittle);
    const value = place + 4;
    if (code === OPTION_END) break;
    if (value + length > endOfOptions) return code;
    if (code === OPTION_RESOLUTION && length === 1) resolution = bytes[value]!;
    if (code === OPTION_OFFSET && length === 8) {
      const high = u32In(bytes, isLittle ? value + 4 : value, isLittle) | 0;
      offset = high * 2 ** 32 + u32In(bytes, isLittle ? value : value + 4, isLittle);
    }
    place = value + Math.ceil(length / 4) * 4;
  }
  const linkType = u16In(bytes, at + 8, isLittle);
  const clock = new TickClock(resolution, offset);
  return { linkType, isReadable: isReadable(linkType), clock };
}
