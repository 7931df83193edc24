import type { TraceBlock } from '../../workers/trace/format.ts';

/** The blocks of a trace as one, so that a number is enough to name an entry. */
export function joinBlocks(blocks: readonly TraceBlock[]): TraceBlock {
  const [only] = blocks;
  if (blocks.length === 1 && only !== undefined) return only;
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const joined = {
    length,
    kinds: new Uint8Array(length),
    subjects: new Uint16Array(length),
    records: new Int32Array(length),
    timesUs: new Float64Array(length),
    values: new Float64Array(length),
  };
  let at = 0;
  for (const block of blocks) {
    joined.kinds.set(block.kinds.subarray(0, block.length), at);
    joined.subjects.set(block.subjects.subarray(0, block.length), at);
    joined.records.set(block.records.subarray(0, block.length), at);
    joined.timesUs.set(block.timesUs.subarray(0, block.length), at);
    joined.values.set(block.values.subarray(0, block.length), at);
    at += block.length;
  }
  return joined;
}

/** Entry numbers of each subject of one kind, in order of time: those of subject s are `entries[first[s]] …`. */
export interface EntriesBySubject {
  readonly first: Int32Array;
  readonly entries: Int32Array;
}

export function entriesBySubject(
  trace: TraceBlock,
  kind: number,
  subjects: number,
): EntriesBySubject {
  const first = new Int32Array(subjects + 1);
  for (let i = 0; i < trace.length; i += 1) {
    if (trace.kinds[i] === kind) first[trace.subjects[i]! + 1]! += 1;
  }
  for (let s = 0; s < subjects; s += 1) first[s + 1]! += first[s]!;
  const entries = new Int32Array(first[subjects]!);
  const next = first.slice(0, subjects);
  for (let i = 0; i < trace.length; i += 1) {
    if (trace.kinds[i] !== kind) continue;
    const subject = trace.subjects[i]!;
    entries[next[subject]!] = i;
    next[subject]! += 1;
  }
  return { first, entries };
}
