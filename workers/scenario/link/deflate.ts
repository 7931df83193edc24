// Deflate with a preset dictionary, so that a link spells out only how a scenario differs from what
// both sides know already.

import { deflateSync, Inflate } from 'fflate';

export function deflate(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, dictionary });
}

/** Deflate writes at most about 1032 bytes for one, so a piece of this size can be stopped in time. */
const PIECE_BYTES = 64;

/**
 * The bytes, or null where they are mangled or more than `limitBytes`: a few bytes of a link can
 * stand for megabytes of zeros, so the output is counted while it comes.
 */
export function inflate(
  bytes: Uint8Array,
  dictionary: Uint8Array,
  limitBytes: number,
): Uint8Array | null {
  const output = { pieces: [] as Uint8Array[], length: 0, isComplete: false };
  const stream = new Inflate({ dictionary }, (piece, isLast) => {
    output.pieces.push(piece);
    output.length += piece.length;
    output.isComplete = isLast;
  });
  try {
    for (let from = 0; from < bytes.length && output.length <= limitBytes; from += PIECE_BYTES) {
      const to = from + PIECE_BYTES;
      stream.push(bytes.subarray(from, to), to >= bytes.length);
    }
  } catch {
    return null;
  }
  if (!output.isComplete || output.length > limitBytes) return null;
  const whole = new Uint8Array(output.length);
  let at = 0;
  for (const piece of output.pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
