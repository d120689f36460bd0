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

/** Rows of a file, and the mean size of its packets. */
type Count = readonly [rows: number, meanSize: number];

/** What was recorded of a device: of an attack by its name, of a family that it was not infected with nothing. */
interface Counts {
  readonly benign: Count;
  readonly gafgyt: Readonly<Record<string, Count>>;
  readonly mirai?: Readonly<Record<string, Count>>;
}

/**
 * Rows and mean packet size of each file (two devices have none of mirai).
 *
 * Source: counted in the files that UCI publishes (Meidan et al. 2018, CC BY 4.0).
 */
const COUNTS: Readonly<Record<(typeof DEVICES)[number], Counts>> = {
  Danmini_Doorbell: {
    benign: [49_548, 92.39],
    gafgyt: {
      combo: [59_718, 74.47],
      junk: [29_068, 74.66],
      scan: [29_849, 76.83],
      tcp: [92_141, 60.16],
      udp: [105_874, 60.12],
    },
    mirai: {
      ack: [102_195, 382.8],
      scan: [107_685, 60.02],
      syn: [122_573, 69.53],
      udp: [237_665, 377.53],
      udpplain: [81_982, 329.54],
    },
  },
  Ecobee_Thermostat: {
    benign: [13_113, 207.56],
    gafgyt: {
      combo: [53_012, 74.49],
      junk: [30_312, 74.63],
      scan: [27_494, 76.97],
      tcp: [95_021, 60.16],
      udp: [104_791, 60.12],
    },
    mirai: {
      ack: [113_285, 440.82],
      scan: [43_192, 60.12],
      syn: [116_807, 70.89],
      udp: [151_481, 429.19],
      udpplain: [87_368, 405.12],
    },
  },
  Ennio_Doorbell: {
    benign: [39_100, 82.65],
    gafgyt: {
      combo: [53_014, 74.42],
      junk: [29_797, 74.64],
      scan: [28_120, 76.69],
      tcp: [101_536, 60.15],
      udp: [103_933, 60.13],
    },
  },
  Philips_B120N10_Baby_Monitor: {
    benign: [175_240, 85.35],
    gafgyt: {
      combo: [58_152, 74.48],
      junk: [28_349, 74.67],
      scan: [27_859, 76.97],
      tcp: [92_581, 60.16],
      udp: [105_782, 60.12],
    },
    mirai: {
      ack: [91_123, 383.25],
      scan: [103_621, 60.02],
      syn: [118_128, 69.59],
      udp: [217_034, 377.74],
      udpplain: [80_808, 329.79],
    },
  },
  Provision_PT_737E_Security_Camera: {
    benign: [62_154, 94.16],
    gafgyt: {
      combo: [61_380, 74.46],
      junk: [30_898, 74.62],
      scan: [29_297, 76.88],
      tcp: [104_510, 60.14],
      udp: [104_011, 60.13],
    },
    mirai: {
      ack: [60_554, 333.39],
      scan: [96_781, 60.09],
      syn: [65_746, 67.75],
      udp: [156_248, 339.51],
      udpplain: [56_681, 299.94],
    },
  },
  Provision_PT_838_Security_Camera: {
    benign: [98_514, 98.78],
    gafgyt: {
      combo: [57_530, 74.49],
      junk: [29_068, 74.66],
      scan: [28_397, 76.91],
      tcp: [89_387, 60.16],
      udp: [104_658, 60.12],
    },
    mirai: {
      ack: [57_997, 331.3],
      scan: [97_096, 60.09],
      syn: [61_851, 67.82],
      udp: [158_608, 339.68],
      udpplain: [53_785, 299.65],
    },
  },
  Samsung_SNH_1011_N_Webcam: {
    benign: [52_150, 276.29],
    gafgyt: {
      combo: [58_669, 74.48],
      junk: [28_305, 74.67],
      scan: [27_698, 76.73],
      tcp: [97_783, 60.15],
      udp: [110_617, 60.12],
    },
  },
  SimpleHome_XCS7_1002_WHT_Security_Camera: {
    benign: [46_585, 183.79],
    gafgyt: {
      combo: [54_283, 74.51],
      junk: [28_579, 74.67],
      scan: [27_825, 76.98],
      tcp: [88_816, 60.16],
      udp: [103_720, 60.13],
    },
    mirai: {
      ack: [111_480, 440.9],
      scan: [45_930, 60.12],
      syn: [125_715, 70.83],
      udp: [151_879, 428.82],
      udpplain: [78_244, 407.16],
    },
  },
  SimpleHome_XCS7_1003_WHT_Security_Camera: {
    benign: [19_528, 220.83],
    gafgyt: {
      combo: [59_398, 74.47],
      junk: [27_413, 74.7],
      scan: [28_572, 76.55],
      tcp: [98_075, 60.15],
      udp: [102_980, 60.13],
    },
    mirai: {
      ack: [107_187, 440.33],
      scan: [43_674, 60.12],
      syn: [122_479, 70.82],
      udp: [157_084, 429.67],
      udpplain: [84_436, 404.73],
    },
  },
};

/** The files of a device, benign first and then by class. @throws RangeError for a count of no known attack, or none of a known */
export function cellsOf(device: string, counts: Counts): Cell[] {
  return FAMILIES.flatMap((family) => {
    const cell = (attack: string | null, [rows, meanSize]: Count): Cell => ({
      device,
      family,
      attack,
      rows,
      meanSize,
    });
    if (family === 'benign') return [cell(null, counts.benign)];
    const counted = counts[family];
    if (counted === undefined) return [];
    const known = ATTACKS[family];
    const odd = [
      ...Object.keys(counted).filter((attack) => !known.includes(attack)),
      ...known.filter((attack) => !Object.hasOwn(counted, attack)),
    ];
    if (odd.length > 0) {
      throw new RangeError(
        `${device}: of ${family} are counted ${Object.keys(counted).join(', ')}, and known ${known.join(', ')}`,
      );
    }
    return known.map((attack) => cell(attack, counted[attack]!));
  });
}

/** The 89 files of N-BaIoT, by device and then by class; 7,062,606 rows. */
export const CELLS: readonly Cell[] = DEVICES.flatMap((device) => cellsOf(device, COUNTS[device]));
