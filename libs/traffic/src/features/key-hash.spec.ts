import { KeyHash } from './key-hash';

it('depends on each bit of each word, and on no word beyond', () => {
  const hash = new KeyHash();
  const key = Uint32Array.of(6, 0x20010db8, 0, 0xffffffff, 1);
  const whole = hash.of(key, 5);
  for (let bit = 0; bit < 5 * 32; bit++) {
    key[bit >>> 5]! ^= 1 << (bit & 31);
    expect(hash.of(key, 5)).not.toBe(whole);
    key[bit >>> 5]! ^= 1 << (bit & 31);
  }
  expect(hash.of(key, 5)).toBe(whole);
  const short = hash.of(key, 2);
  key[2] = 7;
  expect(hash.of(key, 2)).toBe(short);
});

it('is a secret of its own each time, unless it is told one', () => {
  const key = Uint32Array.of(4, 0xc0a80101);
  const hashes = Array.from({ length: 20 }, () => new KeyHash().of(key, 2));
  expect(new Set(hashes).size).toBe(20);
  const bits = new Uint32Array(5 * 4 * 256).map((_, i) => Math.imul(i, 0x9e3779b1));
  expect(new KeyHash(bits).of(key, 2)).toBe(new KeyHash(bits).of(key, 2));
});
