/**
 * Seeded random streams as plain data: xoshiro128** by Blackman and Vigna, which needs only 32-bit integer
 * arithmetic and so gives the same numbers in every JavaScript engine. Every use has a stream of its own name, so a
 * die added to one system does not reshuffle another.
 */
export interface RandomStream {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** A stream for `seed` and `name`; equal arguments give equal streams. */
export function createRandom(seed: number, name: string): RandomStream {
  let mix = seed | 0;
  for (let i = 0; i < name.length; i += 1) mix = splitMix(mix ^ name.charCodeAt(i));
  const a = (mix = splitMix(mix));
  const b = (mix = splitMix(mix));
  const c = (mix = splitMix(mix));
  const d = splitMix(mix) | 1; // An all-zero state would stay zero for ever.
  return { a, b, c, d };
}

/** A whole number in [0, 2^32). */
export function nextUint32(stream: RandomStream): number {
  const result = Math.imul(rotateLeft(Math.imul(stream.b, 5), 7), 9) >>> 0;
  const shifted = stream.b << 9;
  stream.c ^= stream.a;
  stream.d ^= stream.b;
  stream.b ^= stream.c;
  stream.a ^= stream.d;
  stream.c ^= shifted;
  stream.d = rotateLeft(stream.d, 11);
  return result;
}

/** A whole number in [0, bound), for 1 ≤ bound ≤ 2^32, without modulo bias. */
export function nextInt(stream: RandomStream, bound: number): number {
  const limit = 4294967296 - (4294967296 % bound);
  let draw = nextUint32(stream);
  while (draw >= limit) draw = nextUint32(stream);
  return draw % bound;
}

/** A number in [0, 1) in steps of 2^-32. */
export function nextUnit(stream: RandomStream): number {
  return nextUint32(stream) / 4294967296;
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function splitMix(state: number): number {
  let z = (state + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}
