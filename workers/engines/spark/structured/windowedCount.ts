/**
 * `groupBy(window, key).count()` in micro-batches, with a watermark and an output mode.
 *
 * append: a window's row leaves once, in the first batch whose watermark has passed its end.
 * update: the groups that this batch touched. complete: everything, every time; then nothing is ever
 * evicted, and no row is late. Rows are dropped after they were counted together within their batch,
 * so what the metric counts are groups.
 *
 * Follows StateStoreSaveExec and StateStoreRestoreExec of Spark 3.5. One state store; times in
 * milliseconds. A batch is a function of the state before it, so a batch that failed is run again
 * from the same state and counts nothing twice.
 */
import { afterBatch, FIRST_BATCH, watermarksOf, type Progress } from './progress.ts';
import { windowsOf } from './timeWindow.ts';

export type OutputMode = 'append' | 'update' | 'complete';

export interface CountQuery {
  readonly mode: OutputMode;
  /** Null to group by the key alone. */
  readonly window: { readonly sizeMs: number; readonly slideMs: number } | null;
  /** Of the watermark; null without one. */
  readonly delayMs: number | null;
  readonly allowMultiple: boolean;
}

export interface Row {
  readonly key: string;
  readonly timeMs: number;
}

export interface CountedGroup {
  readonly key: string;
  /** Start and end of its window; null without windows. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly count: number;
}

export interface CountState {
  readonly progress: Progress;
  readonly groups: ReadonlyMap<string, CountedGroup>;
}

export interface CountedBatch {
  readonly state: CountState;
  readonly output: readonly CountedGroup[];
  /** `numRowsDroppedByWatermark` */
  readonly dropped: number;
}

export function createCountState(): CountState {
  return { progress: FIRST_BATCH, groups: new Map() };
}

/** Runs one micro-batch; no rows make a no-data batch. */
export function runCountBatch(
  query: CountQuery,
  state: CountState,
  rows: readonly Row[],
): CountedBatch {
  const { lateMs, evictionMs } = watermarksOf(state.progress, query.allowMultiple);
  const hasWatermark = query.delayMs !== null;
  const groups = new Map(state.groups);
  const touched: string[] = [];
  let dropped = 0;
  for (const [id, group] of partialCounts(query, rows)) {
    if (query.mode !== 'complete' && hasWatermark && isFinal(group, lateMs)) {
      dropped++;
      continue;
    }
    groups.set(id, { ...group, count: group.count + (groups.get(id)?.count ?? 0) });
    touched.push(id);
  }
  const evicted: CountedGroup[] = [];
  const updated = touched.flatMap((id) => groups.get(id) ?? []);
  if (query.mode !== 'complete' && hasWatermark) {
    for (const [id, group] of groups) {
      if (!isFinal(group, evictionMs)) continue;
      evicted.push(group);
      groups.delete(id);
    }
  }
  const times = rows.map(({ timeMs }) => timeMs);
  const progress = afterBatch(state.progress, hasWatermark ? times : [], query.delayMs ?? 0);
  const output = { append: evicted, update: updated, complete: [...groups.values()] }[query.mode];
  return { state: { progress, groups }, output, dropped };
}

/** The batch's rows counted together, before the state is looked at. */
function partialCounts(query: CountQuery, rows: readonly Row[]): Map<string, CountedGroup> {
  const counts = new Map<string, CountedGroup>();
  const { window } = query;
  const add = (key: string, startMs: number | null, endMs: number | null): void => {
    const id = `${startMs} ${key}`;
    counts.set(id, { key, startMs, endMs, count: (counts.get(id)?.count ?? 0) + 1 });
  };
  for (const { key, timeMs } of rows) {
    if (window === null) add(key, null, null);
    else {
      for (const { startUs, endUs } of windowsOf(timeMs, window.sizeMs, window.slideMs)) {
        add(key, startUs, endUs);
      }
    }
  }
  return counts;
}

/** "Older than the watermark" includes a window that ends exactly at it. */
function isFinal({ endMs }: CountedGroup, watermarkMs: number): boolean {
  return endMs !== null && endMs <= watermarkMs;
}
