import fc from 'fast-check';
import { Blocks, classOf, rounded } from './wasm-blocks';

const BEGIN = 7;
const LIMIT = 4096;
const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1500 }));
/** What to ask for and, where that is negative, which of the blocks in use to give back. */
const script = fc.array(
  fc.oneof(
    size,
    fc.nat(99).map((n) => -n - 1),
  ),
  { maxLength: 120 },
);

interface Taken {
  readonly offset: number;
  readonly units: number;
}

/** Does what a script says, and gives back in the end what is left; the offsets, and the greatest end. */
function play(
  blocks: Blocks,
  orders: readonly number[],
  onChange: (taken: readonly Taken[], blocks: Blocks) => void,
): { offsets: number[]; end: number } {
  const taken: Taken[] = [];
  const offsets: number[] = [];
  let end = 0;
  for (const order of orders) {
    if (order > 0) {
      const offset = blocks.take(order);
      offsets.push(offset);
      if (offset >= 0) taken.push({ offset, units: order });
    } else if (taken.length > 0) {
      blocks.give(taken.splice(-order % taken.length, 1)[0]!.offset);
    }
    end = Math.max(end, blocks.end);
    onChange(taken, blocks);
  }
  for (const { offset } of taken) blocks.give(offset);
  return { offsets, end };
}

describe('classes of sizes', () => {
  const sizes = fc.integer({ min: 1, max: 2 ** 26 });
  it('a size is of the class of the rounded size or the one before, which is its least', () => {
    fc.assert(
      fc.property(sizes, (n) => {
        const least = rounded(n);
        expect(least).toBeGreaterThanOrEqual(n);
        expect(least - n).toBeLessThanOrEqual(n / 32);
        expect(classOf(least) - classOf(n)).toBe(least === n ? 0 : 1);
        if (least > 1) expect(classOf(least - 1)).toBe(classOf(least) - 1);
      }),
    );
  });
});

describe('Blocks', () => {
  it('never overlap, and lie within the limits', () => {
    fc.assert(
      fc.property(script, (orders) => {
        play(new Blocks(BEGIN, LIMIT), orders, (taken, { used }) => {
          let end = BEGIN;
          for (const { offset, units } of [...taken].sort((a, b) => a.offset - b.offset)) {
            expect(offset).toBeGreaterThanOrEqual(end);
            end = offset + units;
          }
          expect(end).toBeLessThanOrEqual(LIMIT);
          const asked = taken.reduce((sum, { units }) => sum + units, 0);
          expect(used).toBeGreaterThanOrEqual(asked);
          expect(used).toBeLessThanOrEqual(asked * (1 + 2 / 32));
        });
      }),
    );
  });

  it('all given back, in any order, are one', () => {
    fc.assert(
      fc.property(script, (orders) => {
        const blocks = new Blocks(BEGIN, LIMIT);
        play(blocks, orders, () => undefined);
        expect([blocks.end, blocks.used]).toEqual([BEGIN, 0]);
        expect(blocks.take(2048)).toBe(BEGIN);
      }),
    );
  });

  it('neighbours given back in any order make room for their sum', () => {
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    fc.assert(
      fc.property(order, fc.integer({ min: 0, max: 9 }), (places, power) => {
        const blocks = new Blocks(BEGIN, LIMIT);
        const three = [0, 1, 2].map(() => blocks.take(2 ** power));
        const guard = blocks.take(1);
        for (const place of places) blocks.give(three[place]!);
        expect(blocks.take(3 * 2 ** power)).toBe(three[0]);
        expect(blocks.end).toBe(guard + 1);
      }),
    );
  });

  it('are not put where a smaller one was', () => {
    for (let units = 1; units < 1_500; units++) {
      const blocks = new Blocks(BEGIN, LIMIT);
      const place = blocks.take(units);
      const guard = blocks.take(1);
      blocks.give(place);
      expect(blocks.take(units)).toBe(place);
      blocks.give(place);
      const next = blocks.take(units + 1);
      if (next < guard) expect(next + units + 1).toBeLessThanOrEqual(guard);
    }
  });

  it('come to lie in the same places when the same is asked for again', () => {
    fc.assert(
      fc.property(script, (orders) => {
        const blocks = new Blocks(BEGIN, LIMIT);
        const first = play(blocks, orders, () => undefined);
        expect(play(blocks, orders, () => undefined)).toEqual(first);
      }),
    );
  });

  it('2,000 training steps need no more than the first five did', () => {
    const blocks = new Blocks(0, 2 ** 26);
    const weights = [120, 4_000, 33, 9_001].map((units) => blocks.take(units));
    let peak = 0;
    const step = (number: number): void => {
      const activations = [57_500, 115_001, 29, 14_375, 57_500, 3].map((n) => blocks.take(n));
      const gradients = activations.reverse().map((offset, i) => {
        const gradient = blocks.take(1_000 * i + 77);
        peak = Math.max(peak, blocks.end);
        blocks.give(offset);
        return gradient;
      });
      gradients.forEach((gradient) => blocks.give(gradient));
      const place = number % weights.length; // a weight is replaced by its next value
      const next = blocks.take(500 + place);
      blocks.give(weights[place]!);
      weights[place] = next;
    };
    for (let i = 0; i < 5; i++) step(i);
    const early = peak;
    for (let i = 5; i < 2_000; i++) step(i);
    expect(peak).toBe(early);
  });

  it('tells when there is no room, and stays as it was', () => {
    const blocks = new Blocks(BEGIN, LIMIT);
    const half = blocks.take(2_048);
    expect([blocks.take(2_112), blocks.take(1e12), blocks.take(Infinity)]).toEqual([-1, -1, -1]);
    blocks.give(half);
    expect(blocks.take(LIMIT - 64)).toBe(BEGIN);
  });

  it('takes back only what is in use', () => {
    const blocks = new Blocks(BEGIN, LIMIT);
    const offset = blocks.take(5);
    expect(() => blocks.give(offset + 1)).toThrow(RangeError);
    blocks.give(offset);
    expect(() => blocks.give(offset)).toThrow('no array in use begins at 448');
  });
});
