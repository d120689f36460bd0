import { ATTACKS, FAMILIES, type Family } from '../attack';
import { DEVICES } from '../device';

/** One file of N-BaIoT: what one device sent while one kind of traffic was recorded. */
export interface Cell {
  /** One of `DEVICES`. */
  readonly device: string;
  readonly family: Family;
  /** One of `ATTACKS[family]`; null for benign. */
  readonly attack: string | null;
  /** Rows of the published file. */
  readonly rows: number;
  /** The published file's mean of `MI_dir_L5_mean`: the size of packets in the last moments, in bytes. */
  readonly meanSize: number;
}

/** Where UCI's layout has a cell, without the ending: "Danmini_Doorbell/gafgyt_attacks/combo". */
export function placeOf({ device, family, attack }: Cell): string {
  return attack === null ? `${device}/benign_traffic` : `${device}/${family}_attacks/${attack}`;
}

/** Rows of a cell at a scale: a part of the published ones, one at least. */
export function scaledRows({ rows }: Cell, scale: number): number {
  return Math.max(1, Math.round(rows * scale));
}

type Counts = readonly (readonly [rows: number, meanSize: number])[];

/**
 * Rows and mean packet size of each file: benign; gafgyt combo, junk, scan, tcp, udp; mirai ack,
 * scan, syn, udp, udpplain (two devices have none).
 *
 * Source: counted in the files that UCI publishes (Meidan et al. 2018, CC BY 4.0).
 */
const COUNTS: readonly Counts[] = [
  // Danmini_Doorbell
  [
    [49_548, 92.39],
    [59_718, 74.47],
    [29_068, 74.66],
    [29_849, 76.83],
    [92_141, 60.16],
    [105_874, 60.12],
    [102_195, 382.8],
    [107_685, 60.02],
    [122_573, 69.53],
    [237_665, 377.53],
    [81_982, 329.54],
  ],
  // Ecobee_Thermostat
  [
    [13_113, 207.56],
    [53_012, 74.49],
    [30_312, 74.63],
    [27_494, 76.97],
    [95_021, 60.16],
    [104_791, 60.12],
    [113_285, 440.82],
    [43_192, 60.12],
    [116_807, 70.89],
    [151_481, 429.19],
    [87_368, 405.12],
  ],
  // Ennio_Doorbell
  [
    [39_100, 82.65],
    [53_014, 74.42],
    [29_797, 74.64],
    [28_120, 76.69],
    [101_536, 60.15],
    [103_933, 60.13],
  ],
  // Philips_B120N10_Baby_Monitor
  [
    [175_240, 85.35],
    [58_152, 74.48],
    [28_349, 74.67],
    [27_859, 76.97],
    [92_581, 60.16],
    [105_782, 60.12],
    [91_123, 383.25],
    [103_621, 60.02],
    [118_128, 69.59],
    [217_034, 377.74],
    [80_808, 329.79],
  ],
  // Provision_PT_737E_Security_Camera
  [
    [62_154, 94.16],
    [61_380, 74.46],
    [30_898, 74.62],
    [29_297, 76.88],
    [104_510, 60.14],
    [104_011, 60.13],
    [60_554, 333.39],
    [96_781, 60.09],
    [65_746, 67.75],
    [156_248, 339.51],
    [56_681, 299.94],
  ],
  // Provision_PT_838_Security_Camera
  [
    [98_514, 98.78],
    [57_530, 74.49],
    [29_068, 74.66],
    [28_397, 76.91],
    [89_387, 60.16],
    [104_658, 60.12],
    [57_997, 331.3],
    [97_096, 60.09],
    [61_851, 67.82],
    [158_608, 339.68],
    [53_785, 299.65],
  ],
  // Samsung_SNH_1011_N_Webcam
  [
    [52_150, 276.29],
    [58_669, 74.48],
    [28_305, 74.67],
    [27_698, 76.73],
    [97_783, 60.15],
    [110_617, 60.12],
  ],
  // SimpleHome_XCS7_1002_WHT_Security_Camera
  [
    [46_585, 183.79],
    [54_283, 74.51],
    [28_579, 74.67],
    [27_825, 76.98],
    [88_816, 60.16],
    [103_720, 60.13],
    [111_480, 440.9],
    [45_930, 60.12],
    [125_715, 70.83],
    [151_879, 428.82],
    [78_244, 407.16],
  ],
  // SimpleHome_XCS7_1003_WHT_Security_Camera
  [
    [19_528, 220.83],
    [59_398, 74.47],
    [27_413, 74.7],
    [28_572, 76.55],
    [98_075, 60.15],
    [102_980, 60.13],
    [107_187, 440.33],
    [43_674, 60.12],
    [122_479, 70.82],
    [157_084, 429.67],
    [84_436, 404.73],
  ],
];

/** What can be recorded of a device, in the order of {@link COUNTS}. */
const KINDS: readonly Pick<Cell, 'family' | 'attack'>[] = FAMILIES.flatMap(
  (family): Pick<Cell, 'family' | 'attack'>[] =>
    family === 'benign'
      ? [{ family, attack: null }]
      : ATTACKS[family].map((attack) => ({ family, attack })),
);

/** The 89 files of N-BaIoT, by device and then by class; 7,062,606 rows. */
export const CELLS: readonly Cell[] = COUNTS.flatMap((counts, device) =>
  counts.map(([rows, meanSize], kind) => ({
    device: DEVICES[device]!,
    ...KINDS[kind]!,
    rows,
    meanSize,
  })),
);
