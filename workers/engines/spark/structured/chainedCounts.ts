/**
 * Two aggregations in one query: windows are counted, and the windows that left are rows of greater windows, in the same
 * batch. A window's row has the last moment of the window for its event time. Both drop and evict by the watermarks of
 * the batch, which is why the first must only put out what no later row can change: append mode.
 *
 * Follows StateStoreSaveExec and WatermarkPropagator of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { BatchResult, Row, StreamingQuery, Watermarks } from './microBatches.ts';
import { windowsOf } from './timeWindow.ts';

export interface ChainedSettings {
  /** Of the tumbling windows, the first and the second. */
  readonly sizesMs: readonly [number, number];
  /** Of the watermark; null without one. */
  readonly delayMs: number | null;
}

interface Counted {
  /** How many windows of the first count. */
  readonly windows: number;
  readonly count: number;
}

/** By the start of the window. */
type Windows = ReadonlyMap<number, Counted>;

interface ChainedState {
  readonly first: Windows;
  readonly second: Windows;
}

export function chainedCounts(settings: ChainedSettings): StreamingQuery<ChainedState> {
  return {
    delaysMs: [settings.delayMs],
    initial: { first: new Map(), second: new Map() },
    wantsEmptyBatch: 'watermark moved',
    run: (state, rows, watermarks) => runBatch(settings, state, rows, watermarks),
  };
}

function runBatch(
  { sizesMs: [firstMs, secondMs] }: ChainedSettings,
  state: ChainedState,
  rows: readonly Row[],
  watermarks: Watermarks,
): BatchResult<ChainedState> {
  const single = rows.map(({ timeMs }) => ({ timeMs, windows: 1, count: 1 }));
  const first = runCount(state.first, single, firstMs, watermarks);
  const left = first.evicted.map(([startMs, { count }]) => ({
    timeMs: startMs + firstMs - 1,
    windows: 1,
    count,
  }));
  const second = runCount(state.second, left, secondMs, watermarks);
  return {
    state: { first: first.windows, second: second.windows },
    output: second.evicted.map(([startMs, { windows, count }]) => ({
      startMs,
      endMs: startMs + secondMs,
      windows,
      count,
    })),
    numRowsTotal: [second.windows.size, first.windows.size],
    numRowsDroppedByWatermark: [second.dropped, first.dropped],
  };
}

function runCount(
  before: Windows,
  rows: readonly (Counted & { readonly timeMs: number })[],
  sizeMs: number,
  { lateMs, evictionMs }: Watermarks,
) {
  const fresh = new Map<number, Counted>();
  for (const row of rows) {
    for (const { startUs: startMs } of windowsOf(row.timeMs, sizeMs, sizeMs)) {
      fresh.set(startMs, sum(fresh.get(startMs), row));
    }
  }
  const windows = new Map(before);
  let dropped = 0;
  for (const [startMs, counted] of fresh) {
    if (startMs + sizeMs <= lateMs) dropped++;
    else windows.set(startMs, sum(windows.get(startMs), counted));
  }
  const evicted = [...windows].filter(([startMs]) => startMs + sizeMs <= evictionMs);
  for (const [startMs] of evicted) windows.delete(startMs);
  return { windows, evicted, dropped };
}

function sum(a: Counted | undefined, b: Counted): Counted {
  return { windows: (a?.windows ?? 0) + b.windows, count: (a?.count ?? 0) + b.count };
}
