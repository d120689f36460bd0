import { PROTOCOL } from '../packet-batch';
import { FEATURE_NAMES } from '../schema';
import { CELLS, type Cell } from './cell';
import { scenarioOf } from './scenario';
import { simulateRows } from './simulation';

function cell(device: string, family: string, attack: string | null): Cell {
  return CELLS.find(
    (one) => one.device.startsWith(device) && one.family === family && one.attack === attack,
  )!;
}

/** The values of one feature in some rows of a simulated file. */
function valuesOf(one: Cell, name: string, rows: readonly number[], seed = 1): number[] {
  const features = simulateRows(one, Uint32Array.from(rows), { seed });
  const column = FEATURE_NAMES.indexOf(name);
  return rows.map((_, i) => features[i * FEATURE_NAMES.length + column]!);
}

const firstRows = (count: number) => Array.from({ length: count }, (_, row) => row);
const every = (one: Cell, step: number) =>
  Array.from({ length: Math.floor(one.rows / step) }, (_, i) => i * step);
const quantile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))]!;
const SEEDS = [1, 2, 3, 4, 5];

describe('the stretch that files of attacks lack', () => {
  it.each([
    ['junk', 150, 1000],
    ['combo', 1000, 12_000],
  ])('lets %s go on with a stream of its first packets', (attack, least, most) => {
    for (const seed of SEEDS) {
      const weights = valuesOf(
        cell('Danmini', 'gafgyt', attack),
        'MI_dir_L0.01_weight',
        firstRows(120),
        seed,
      );
      expect(weights[119]).toBeGreaterThan(least);
      expect(weights[119]).toBeLessThan(most);
      const leaps = weights.filter((weight, i) => i > 0 && weight > weights[i - 1]! + 50);
      expect(leaps).toHaveLength(1);
    }
  });
  it('leaves of the time of day in the jitter of junk what genuine junk has', () => {
    // Genuine rows 18 to 249 of Danmini's: means of 1.8e5 to 8.8e5, variances of 2.7e14 to 1.3e15.
    const medians = (name: string) =>
      SEEDS.map((seed) =>
        quantile(
          valuesOf(cell('Danmini', 'gafgyt', 'junk'), name, firstRows(250), seed).slice(50),
          0.5,
        ),
      );
    const mean = quantile(medians('HH_jit_L5_mean'), 0.5);
    expect(mean).toBeGreaterThan(5e4);
    expect(mean).toBeLessThan(3e6);
    const variance = quantile(medians('HH_jit_L5_variance'), 0.5);
    expect(variance).toBeGreaterThan(5e13);
    expect(variance).toBeLessThan(5e15);
  });
});

describe('neighbours', () => {
  it('put packets of 60 bytes into the streams of attacks, as many as deviations show', () => {
    // The whole genuine sets: gafgyt 0.146 to 0.189 (8 % to 82 % of junk and combo), mirai 6.4 and 10.0.
    const junk = cell('Philips', 'gafgyt', 'junk');
    const inJunk = valuesOf(junk, 'HH_L0.01_std', every(junk, 50)).slice(200);
    expect(quantile(inJunk, 0.5)).toBeGreaterThan(0.1);
    expect(quantile(inJunk, 0.5)).toBeLessThan(0.25);
    const udp = cell('Ecobee', 'mirai', 'udp');
    const inUdp = valuesOf(udp, 'HH_L0.01_std', every(udp, 50)).filter((value) => value > 1);
    expect(quantile(inUdp, 0.5)).toBeGreaterThan(5);
    expect(quantile(inUdp, 0.5)).toBeLessThan(11);
  });
});

describe('mirai', () => {
  it.each(CELLS.filter(({ family }) => family === 'mirai').map((one) => [one.device, one]))(
    'of %s: nobody answers the device',
    (_, one) => {
      const { lab, packets } = scenarioOf(one, 1);
      let count = 0;
      for (const { from, protocol, tcpFlags, to } of packets) {
        expect(from.mac).toBe(lab.device.mac);
        // Of connections to others than the target only their first packets.
        if (protocol === PROTOCOL.tcp && to.mac !== lab.target.mac) expect(tcpFlags).toBe(2);
        if (++count === 5000) break;
      }
    },
  );
});

describe('gafgyt', () => {
  it('sends nothing longer than 909 bytes over what reaches 1,456 with its answers', () => {
    const scan = cell('Ennio', 'gafgyt', 'scan');
    const magnitudes = valuesOf(scan, 'HpHp_L5_magnitude', every(scan, 1));
    expect(Math.max(...magnitudes)).toBeLessThan(1457);
    expect(magnitudes.filter((value) => value > 1000).length).toBeGreaterThan(20);
  });
});

describe('benign', () => {
  it.each([
    // Medians over the genuine rows of each device.
    ['Danmini', 'HH_L0.01_weight', 4.22],
    ['Ecobee', 'HH_L0.01_magnitude', 368],
    ['Ennio', 'HH_L5_magnitude', 108.2],
    ['Philips', 'HH_L0.01_weight', 76.2],
    ['Philips', 'HpHp_L0.01_weight', 19.2],
    ['Philips', 'HpHp_L5_magnitude', 122.3],
    ['Provision_PT_737E', 'HpHp_L5_mean', 74],
    ['Provision_PT_838', 'HH_L5_magnitude', 108.2],
    ['SimpleHome_XCS7_1003', 'HpHp_L5_magnitude', 431.5],
    ['SimpleHome_XCS7_1003', 'HH_jit_L0.01_mean', 25.05],
  ])('%s has a median %s near %d', (device, name, genuine) => {
    const one = cell(device, 'benign', null);
    const median = quantile(valuesOf(one, name, every(one, 20)), 0.5);
    expect(median / genuine).toBeGreaterThan(0.85);
    expect(median / genuine).toBeLessThan(1.18);
  });
});
