/**
 * `java.util.Random` (JDK 8 to 21) as plain data: a 48-bit linear congruential generator. The state is
 * kept as two 24-bit halves, because 48 × 48 bits do not fit into a double.
 */
export interface JavaRandom {
  high: number;
  low: number;
}

const MULTIPLIER_HIGH = 0x5de; // 0x5DEECE66D = 0x5DE × 2^24 + 0xECE66D
const MULTIPLIER_LOW = 0xece66d;
const HALF = 0x1000000; // 2^24

/** `new Random(seed)` for a seed that is a whole number of at most 48 bits. */
export function createJavaRandom(seed: number): JavaRandom {
  const wrapped = seed < 0 ? seed + HALF * HALF : seed;
  const high = Math.floor(wrapped / HALF);
  const low = wrapped % HALF;
  return { high: (high ^ MULTIPLIER_HIGH) >>> 0, low: (low ^ MULTIPLIER_LOW) >>> 0 };
}

/** `next(bits)`: the highest bits of the next state as a signed 32-bit integer, 1 ≤ bits ≤ 32. */
export function nextBits(random: JavaRandom, bits: number): number {
  const low = random.low * MULTIPLIER_LOW + 0xb;
  const carry = Math.floor(low / HALF);
  // The parts stay below 2^53: 2^24·2^24 + 2^24·2^11 + 2^24.
  const high = random.high * MULTIPLIER_LOW + random.low * MULTIPLIER_HIGH + carry;
  random.low = low % HALF;
  random.high = high % HALF;
  // The state's upper 32 bits, as an unsigned number.
  const upper = random.high * 256 + Math.floor(random.low / 65536);
  return bits === 32 ? upper | 0 : upper >>> (32 - bits);
}

/** `nextInt()`: any signed 32-bit integer. */
export function nextJavaInt(random: JavaRandom): number {
  return nextBits(random, 32);
}

/** `nextInt(bound)`: a whole number in [0, bound), bound ≥ 1. */
export function nextJavaIntBelow(random: JavaRandom, bound: number): number {
  return boundedInt(() => nextBits(random, 31), bound);
}

/**
 * How `java.util.Random.nextInt(bound)` brings 31 random bits below a bound: by the high bits for a
 * power of two, else by the remainder, drawing again where the last, incomplete round would be unfair.
 */
export function boundedInt(next31: () => number, bound: number): number {
  const draw = next31();
  // bound · draw may need 62 bits, so the power of two divides instead of shifting the product.
  if ((bound & (bound - 1)) === 0) return Math.floor(draw / (0x80000000 / bound));
  let bits = draw;
  let value = bits % bound;
  while (bits - value + (bound - 1) > 0x7fffffff) {
    bits = next31();
    value = bits % bound;
  }
  return value;
}

/** `Collections.shuffle(list, random)` in place, given the random's `nextInt(bound)`. */
export function shuffle(list: unknown[], nextIntBelow: (bound: number) => number): void {
  for (let size = list.length; size > 1; size -= 1) {
    const other = nextIntBelow(size);
    const last = list[size - 1];
    list[size - 1] = list[other];
    list[other] = last;
  }
}
