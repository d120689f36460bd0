import fc from 'fast-check';
import { sample } from './sample';

/**
 * Rows of the 89 files of N-BaIoT, a line for each device: benign, gafgyt combo, junk, scan, tcp,
 * udp, mirai ack, scan, syn, udp, udpplain. Two devices have no mirai.
 */
// prettier-ignore
const N_BAIOT = [
  [49_548, 59_718, 29_068, 29_849, 92_141, 105_874, 102_195, 107_685, 122_573, 237_665, 81_982], // Danmini_Doorbell
  [13_113, 53_012, 30_312, 27_494, 95_021, 104_791, 113_285, 43_192, 116_807, 151_481, 87_368], // Ecobee_Thermostat
  [39_100, 53_014, 29_797, 28_120, 101_536, 103_933], // Ennio_Doorbell
  [175_240, 58_152, 28_349, 27_859, 92_581, 105_782, 91_123, 103_621, 118_128, 217_034, 80_808], // Philips_B120N10_Baby_Monitor
  [62_154, 61_380, 30_898, 29_297, 104_510, 104_011, 60_554, 96_781, 65_746, 156_248, 56_681], // Provision_PT_737E_Security_Camera
  [98_514, 57_530, 29_068, 28_397, 89_387, 104_658, 57_997, 97_096, 61_851, 158_608, 53_785], // Provision_PT_838_Security_Camera
  [52_150, 58_669, 28_305, 27_698, 97_783, 110_617], // Samsung_SNH_1011_N_Webcam
  [46_585, 54_283, 28_579, 27_825, 88_816, 103_720, 111_480, 45_930, 125_715, 151_879, 78_244], // SimpleHome_XCS7_1002_WHT_Security_Camera
  [19_528, 59_398, 27_413, 28_572, 98_075, 102_980, 107_187, 43_674, 122_479, 157_084, 84_436], // SimpleHome_XCS7_1003_WHT_Security_Camera
].flat();

describe('sample', () => {
  it('takes 353,130 rows at 5 % of N-BaIoT, as the paper does', () => {
    expect(N_BAIOT).toHaveLength(89);
    expect(N_BAIOT.reduce((a, b) => a + b)).toBe(7_062_606);
    const picked = sample(N_BAIOT, { fraction: 0.05 }, 1);
    expect(picked.reduce((total, rows) => total + rows.length, 0)).toBe(353_130);
    picked.forEach((rows, i) => {
      expect(Math.abs(rows.length - 0.05 * (N_BAIOT[i] ?? 0))).toBeLessThan(1);
    });
  });

  it('draws ascending rows that the file has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer(),
        (counts, rows, seed) => {
          const picked = sample(counts, { rows }, seed);
          const all = counts.reduce((a, b) => a + b, 0);
          expect(picked.reduce((total, { length }) => total + length, 0)).toBe(Math.min(rows, all));
          picked.forEach((file, i) => {
            const ascending = [...new Set(file)].sort((a, b) => a - b);
            expect([...file]).toEqual(ascending);
            expect(file.at(-1) ?? -1).toBeLessThan(counts[i] ?? 0);
          });
        },
      ),
    );
  });

  it('draws each row as often as any other', () => {
    const times = new Uint32Array(10);
    for (let seed = 0; seed < 3000; seed++) {
      for (const row of sample([10], { rows: 3 }, seed)[0] ?? []) times[row]! += 1;
    }
    for (const count of times) expect(Math.abs(count - 900)).toBeLessThan(120);
  });

  it('repeats with a seed, and differs with another', () => {
    expect(sample([500], { rows: 50 }, 3)).toEqual(sample([500], { rows: 50 }, 3));
    expect(sample([500], { rows: 50 }, 3)).not.toEqual(sample([500], { rows: 50 }, 4));
  });

  it("does not let one file's draw depend on another file", () => {
    const [, second] = sample([100, 200], { fraction: 0.1 }, 3);
    const [, sameSecond] = sample([7000, 200], { fraction: 0.1 }, 3);
    expect(second).toEqual(sameSecond);
    const [first, twin] = sample([200, 200], { fraction: 0.1 }, 3);
    expect(first).not.toEqual(twin);
  });

  it('gives all where more is asked for', () => {
    expect(sample([2, 1], { rows: 99 }, 1)).toEqual([Uint32Array.of(0, 1), Uint32Array.of(0)]);
    expect(sample([2, 1], { fraction: 1 }, 1)).toEqual([Uint32Array.of(0, 1), Uint32Array.of(0)]);
  });

  it.each([0, -0.1, 1.1, NaN])('refuses the fraction %d', (fraction) => {
    expect(() => sample([9], { fraction }, 1)).toThrow('Cannot sample a fraction of');
  });
  it.each([0, -1, 1.5, NaN, Infinity])('refuses %d rows', (rows) => {
    expect(() => sample([9], { rows }, 1)).toThrow('expected a whole number, 1 or more');
  });
});
