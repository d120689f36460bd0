/** Why a packet cannot be taken; `none` where it can. Numbers, since one is returned per packet. */
export const FRAME_FAULT = {
  none: 0,
  cutLink: 1,
  cutIP: 2,
  cutPorts: 3,
  cutARP: 4,
  badIP: 5,
  badLength: 6,
  noTime: 7,
  noInterface: 8,
  badLink: 9,
  tooDeep: 10,
  innerLink: 11,
  noAddress: 12,
  linkType: 13,
} as const;

/** The faults of which a person wants to know the link type. */
export const LINK_FAULTS: ReadonlySet<number> = new Set([
  FRAME_FAULT.badLink,
  FRAME_FAULT.innerLink,
  FRAME_FAULT.noAddress,
  FRAME_FAULT.linkType,
]);

/** More headers than this before or behind that of IP no sender has a use for. */
export const MOST_HEADERS = 16;

/** What a fault is in words that follow "a packet". */
export const FAULT_TEXTS: readonly string[] = [
  '',
  'cut within its link header',
  'cut before the end of its IP addresses',
  'cut before its ports',
  'cut before the end of its ARP addresses',
  'with an IP header that contradicts itself',
  'with a length that contradicts its record',
  'without a time',
  'of an interface that the file does not describe',
  'with a link header that contradicts itself',
  `with more than ${MOST_HEADERS} headers, one within another`,
  'with a link type of its own that cannot be read',
  "with neither IP nor a sender's MAC address",
  'of a link type that cannot be read',
];
