import type { TraceBlock } from './format.ts';

/**
 * A fingerprint of a trace: two runs with equal fingerprints said the same things at the same times. Each column has
 * a lane of 32 bits, and a double two, over whole numbers only, so that every JavaScript engine computes the same. No
 * lane waits for another, so a processor works on all of them at once.
 */
export interface TraceHash {
  heads: number;
  records: number;
  timesLow: number;
  timesHigh: number;
  valuesLow: number;
  valuesHigh: number;
  texts: number;
}

const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

export function createTraceHash(): TraceHash {
  return {
    heads: SEED,
    records: SEED,
    timesLow: SEED,
    timesHigh: SEED,
    valuesLow: SEED,
    valuesHigh: SEED,
    texts: SEED,
  };
}

/** Folds in the entries of `block` from index `from` on. */
export function hashBlock(hash: TraceHash, block: TraceBlock, from: number): void {
  const { kinds, subjects } = block;
  const timesUs = words(block.timesUs);
  const values = words(block.values);
  let { heads, records, timesLow, timesHigh, valuesLow, valuesHigh } = hash;
  for (let i = from; i < block.length; i += 1) {
    heads = folded(heads, (kinds[i]! << 16) | subjects[i]!);
    records = folded(records, block.records[i]!);
    timesLow = folded(timesLow, timesUs[2 * i]!);
    timesHigh = folded(timesHigh, timesUs[2 * i + 1]!);
    valuesLow = folded(valuesLow, values[2 * i]!);
    valuesHigh = folded(valuesHigh, values[2 * i + 1]!);
  }
  Object.assign(hash, { heads, records, timesLow, timesHigh, valuesLow, valuesHigh });
}

/** Texts have a lane of their own, because entries are hashed later than they are written. */
export function hashText(hash: TraceHash, text: string): void {
  let { texts } = hash;
  for (let i = 0; i < text.length; i += 1) texts = folded(texts, text.charCodeAt(i));
  hash.texts = folded(texts, text.length);
}

/** All lanes as one, 16 hexadecimal digits. */
export function digest(hash: TraceHash): string {
  let low = SEED;
  let high = ~SEED;
  for (const lane of Object.values(hash) as number[]) {
    low = folded(low, lane);
    high = folded(high, low ^ lane);
  }
  return hexadecimal(high) + hexadecimal(low);
}

/** FNV-1a with a turn, by which the upper bits of a word reach the lower ones of the lane too. */
function folded(lane: number, word: number): number {
  const mixed = lane ^ word;
  return Math.imul((mixed << 13) | (mixed >>> 19), PRIME);
}

/** The same bytes, two words of 32 bits for each number. */
function words({ buffer, byteOffset, length }: Float64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}

function hexadecimal(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
