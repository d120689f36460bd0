/** What networks can be compared with. */
export const NETWORK_OPPONENTS = ['torch', 'tfjs-node'] as const;
export type NetworkOpponent = (typeof NETWORK_OPPONENTS)[number];

/** What trees can be compared with, and which of them it has. */
export const TREE_OPPONENTS = {
  lightgbm: ['boosting'],
  'scikit-learn': ['boosting', 'forest', 'tree', 'isolation-forest'],
} as const;
export type TreeOpponent = keyof typeof TREE_OPPONENTS;

export type OpponentName = NetworkOpponent | TreeOpponent;
export const OPPONENTS: readonly OpponentName[] = [
  ...NETWORK_OPPONENTS,
  ...(Object.keys(TREE_OPPONENTS) as TreeOpponent[]),
];

export function isTreeOpponent(name: OpponentName | undefined): name is TreeOpponent {
  return name !== undefined && name in TREE_OPPONENTS;
}
