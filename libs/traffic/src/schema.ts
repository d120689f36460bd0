/** Prefix of a column's name: which packets are summed up together. */
export const BLOCKS = ['MI_dir', 'H', 'HH', 'HH_jit', 'HpHp'] as const;
/** Decay rate λ of a damped window: a packet's weight is 2^(-λt), so L5 halves it every 0.2 s, L0.01 every 100 s. */
export const WINDOWS = ['L5', 'L3', 'L1', 'L0.1', 'L0.01'] as const;

export type Block = (typeof BLOCKS)[number];
export type Window = (typeof WINDOWS)[number];
export type Statistic =
  'weight' | 'mean' | 'variance' | 'std' | 'magnitude' | 'radius' | 'covariance' | 'pcc';

/** One column of N-BaIoT: a statistic, over a window, of one block of packets. */
export interface Feature {
  /** Position in the published header, 0 to 114. */
  readonly index: number;
  /** `block_window_statistic`, such as "HH_jit_L0.1_mean". */
  readonly name: string;
  readonly block: Block;
  readonly window: Window;
  readonly statistic: Statistic;
}

const ONE_WAY: readonly Statistic[] = ['weight', 'mean', 'variance'];
const TWO_WAY: readonly Statistic[] = [
  'weight',
  'mean',
  'std',
  'magnitude',
  'radius',
  'covariance',
  'pcc',
];

/**
 * The statistics of each block, in column order: three where only one direction is seen, seven for
 * channels (HH: host to host) and sockets (HpHp: host and port to host and port), whose two
 * directions have a joint magnitude, radius, covariance and correlation (pcc).
 */
export const STATISTICS: Readonly<Record<Block, readonly Statistic[]>> = {
  MI_dir: ONE_WAY,
  H: ONE_WAY,
  HH: TWO_WAY,
  HH_jit: ONE_WAY,
  HpHp: TWO_WAY,
};

/**
 * The 115 columns in the order of the published files: blocks, then windows, then statistics.
 *
 * Source: Meidan et al. 2018, "N-BaIoT: Network-based Detection of IoT Botnet Attacks Using Deep
 * Autoencoders", table 2; the order is that of the header rows of the UCI files.
 */
export const FEATURES: readonly Feature[] = BLOCKS.flatMap((block) =>
  WINDOWS.flatMap((window) => STATISTICS[block].map((statistic) => ({ block, window, statistic }))),
).map(({ block, window, statistic }, index) => ({
  index,
  name: `${block}_${window}_${statistic}`,
  block,
  window,
  statistic,
}));

/** The names of {@link FEATURES}: the header row of every file of the set. */
export const FEATURE_NAMES: readonly string[] = FEATURES.map(({ name }) => name);
