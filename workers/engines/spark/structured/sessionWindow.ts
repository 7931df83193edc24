/**
 * `groupBy(session_window(time, gap), key).count()`: each row starts as the session [time, time + gap), and sessions of
 * one key that overlap or touch become one. Two rows exactly one gap apart are in the same session.
 *
 * A row is late by its own session, before any are merged: an open session that it would have joined does not save it.
 * Rows of one key and one time are counted together first, so what the metric counts are those.
 *
 * Follows MergingSessionsIterator and SessionWindowStateStoreRestoreExec and -SaveExec of Spark 3.5. Times in
 * milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { BatchResult, OutputRow, Row, StreamingQuery, Watermarks } from './microBatches.ts';

export interface SessionSettings {
  readonly mode: 'append' | 'complete';
  readonly gapMs: number;
  /** False for sessions that are grouped by nothing else, which no query can have. */
  readonly byKey: boolean;
  /** Of the watermark; null without one. */
  readonly delayMs: number | null;
}

/** What a query that groups by sessions alone fails with, when its first batch is planned. */
const NO_SESSIONS_WITHOUT_KEY =
  'Global aggregation with session window in streaming query is not supported.';

export interface Session {
  readonly startMs: number;
  readonly endMs: number;
  readonly count: number;
}

type Sessions = ReadonlyMap<string, readonly Session[]>;

export function sessionCount(settings: SessionSettings): StreamingQuery<Sessions> {
  return {
    delaysMs: [settings.delayMs],
    initial: new Map(),
    wantsEmptyBatch: settings.mode === 'complete' ? 'never' : 'watermark moved',
    run: (sessions, rows, watermarks) => runBatch(settings, sessions, rows, watermarks),
  };
}

function runBatch(
  { mode, gapMs, byKey }: SessionSettings,
  before: Sessions,
  rows: readonly Row[],
  { lateMs, evictionMs }: Watermarks,
): BatchResult<Sessions> {
  if (!byKey) throw new Error(NO_SESSIONS_WITHOUT_KEY);
  const sessions = new Map(before);
  let dropped = 0;
  for (const [key, fresh] of sessionsOfRows(rows, gapMs)) {
    const inTime = fresh.filter(({ endMs }) => endMs > lateMs);
    dropped += fresh.length - inTime.length;
    const merged = mergeSessions([...(sessions.get(key) ?? []), ...inTime]);
    if (merged.length > 0) sessions.set(key, merged);
  }
  const output: OutputRow[] = [];
  for (const [key, all] of sessions) {
    const leaving = mode === 'append' ? all.filter(({ endMs }) => endMs <= evictionMs) : all;
    for (const { startMs, endMs, count } of leaving) output.push({ key, startMs, endMs, count });
    if (mode === 'complete') continue;
    const open = all.filter(({ endMs }) => endMs > evictionMs);
    if (open.length > 0) sessions.set(key, open);
    else sessions.delete(key);
  }
  let total = 0;
  for (const all of sessions.values()) total += all.length;
  return { state: sessions, output, numRowsTotal: [total], numRowsDroppedByWatermark: [dropped] };
}

/** By key, a session for each time. */
function sessionsOfRows(rows: readonly Row[], gapMs: number): Map<string, Session[]> {
  const byKey = new Map<string, Map<number, number>>();
  for (const { key, timeMs } of rows) {
    const counts = byKey.get(key) ?? new Map<number, number>();
    byKey.set(key, counts.set(timeMs, (counts.get(timeMs) ?? 0) + 1));
  }
  const sessions = new Map<string, Session[]>();
  for (const [key, counts] of byKey) {
    const each = [...counts].map(([startMs, count]) => ({
      startMs,
      endMs: startMs + gapMs,
      count,
    }));
    sessions.set(key, each);
  }
  return sessions;
}

/** Sessions in order of start, each reaching to where the next one does not begin any more. */
export function mergeSessions(sessions: readonly Session[]): Session[] {
  const merged: Session[] = [];
  for (const session of [...sessions].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last === undefined || session.startMs > last.endMs) {
      merged.push(session);
    } else {
      merged[merged.length - 1] = {
        startMs: last.startMs,
        endMs: Math.max(last.endMs, session.endMs),
        count: last.count + session.count,
      };
    }
  }
  return merged;
}
