/**
 * `mapGroupsWithState` and `flatMapGroupsWithState` with a timeout, around one program: it counts the rows of each key,
 * sets the timeout whenever the key has rows, and tells the count once more when the timeout fires, and forgets it.
 *
 * A batch's data go first, so a key with new rows puts its timeout off. Then every key times out whose time is before
 * the batch's (by the clock), or before the watermark (by event time). Late rows are dropped for a timeout by event time
 * only. A timeout by the clock may fire in any batch, so a batch runs at each trigger.
 *
 * Follows FlatMapGroupsWithStateExec and GroupStateImpl of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { BatchResult, BatchTimes, OutputRow, Row, StreamingQuery } from './microBatches.ts';

export type TimeoutConf = 'NoTimeout' | 'ProcessingTimeTimeout' | 'EventTimeTimeout';

export interface GroupStateSettings {
  readonly timeoutConf: TimeoutConf;
  /** Which of the timeouts the program sets, if any. */
  readonly sets: TimeoutConf;
  /** After the batch's time, or after the greatest event time of the key in this batch. */
  readonly timeoutMs: number;
  /** Of the watermark; null without one. */
  readonly delayMs: number | null;
}

interface Group {
  readonly count: number;
  readonly timeoutAtMs: number;
}

type Groups = ReadonlyMap<string, Group>;

export function groupState(settings: GroupStateSettings): StreamingQuery<Groups> {
  const { timeoutConf, delayMs } = settings;
  const wanted = {
    NoTimeout: 'never',
    ProcessingTimeTimeout: 'always',
    EventTimeTimeout: 'watermark moved',
  } as const;
  return {
    delaysMs: [delayMs],
    initial: new Map(),
    wantsEmptyBatch: wanted[timeoutConf],
    run: (groups, rows, times) => runBatch(settings, groups, rows, times),
  };
}

/** The real message for a timeout that cannot be, or null. */
export function refuseTimeout({ timeoutConf, delayMs }: GroupStateSettings): string | null {
  if (timeoutConf !== 'EventTimeTimeout' || delayMs !== null) return null;
  return (
    "Watermark must be specified in the query using '[Dataset/DataFrame].withWatermark()' for " +
    'using event-time timeout in a [map|flatMap]GroupsWithState. Event-time timeout not ' +
    'supported without watermark.'
  );
}

function runBatch(
  settings: GroupStateSettings,
  before: Groups,
  rows: readonly Row[],
  times: BatchTimes,
): BatchResult<Groups> {
  const { timeoutConf } = settings;
  const groups = new Map(before);
  const output: OutputRow[] = [];
  const byKey = new Map<string, number[]>();
  let dropped = 0;
  for (const { key, timeMs } of rows) {
    if (timeoutConf === 'EventTimeTimeout' && timeMs <= times.lateMs) dropped++;
    else byKey.set(key, [...(byKey.get(key) ?? []), timeMs]);
  }
  for (const [key, timesMs] of byKey) {
    const count = (groups.get(key)?.count ?? 0) + timesMs.length;
    groups.set(key, { count, timeoutAtMs: timeoutOf(settings, Math.max(...timesMs), times) });
    output.push({ key, count, timedOut: false });
  }
  const overMs = timeoutConf === 'EventTimeTimeout' ? times.evictionMs : times.timestampMs;
  for (const [key, { count, timeoutAtMs }] of groups) {
    if (timeoutAtMs >= overMs) continue;
    groups.delete(key);
    output.push({ key, count, timedOut: true });
  }
  return {
    state: groups,
    output,
    numRowsTotal: [groups.size],
    numRowsDroppedByWatermark: [dropped],
  };
}

/**
 * When the key is to time out.
 * @throws with the real message where the program may not set this
 */
function timeoutOf(
  { timeoutConf, sets, timeoutMs }: GroupStateSettings,
  newestMs: number,
  { timestampMs, evictionMs }: BatchTimes,
): number {
  if (sets === 'NoTimeout') return Infinity;
  if (sets !== timeoutConf) {
    throw new Error(
      sets === 'ProcessingTimeTimeout'
        ? 'Cannot set timeout duration without enabling processing time timeout in [map|flatMap]GroupsWithState.'
        : // The bracket is missing in the real message, too.
          'Cannot set timeout timestamp without enabling event time timeout in [map|flatMapGroupsWithState.',
    );
  }
  if (sets === 'ProcessingTimeTimeout') {
    if (timeoutMs <= 0) throw new Error('Timeout duration must be positive');
    return timestampMs + timeoutMs;
  }
  const atMs = newestMs + timeoutMs;
  if (atMs < evictionMs) {
    throw new Error(
      `Timeout timestamp (${atMs}) cannot be earlier than the current watermark (${evictionMs})`,
    );
  }
  return atMs;
}
