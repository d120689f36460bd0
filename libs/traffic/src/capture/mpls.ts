import { u16 } from './byte-order';
import { ETHERNET_BYTES, looksLikeEthernet } from './ethernet';
import { type FrameCursor, IPV4, IPV6, LAYER } from './frame-cursor';
import { FRAME_FAULT } from './frame-fault';

const LABEL_BYTES = 4;
/** Of a pseudowire's control word. */
const CONTROL_BYTES = 4;
/** What tells whether a frame lies there: its header, and that of LLC. */
const LEAST_BYTES = CONTROL_BYTES + ETHERNET_BYTES + 3;
/** Types of an associated channel (RFC 4385) that carry IP. */
const channels: ReadonlyMap<number, number> = new Map([
  [0x0021, IPV4],
  [0x0057, IPV6],
]);

/**
 * A stack of MPLS labels (RFC 3032). Nothing says what lies below it: IP, by its version; the channel
 * of a pseudowire; or Ethernet, with or without a control word of zeros before it (RFC 4448).
 */
export function mpls(bytes: Uint8Array, end: number, cursor: FrameCursor): number {
  let { at } = cursor;
  for (let isLast = false; !isLast; at += LABEL_BYTES) {
    if (end - at < LABEL_BYTES) return FRAME_FAULT.cutLink;
    isLast = (bytes[at + 2]! & 1) === 1;
  }
  if (end <= at) return FRAME_FAULT.cutLink;
  const first = bytes[at]! >>> 4;
  if (first === 4) cursor.move(at, IPV4);
  else if (first === 6) cursor.move(at, IPV6);
  else if (end - at < LEAST_BYTES) return FRAME_FAULT.cutLink;
  else pseudowire(bytes, at, end, first, cursor);
  return FRAME_FAULT.none;
}

function pseudowire(
  bytes: Uint8Array,
  at: number,
  end: number,
  first: number,
  cursor: FrameCursor,
): void {
  const frame = at + CONTROL_BYTES;
  const channel = first === 1 ? channels.get(u16(bytes, at + 2)) : undefined;
  if (channel !== undefined) cursor.move(frame, channel);
  else if (first === 0 && looksLikeEthernet(bytes, frame, end)) cursor.move(frame, LAYER.ethernet);
  else if (looksLikeEthernet(bytes, at, end)) cursor.move(at, LAYER.ethernet);
  else cursor.type = LAYER.none;
}
