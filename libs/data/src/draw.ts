import type { Random } from '@botlab/random';

/**
 * `count` of the numbers 0 to n - 1, drawn without replacement, ascending; each set as likely.
 *
 * Source: Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm S.
 */
export function draw(n: number, count: number, random: Random): Uint32Array {
  const drawn = new Uint32Array(count);
  for (let i = 0, taken = 0; taken < count; i++) {
    if (random.int(n - i) < count - taken) drawn[taken++] = i;
  }
  return drawn;
}
