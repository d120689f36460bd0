/** 2^27 + 1: splits a float64 into two halves whose products are exact (Veltkamp). */
const SPLIT = 134_217_729;
/** Powers of ten as a float64 and what rounding cut off, for exponents from −MOST_POWER on. */
const MOST_POWER = 23;
const { nearest: POWERS, rest: RESTS } = powersOfTen();
/** Digits that a float64 has at most. */
const DIGITS = 17;
const LOW = 1e8;
/** How near to the edge of what rounds to the number a decimal may be: nearer, the language decides. */
const DOUBT = 1e-6;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;
/** Two digits for each number below 100. */
const PAIRS = Uint8Array.from(
  { length: 200 },
  (_, i) => ZERO + (i % 2 ? (i >> 1) % 10 : Math.floor(i / 20)),
);

/** Binary exponents, from that of 10⁻⁶ to that of 10²¹. */
const LEAST = -20;
const EXPONENTS = 90;
/** For each the power of ten that brings the least of its numbers to 17 digits before the point. */
const FIRST_POWERS = Int8Array.from(
  { length: EXPONENTS },
  (_, i) => DIGITS - 1 - Math.floor((LEAST + i) * Math.log10(2)),
);
/** For each half a unit in the last place. */
const HALF_UNITS = Float64Array.from({ length: EXPONENTS }, (_, i) => 2 ** (LEAST + i - 53));

const value = new Float64Array(1);
const bits = new Uint32Array(value.buffer);

/**
 * Writes a number in the shortest form that reads back to the same float64, as `String` does, in a third of the
 * time.
 *
 * The number times a power of ten is a whole number of 17 digits and a rest, exact to 10⁻⁸ as a sum of two
 * float64. Half a unit in the number's last place is less than 12 there, so that among the decimals that
 * round to the number at most one is a multiple of 100, and at most three are multiples of 10.
 *
 * @param at where to write in `out`; 25 bytes at most
 * @returns how many bytes; 0 where it cannot tell, or the number has another form: with an exponent, and others
 */
export function writeShortest(x: number, out: Uint8Array, at: number): number {
  value[0] = x;
  const sign = bits[1]! >>> 31;
  const magnitude = sign === 1 ? -x : x;
  // At a power of two the decimals below lie nearer: not here.
  if (!(magnitude >= 1e-6 && magnitude < 1e21) || ((bits[1]! & 0xfffff) | bits[0]!) === 0) return 0;
  const exponent = ((bits[1]! >>> 20) & 0x7ff) - 1023;

  // times 10^power: 17 digits before the point
  let power = FIRST_POWERS[exponent - LEAST]!;
  if (magnitude * POWERS[power + MOST_POWER]! >= 1e17) power--;
  const scale = POWERS[power + MOST_POWER]!;
  const product = magnitude * scale;
  if (!(product >= 1e16 && product < 1e17)) return 0;
  const a = SPLIT * magnitude;
  const aHigh = a - (a - magnitude);
  const aLow = magnitude - aHigh;
  const b = SPLIT * scale;
  const bHigh = b - (b - scale);
  const bLow = scale - bHigh;
  const error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  let high = Math.floor(product / LOW);
  let low = product - high * LOW + (error + magnitude * RESTS[power + MOST_POWER]!);
  if (low < 0) {
    high--;
    low += LOW;
  } else if (low >= LOW) {
    high++;
    low -= LOW;
  }

  // half a unit in the last place, on the same scale
  const half = HALF_UNITS[exponent - LEAST]! * scale;
  let digits = Math.floor(low / 100 + 0.5) * 100;
  let away = Math.abs(low - digits) - half;
  if (away > DOUBT) {
    digits = Math.floor(low / 10 + 0.5) * 10;
    away = Math.abs(low - digits) - half;
    if (Math.abs(Math.abs(low - digits) - 5) < DOUBT) return 0;
    if (away > DOUBT) {
      digits = Math.floor(low + 0.5);
      away = -1;
      if (Math.abs(Math.abs(low - digits) - 0.5) < DOUBT) return 0;
    }
  }
  if (away > -DOUBT) return 0;
  if (digits === LOW) {
    digits = 0;
    high++;
    if (high === 1e9) return 0;
  }
  return writeDigits(sign, high, digits, DIGITS - power, out, at);
}

/** Writes 9 and 8 digits, without the zeros at their end, `point` of them before the point. */
function writeDigits(
  sign: number,
  high: number,
  low: number,
  point: number,
  out: Uint8Array,
  begin: number,
): number {
  let at = begin;
  if (sign === 1) out[at++] = MINUS;
  if (point <= 0) {
    out[at++] = ZERO;
    out[at++] = POINT;
    for (let zeros = point; zeros < 0; zeros++) out[at++] = ZERO;
  }
  const first = at;
  // 1 + 4 · 2 digits, then 4 · 2
  const lead = (high / 1e8) | 0;
  out[at] = ZERO + lead;
  writePairs(high - lead * 1e8, out, at + 1);
  writePairs(low, out, at + 9);
  let count = DIGITS;
  while (count > 1 && out[first + count - 1] === ZERO) count--;
  if (point <= 0) return first + count - begin;
  if (count <= point) {
    for (let i = count; i < point; i++) out[first + i] = ZERO;
    return first + point - begin;
  }
  for (let i = count; i > point; i--) out[first + i] = out[first + i - 1]!;
  out[first + point] = POINT;
  return first + count + 1 - begin;
}

/** Writes the eight digits of a number below 10⁸. */
function writePairs(number: number, out: Uint8Array, at: number): void {
  const upper = (number / 10_000) | 0;
  const lower = number - upper * 10_000;
  const a = (upper / 100) | 0;
  const b = (lower / 100) | 0;
  const c = upper - a * 100;
  const d = lower - b * 100;
  out[at] = PAIRS[2 * a]!;
  out[at + 1] = PAIRS[2 * a + 1]!;
  out[at + 2] = PAIRS[2 * c]!;
  out[at + 3] = PAIRS[2 * c + 1]!;
  out[at + 4] = PAIRS[2 * b]!;
  out[at + 5] = PAIRS[2 * b + 1]!;
  out[at + 6] = PAIRS[2 * d]!;
  out[at + 7] = PAIRS[2 * d + 1]!;
}

/** 10^k for k from −MOST_POWER to MOST_POWER, as the sum of two float64. */
function powersOfTen(): { nearest: Float64Array; rest: Float64Array } {
  const nearest = new Float64Array(2 * MOST_POWER + 1);
  const rest = new Float64Array(2 * MOST_POWER + 1);
  for (let k = -MOST_POWER; k <= MOST_POWER; k++) {
    const near = Number(`1e${k}`);
    nearest[k + MOST_POWER] = near;
    // near = mantissa · 2^-shift
    const shift = 52 - Math.floor(Math.log2(near));
    const whole = 10n ** BigInt(Math.abs(k));
    const mantissa = BigInt(near * 2 ** shift);
    const down = BigInt(Math.max(0, shift));
    const up = BigInt(Math.max(0, -shift));
    // 10^k − near, times 2^300
    const exact = k >= 0 ? whole << 300n : (1n << 300n) / whole;
    const difference = exact - (((mantissa << up) << 300n) >> down);
    rest[k + MOST_POWER] = Number(difference) * 2 ** -300;
  }
  return { nearest, rest };
}
