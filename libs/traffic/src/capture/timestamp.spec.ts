import fc from 'fast-check';
import { decimalTime, TickClock } from './timestamp';

const MICROS = 1_505_661_693_006_188n;
/** What a CSV file that says the same would be read as. */
const SECONDS = 1505661693.006188;

function time(clock: TickClock, ticks: bigint): number {
  return clock.time(Number(ticks >> 32n), Number(ticks & 0xffffffffn));
}

describe('decimalTime', () => {
  it('is the double nearest to the decimal number', () => {
    expect(decimalTime(1_505_661_693, 6_188, 1e6)).toBe(SECONDS);
    expect(decimalTime(1_505_661_693, 6_188_000, 1e9)).toBe(SECONDS);
    expect(decimalTime(1_505_661_693, 6_188_999, 1e9)).toBe(1505661693.006188999);
  });
});

describe('TickClock', () => {
  it.each([6, 7, 8, 9, 10])('tells the same time in 1e-%d s', (resolution) => {
    const ticks = MICROS * 10n ** BigInt(resolution - 6);
    expect(time(new TickClock(resolution), ticks)).toBe(SECONDS);
  });
  it.each([1, 3, 5, 11, 12, 15, 18])('tells a short time in 1e-%d s', (resolution) => {
    const ticks = (15n * 10n ** BigInt(resolution)) / 10n;
    expect(time(new TickClock(resolution), ticks)).toBe(1.5);
  });
  it('counts in powers of two', () => {
    expect(time(new TickClock(0x80 | 10), (1_505_661_693n << 10n) + 512n)).toBe(1_505_661_693.5);
    expect(time(new TickClock(0x80), 7n)).toBe(7);
    expect(time(new TickClock(0x80 | 32), (3n << 32n) + (1n << 30n))).toBe(3.25);
  });
  it('adds the offset', () => {
    expect(time(new TickClock(6, 1_505_661_000), 693_006_188n)).toBe(SECONDS);
    expect(time(new TickClock(9, 1_505_661_000), 693_006_188_000n)).toBe(SECONDS);
    expect(time(new TickClock(12, -10), 11_500_000_000_000n)).toBe(1.5);
    expect(time(new TickClock(0x81, -1), 5n)).toBe(1.5);
  });
  it('divides exactly: whole microseconds are the nearest double, whatever the resolution', () => {
    const micros = fc.bigInt({ min: 0n, max: 2n ** 53n - 1n });
    fc.assert(
      fc.property(micros, fc.constantFrom(6, 7, 8, 9), (value, resolution) => {
        const ticks = value * 10n ** BigInt(resolution - 6);
        fc.pre(ticks < 2n ** 64n);
        expect(time(new TickClock(resolution), ticks)).toBe(Number(value) / 1e6);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
  it('is finite for every resolution and number of ticks', () => {
    for (let resolution = 0; resolution < 256; resolution++) {
      const clock = new TickClock(resolution, -(2 ** 63));
      expect(Number.isFinite(time(clock, 2n ** 64n - 1n))).toBe(true);
      expect(Number.isFinite(time(clock, 0n))).toBe(true);
    }
  });
});
