import type { TraceBlock } from '../../workers/trace/format.ts';

/** The entries of a trace by kind and subject, each list in order of time. */
export interface EntryLists {
  of: (kind: number, subject: number) => Int32Array;
}

/** Sorts the entries into their lists: one pass to count, one to place. */
export function listEntries(trace: TraceBlock, kinds: number): EntryLists {
  const { length, kinds: kindOf, subjects } = trace;
  let subjectsMax = 0;
  for (let i = 0; i < length; i += 1) {
    if (subjects[i]! >= subjectsMax) subjectsMax = subjects[i]! + 1;
  }
  const first = new Int32Array(kinds * subjectsMax + 1);
  for (let i = 0; i < length; i += 1) first[kindOf[i]! * subjectsMax + subjects[i]! + 1]! += 1;
  for (let list = 1; list < first.length; list += 1) first[list]! += first[list - 1]!;
  const entries = new Int32Array(length);
  const next = first.slice();
  for (let i = 0; i < length; i += 1) {
    const list = kindOf[i]! * subjectsMax + subjects[i]!;
    entries[next[list]!] = i;
    next[list]! += 1;
  }
  return {
    of(kind, subject) {
      if (subject >= subjectsMax) return entries.subarray(0, 0);
      const list = kind * subjectsMax + subject;
      return entries.subarray(first[list], first[list + 1]);
    },
  };
}
