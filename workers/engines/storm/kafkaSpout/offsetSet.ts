/**
 * A set of offsets of one partition. What a spout has to remember of a partition lies close together and
 * grows at its end, so this is one mark an offset from `base` on, where the real one has sets of objects.
 */
export interface OffsetSet {
  base: number;
  readonly marks: boolean[];
  size: number;
}

/** @param base about the lowest offset that will be added */
export function createOffsetSet(base: number): OffsetSet {
  return { base, marks: [], size: 0 };
}

export function hasOffset({ base, marks }: OffsetSet, offset: number): boolean {
  const index = offset - base;
  return index >= 0 && index < marks.length && marks[index] === true;
}

export function addOffset(set: OffsetSet, offset: number): void {
  if (hasOffset(set, offset)) return;
  const { marks } = set;
  for (; set.base > offset; set.base -= 1) marks.unshift(false);
  const index = offset - set.base;
  while (marks.length <= index) marks.push(false);
  marks[index] = true;
  set.size += 1;
}

/** @returns whether it was there */
export function removeOffset(set: OffsetSet, offset: number): boolean {
  if (!hasOffset(set, offset)) return false;
  set.marks[offset - set.base] = false;
  set.size -= 1;
  return true;
}

export function removeOffsetsBelow(set: OffsetSet, limit: number): void {
  const { base, marks } = set;
  const below = Math.max(0, Math.min(limit - base, marks.length));
  for (let index = 0; index < below; index++) if (marks[index] === true) set.size -= 1;
  marks.splice(0, below);
  set.base = base + below;
}

/** The offsets, ascending. */
export function offsetsOf({ base, marks }: OffsetSet): number[] {
  const offsets: number[] = [];
  for (let index = 0; index < marks.length; index++)
    if (marks[index] === true) offsets.push(base + index);
  return offsets;
}
