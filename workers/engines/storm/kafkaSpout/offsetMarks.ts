/**
 * What a spout remembers of the offsets of one partition. They lie close together and grow at their end, so where the
 * real one has three sets of objects there is a byte for each offset from the lowest on, with a bit for each set.
 */
export interface OffsetMarks {
  /** The offset of the first byte. */
  base: number;
  bytes: Uint8Array;
}

/** Emitted and not committed yet. */
export const EMITTED = 1;
/** Acked and not committed yet. */
export const ACKED = 2;
/** Emitted and neither acked nor failed. */
export const IN_TOPOLOGY = 4;

const FIRST_BYTES = 1024;

export function createOffsetMarks(base: number): OffsetMarks {
  return { base, bytes: new Uint8Array(FIRST_BYTES) };
}

/** Whether the offset has any of these marks. */
export function isMarked({ base, bytes }: OffsetMarks, offset: number, marks: number): boolean {
  const index = offset - base;
  return index >= 0 && index < bytes.length && (bytes[index]! & marks) !== 0;
}

export function mark(offsets: OffsetMarks, offset: number, marks: number): void {
  if (offset < offsets.base) moveBase(offsets, offset);
  const index = offset - offsets.base;
  if (index >= offsets.bytes.length) grow(offsets, index);
  offsets.bytes[index]! |= marks;
}

/** @returns whether the offset had any of these marks */
export function unmark(offsets: OffsetMarks, offset: number, marks: number): boolean {
  if (!isMarked(offsets, offset, marks)) return false;
  offsets.bytes[offset - offsets.base]! &= ~marks;
  return true;
}

/** Forgets what lies below an offset. */
export function forgetBelow(offsets: OffsetMarks, limit: number): void {
  const { base, bytes } = offsets;
  if (limit <= base) return;
  const below = Math.min(limit - base, bytes.length);
  bytes.copyWithin(0, below).fill(0, bytes.length - below);
  offsets.base = limit;
}

/** From this offset on none is marked. */
export function endOf({ base, bytes }: OffsetMarks): number {
  return base + bytes.length;
}

/** The offsets that have any of these marks, ascending. */
export function offsetsWith({ base, bytes }: OffsetMarks, marks: number): number[] {
  const offsets: number[] = [];
  for (let index = 0; index < bytes.length; index++)
    if ((bytes[index]! & marks) !== 0) offsets.push(base + index);
  return offsets;
}

/** Makes room for an offset before the first one. */
function moveBase(offsets: OffsetMarks, base: number): void {
  const { bytes } = offsets;
  const earlier = offsets.base - base;
  offsets.bytes = new Uint8Array(bytes.length + earlier);
  offsets.bytes.set(bytes, earlier);
  offsets.base = base;
}

function grow(offsets: OffsetMarks, index: number): void {
  const { bytes } = offsets;
  offsets.bytes = new Uint8Array(Math.max(index + 1, 2 * bytes.length));
  offsets.bytes.set(bytes);
}
