/** How far a learner came, kept on the device: by lesson, the pages seen and whether a goal was reached. */
export type Progress = ReadonlyMap<string, LessonProgress>;

export interface LessonProgress {
  /** The greatest page number seen, from 1. */
  readonly seen: number;
  readonly reached: boolean;
}

const STORAGE_KEY = 'stream-table.lessons';

/** What was kept; nothing where the browser keeps nothing, or something else. */
export function readProgress(): Progress {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    if (!Array.isArray(kept)) return new Map();
    return new Map(kept.filter(isEntry).map(([id, seen, reached]) => [id, { seen, reached }]));
  } catch {
    return new Map();
  }
}

/** Keeps what was seen and reached besides what is kept already, and returns all of it. */
export function addProgress(
  before: Progress,
  id: string,
  { seen, reached }: LessonProgress,
): Progress {
  const known = before.get(id) ?? { seen: 0, reached: false };
  const progress = new Map(before).set(id, {
    seen: Math.max(known.seen, seen),
    reached: known.reached || reached,
  });
  try {
    const rows = [...progress].map(([lesson, own]) => [lesson, own.seen, own.reached]);
    localStorage.setItem(STORAGE_KEY, JSON.stringify(rows));
  } catch {
    // A browser that keeps nothing lets every lesson begin anew.
  }
  return progress;
}

function isEntry(value: unknown): value is [string, number, boolean] {
  if (!Array.isArray(value)) return false;
  const [id, seen, reached] = value as unknown[];
  return typeof id === 'string' && Number.isSafeInteger(seen) && typeof reached === 'boolean';
}
