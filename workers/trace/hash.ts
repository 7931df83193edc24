import type { TraceBlock } from './format.ts';

/**
 * A fingerprint of a trace: two runs with equal fingerprints said the same things at the same times. Two 32-bit
 * FNV-1a lanes with different offsets, over whole numbers only, so that every JavaScript engine computes the same.
 */
export interface TraceHash {
  low: number;
  high: number;
}

const PRIME = 0x01000193;

export function createTraceHash(): TraceHash {
  return { low: 0x811c9dc5 | 0, high: 0x5bd1e995 | 0 };
}

/** Folds in the entries of `block` from index `from` on. */
export function hashBlock(hash: TraceHash, block: TraceBlock, from: number): void {
  let { low, high } = hash;
  const timesUs = words(block.timesUs);
  const values = words(block.values);
  for (let i = from; i < block.length; i += 1) {
    const head = (block.kinds[i]! << 16) | block.subjects[i]!;
    low = Math.imul(low ^ head, PRIME);
    low = Math.imul(low ^ block.records[i]!, PRIME);
    low = Math.imul(low ^ timesUs[2 * i]!, PRIME);
    high = Math.imul(high ^ timesUs[2 * i + 1]!, PRIME);
    high = Math.imul(high ^ values[2 * i]!, PRIME);
    low = Math.imul(low ^ values[2 * i + 1]!, PRIME);
    high = Math.imul(high ^ low, PRIME);
  }
  hash.low = low;
  hash.high = high;
}

/** The same bytes, two words of 32 bits for each number. */
function words({ buffer, byteOffset, length }: Float64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length);
}

export function hashText(hash: TraceHash, text: string): void {
  for (let i = 0; i < text.length; i += 1) {
    hash.low = Math.imul(hash.low ^ text.charCodeAt(i), PRIME);
    hash.high = Math.imul(hash.high ^ hash.low, PRIME);
  }
}

/** Entries and texts as one, 16 hexadecimal digits. */
export function digest(entries: TraceHash, texts: TraceHash): string {
  const high = Math.imul(entries.high ^ texts.low, PRIME) ^ texts.high;
  const low = Math.imul(entries.low ^ texts.high, PRIME) ^ texts.low;
  return hexadecimal(high) + hexadecimal(low);
}

function hexadecimal(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
