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
} as const;

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
];
