/**
 * A set of offsets of one partition. What a spout has to remember of a partition lies close together and
 * grows at its end, so where the real one has sets of objects there is a mark for each offset from the lowest on.
 */
export interface OffsetSet {
  /** The offset of the first mark. */
  base: number;
  /** 1 for an offset that is in the set. */
  marks: Uint8Array;
  size: number;
}

const FIRST_MARKS = 1024;

export function createOffsetSet(): OffsetSet {
  return { base: 0, marks: new Uint8Array(FIRST_MARKS), size: 0 };
}

export function hasOffset({ base, marks }: OffsetSet, offset: number): boolean {
  const index = offset - base;
  return index >= 0 && index < marks.length && marks[index] === 1;
}

export function addOffset(set: OffsetSet, offset: number): void {
  if (set.size === 0) set.base = offset;
  if (offset < set.base) moveBase(set, offset);
  const index = offset - set.base;
  if (index >= set.marks.length) grow(set, index);
  if (set.marks[index] === 1) return;
  set.marks[index] = 1;
  set.size += 1;
}

/** @returns whether it was there */
export function removeOffset(set: OffsetSet, offset: number): boolean {
  if (!hasOffset(set, offset)) return false;
  set.marks[offset - set.base] = 0;
  set.size -= 1;
  return true;
}

export function removeOffsetsBelow(set: OffsetSet, limit: number): void {
  const { base, marks } = set;
  if (limit <= base) return;
  const below = Math.min(limit - base, marks.length);
  for (let index = 0; index < below; index++) if (marks[index] === 1) set.size -= 1;
  marks.copyWithin(0, below).fill(0, marks.length - below);
  set.base = base + below;
}

/** The offsets, ascending. */
export function offsetsOf({ base, marks, size }: OffsetSet): number[] {
  const offsets: number[] = [];
  for (let index = 0; offsets.length < size; index++)
    if (marks[index] === 1) offsets.push(base + index);
  return offsets;
}

/** Makes room for an offset before the first one. */
function moveBase(set: OffsetSet, base: number): void {
  const { marks } = set;
  const earlier = set.base - base;
  set.marks = new Uint8Array(marks.length + earlier);
  set.marks.set(marks, earlier);
  set.base = base;
}

function grow(set: OffsetSet, index: number): void {
  const { marks } = set;
  set.marks = new Uint8Array(Math.max(index + 1, 2 * marks.length));
  set.marks.set(marks);
}
