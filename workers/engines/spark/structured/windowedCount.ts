/**
 * `groupBy(window, key).count()` in micro-batches, with a watermark and an output mode.
 *
 * append: a window's row leaves once, in the first batch whose watermark has passed its end.
 * update: the groups that this batch touched. complete: everything, every time; then nothing is ever
 * evicted, and no row is late. Rows are dropped after they were counted together within their batch,
 * so what the metric counts are groups.
 *
 * Follows StateStoreSaveExec and StateStoreRestoreExec of Spark 3.5. One state store; times in
 * milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { BatchResult, Row, StreamingQuery, Watermarks } from './microBatches.ts';
import { windowsOf } from './timeWindow.ts';

export type OutputMode = 'append' | 'update' | 'complete';

export interface CountSettings {
  readonly mode: OutputMode;
  /** Null to group by the key alone. */
  readonly window: {
    readonly sizeMs: number;
    readonly slideMs: number;
    readonly startTimeMs: number;
  } | null;
  /** Of the watermark; null without one. */
  readonly delayMs: number | null;
}

interface Group {
  readonly key: string;
  /** Start and end of its window; null without windows. */
  readonly startMs: number | null;
  readonly endMs: number | null;
  readonly count: number;
}

type Groups = ReadonlyMap<string, Group>;

export function windowedCount(settings: CountSettings): StreamingQuery<Groups> {
  const { mode, delayMs } = settings;
  return {
    delaysMs: [delayMs],
    initial: new Map(),
    wantsEmptyBatch: mode === 'complete' ? 'never' : 'watermark moved',
    run: (groups, rows, watermarks) => runBatch(settings, groups, rows, watermarks),
  };
}

function runBatch(
  settings: CountSettings,
  before: Groups,
  rows: readonly Row[],
  { lateMs, evictionMs }: Watermarks,
): BatchResult<Groups> {
  const { mode, delayMs, window } = settings;
  const evicts = mode !== 'complete' && delayMs !== null;
  const groups = new Map(before);
  const touched: string[] = [];
  let dropped = 0;
  for (const [id, group] of partialCounts(settings, rows)) {
    if (evicts && isFinal(group, lateMs)) {
      dropped++;
      continue;
    }
    groups.set(id, { ...group, count: group.count + (groups.get(id)?.count ?? 0) });
    touched.push(id);
  }
  const updated = touched.flatMap((id) => groups.get(id) ?? []);
  const evicted: Group[] = [];
  for (const [id, group] of groups) {
    if (!evicts || !isFinal(group, evictionMs)) continue;
    evicted.push(group);
    groups.delete(id);
  }
  const output = { append: evicted, update: updated, complete: [...groups.values()] }[mode];
  return {
    state: groups,
    output: output.map(({ key, startMs, endMs, count }) =>
      window === null ? { key, count } : { key, startMs, endMs, count },
    ),
    numRowsTotal: [groups.size],
    numRowsDroppedByWatermark: [dropped],
  };
}

/** The batch's rows counted together, before the state is looked at. */
function partialCounts({ window }: CountSettings, rows: readonly Row[]): Map<string, Group> {
  const counts = new Map<string, Group>();
  const add = (key: string, startMs: number | null, endMs: number | null): void => {
    const id = `${startMs} ${key}`;
    counts.set(id, { key, startMs, endMs, count: (counts.get(id)?.count ?? 0) + 1 });
  };
  for (const { key, timeMs } of rows) {
    if (window === null) {
      add(key, null, null);
      continue;
    }
    const { sizeMs, slideMs, startTimeMs } = window;
    for (const { startUs, endUs } of windowsOf(timeMs, sizeMs, slideMs, startTimeMs)) {
      add(key, startUs, endUs); // Whole milliseconds: the unit is of no matter.
    }
  }
  return counts;
}

/** "Older than the watermark" includes a window that ends exactly at it. */
function isFinal({ endMs }: Group, watermarkMs: number): boolean {
  return endMs !== null && endMs <= watermarkMs;
}
