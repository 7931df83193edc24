// Draws that look like the world: waiting times and popularity, from a seeded stream.

import { logarithm } from '../kernel/arithmetic.ts';
import { nextUint32, nextUnit, type RandomStream } from '../kernel/random.ts';

/** A waiting time with mean 1 of a process without memory. */
export function nextExponential(stream: RandomStream): number {
  // The draw lies in (0, 1], since zero has no logarithm.
  return -logarithm((nextUint32(stream) + 1) / 4294967296);
}

/** A choice among ranks 0, 1, 2 … of which rank r is chosen in proportion to 1 / (r + 1), by Zipf's law. */
export interface Popularity {
  readonly cumulative: Float64Array;
}

export function zipf(ranks: number): Popularity {
  const cumulative = new Float64Array(ranks);
  let sum = 0;
  for (let rank = 0; rank < ranks; rank++) {
    sum += 1 / (rank + 1);
    cumulative[rank] = sum;
  }
  return { cumulative };
}

export function nextRank(stream: RandomStream, { cumulative }: Popularity): number {
  const last = cumulative.length - 1;
  const drawn = nextUnit(stream) * (cumulative[last] ?? 0);
  let rank = 0;
  while (rank < last && (cumulative[rank] ?? 0) <= drawn) rank++;
  return rank;
}

/** One of the choices, popular ones first. */
export function nextPopular<T>(
  stream: RandomStream,
  choices: readonly T[],
  popularity: Popularity,
): T {
  return choices[nextRank(stream, popularity)] as T;
}
