/**
 * `groupBy(session_window(time, gap), key).count()` in append mode: each row starts as the session
 * [time, time + gap), and sessions of one key that overlap or touch become one. Two rows exactly one
 * gap apart are in the same session.
 *
 * Follows MergingSessionsIterator and SessionWindowStateStoreSaveExec of Spark 3.5. Times in
 * milliseconds.
 */
import { afterBatch, FIRST_BATCH, watermarksOf, type Progress } from './progress.ts';
import type { Row } from './windowedCount.ts';

export interface Session {
  readonly startMs: number;
  readonly endMs: number;
  readonly count: number;
}

export interface SessionState {
  readonly progress: Progress;
  readonly sessions: ReadonlyMap<string, readonly Session[]>;
}

export interface SessionQuery {
  readonly gapMs: number;
  readonly delayMs: number;
  readonly allowMultiple: boolean;
}

export interface SessionBatch {
  readonly state: SessionState;
  readonly output: readonly (Session & { readonly key: string })[];
  readonly dropped: number;
}

export function createSessionState(): SessionState {
  return { progress: FIRST_BATCH, sessions: new Map() };
}

export function runSessionBatch(
  query: SessionQuery,
  state: SessionState,
  rows: readonly Row[],
): SessionBatch {
  const { lateMs, evictionMs } = watermarksOf(state.progress, query.allowMultiple);
  const sessions = new Map(state.sessions);
  let dropped = 0;
  for (const [key, fresh] of sessionsByKey(rows, query.gapMs)) {
    const inTime = fresh.filter(({ endMs }) => endMs > lateMs);
    dropped += fresh.length - inTime.length;
    if (inTime.length > 0)
      sessions.set(key, mergeSessions([...(sessions.get(key) ?? []), ...inTime]));
  }
  const output: (Session & { key: string })[] = [];
  for (const [key, kept] of sessions) {
    const open = kept.filter(({ endMs }) => endMs > evictionMs);
    for (const session of kept) if (session.endMs <= evictionMs) output.push({ key, ...session });
    if (open.length > 0) sessions.set(key, open);
    else sessions.delete(key);
  }
  const times = rows.map(({ timeMs }) => timeMs);
  const progress = afterBatch(state.progress, times, query.delayMs);
  return { state: { progress, sessions }, output, dropped };
}

function sessionsByKey(rows: readonly Row[], gapMs: number): Map<string, Session[]> {
  const byKey = new Map<string, Session[]>();
  for (const { key, timeMs } of rows) {
    const session = { startMs: timeMs, endMs: timeMs + gapMs, count: 1 };
    byKey.set(key, mergeSessions([...(byKey.get(key) ?? []), session]));
  }
  return byKey;
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
