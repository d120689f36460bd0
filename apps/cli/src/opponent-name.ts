/** What an engine can be compared with. */
export const OPPONENTS = ['torch', 'tfjs-node'] as const;
export type OpponentName = (typeof OPPONENTS)[number];
