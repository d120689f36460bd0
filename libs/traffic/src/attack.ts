/** Normal traffic, and the two botnets that the devices were infected with. */
export const FAMILIES = ['benign', 'gafgyt', 'mirai'] as const;
export type Family = (typeof FAMILIES)[number];

/** The attacks of each family, in class order. */
export const ATTACKS: Readonly<Record<Family, readonly string[]>> = {
  benign: [],
  gafgyt: ['combo', 'junk', 'scan', 'tcp', 'udp'],
  mirai: ['ack', 'scan', 'syn', 'udp', 'udpplain'],
};
