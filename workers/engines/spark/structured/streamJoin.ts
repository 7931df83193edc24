/**
 * A join of two streams on a key and a window, or on a key and the time between the rows. Each side's rows are kept, so
 * that rows of later batches find them, until the watermark says that no partner can come any more; a row of an outer
 * side that has found none comes out with nulls then.
 *
 * With windows a row is given up when the watermark has reached its window's end, and one side's watermark is enough.
 * With times it is given up when the watermark is past the last time that a partner may have, and for that both sides
 * need a watermark.
 *
 * Follows StreamingSymmetricHashJoinExec of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { BatchResult, OutputRow, Row, StreamingQuery, Watermarks } from './microBatches.ts';

export type JoinType = 'inner' | 'leftOuter' | 'rightOuter' | 'fullOuter';

export interface JoinSettings {
  readonly type: JoinType;
  /** Of tumbling windows; null to join without them. */
  readonly windowMs: number | null;
  /** How long after a left row a right one may be, from and to; null for any time. */
  readonly rightAfterLeftMs: readonly [number, number] | null;
  /** Of the left and the right side's watermark; null without one. */
  readonly delaysMs: readonly [number | null, number | null];
}

/** Left and right. */
const SIDES = [0, 1] as const;

type Side = (typeof SIDES)[number];

interface KeptRow {
  readonly key: string;
  readonly timeMs: number;
  readonly matched: boolean;
}

interface JoinState {
  readonly left: readonly KeptRow[];
  readonly right: readonly KeptRow[];
}

export function streamJoin(settings: JoinSettings): StreamingQuery<JoinState> {
  const evicts = SIDES.some((side) => lastPartnerOf(settings, side) !== null);
  return {
    delaysMs: settings.delaysMs,
    initial: { left: [], right: [] },
    wantsEmptyBatch: evicts ? 'watermark moved' : 'never',
    run: (state, rows, watermarks) => runBatch(settings, state, rows, watermarks),
  };
}

/** The real message for a join that cannot be, or null. */
export function refuseJoin(settings: JoinSettings): string | null {
  const { type } = settings;
  const outerSides = SIDES.filter((side) => isOuter(type, side));
  // Of a full outer join one side is looked at no further when the other has a bound.
  if (type === 'inner' || outerSides.some((side) => isBounded(settings, side))) return null;
  const name = type[0]?.toUpperCase() + type.slice(1);
  return (
    `Stream-stream ${name} join between two streaming DataFrame/Datasets is not supported ` +
    'without a watermark in the join keys, or a watermark on the nullable side and ' +
    'an appropriate range condition'
  );
}

function runBatch(
  settings: JoinSettings,
  before: JoinState,
  rows: readonly Row[],
  watermarks: Watermarks,
): BatchResult<JoinState> {
  const output: OutputRow[] = [];
  const kept: [KeptRow[], KeptRow[]] = [[...before.left], [...before.right]];
  let dropped = 0;
  // The left side's rows go first, and the right ones meet them, too.
  for (const side of SIDES) {
    const own = kept[side];
    const others = kept[side === 0 ? 1 : 0];
    for (const row of rows) {
      if (row.input !== side) continue;
      if (isLate(settings, side, row, watermarks.lateMs)) {
        dropped++;
        continue;
      }
      let matched = false;
      for (const [n, other] of others.entries()) {
        const [left, right] = side === 0 ? [row, other] : [other, row];
        if (!isMatch(settings, left, right)) continue;
        matched = true;
        others[n] = { ...other, matched };
        output.push(joined(left, right));
      }
      own.push({ key: row.key, timeMs: row.timeMs, matched });
    }
  }
  const stay = (side: Side) =>
    kept[side].filter((row) => {
      const isOver = isGivenUp(settings, side, row, watermarks.evictionMs);
      if (isOver && isOuter(settings.type, side) && !row.matched) {
        output.push(side === 0 ? joined(row, null) : joined(null, row));
      }
      return !isOver;
    });
  const state = { left: stay(0), right: stay(1) };
  return {
    state,
    output,
    numRowsTotal: [state.left.length + state.right.length],
    numRowsDroppedByWatermark: [dropped],
  };
}

interface Timed {
  readonly key: string;
  readonly timeMs: number;
}

function joined(left: Timed | null, right: Timed | null): OutputRow {
  return {
    leftKey: left?.key ?? null,
    leftMs: left?.timeMs ?? null,
    rightKey: right?.key ?? null,
    rightMs: right?.timeMs ?? null,
  };
}

function isMatch(settings: JoinSettings, left: Timed, right: Timed): boolean {
  const { windowMs, rightAfterLeftMs } = settings;
  if (left.key !== right.key) return false;
  if (windowMs !== null) return windowEnd(left, windowMs) === windowEnd(right, windowMs);
  if (rightAfterLeftMs === null) return true;
  const afterMs = right.timeMs - left.timeMs;
  return rightAfterLeftMs[0] <= afterMs && afterMs <= rightAfterLeftMs[1];
}

function isOuter(type: JoinType, side: Side): boolean {
  return type === 'fullOuter' || type === (side === 0 ? 'leftOuter' : 'rightOuter');
}

/** Only a side with a watermark of its own has late rows. */
function isLate(settings: JoinSettings, side: Side, row: Timed, lateMs: number): boolean {
  const { windowMs, delaysMs } = settings;
  if (delaysMs[side] === null) return false;
  return (windowMs === null ? row.timeMs : windowEnd(row, windowMs)) <= lateMs;
}

function isGivenUp(settings: JoinSettings, side: Side, row: Timed, evictionMs: number): boolean {
  const lastPartner = lastPartnerOf(settings, side);
  return lastPartner !== null && lastPartner(row) < evictionMs;
}

/**
 * The last time that a partner of a row of this side can have; null if rows of this side are kept for ever. A row with a
 * bound may be kept for ever, too: the bound comes from the partners' watermark, and rows are given up by their own.
 */
function lastPartnerOf(settings: JoinSettings, side: Side): ((row: Timed) => number) | null {
  const { windowMs, rightAfterLeftMs, delaysMs } = settings;
  if (!isBounded(settings, side)) return null;
  if (windowMs !== null) return (row) => windowEnd(row, windowMs) - 1;
  if (rightAfterLeftMs === null || delaysMs[side] === null) return null;
  const [fromMs, toMs] = rightAfterLeftMs;
  return ({ timeMs }) => timeMs + (side === 0 ? toMs : -fromMs);
}

/** Whether a watermark tells when a row of this side has no more partners to come. */
function isBounded({ windowMs, rightAfterLeftMs, delaysMs }: JoinSettings, side: Side): boolean {
  if (windowMs !== null) return delaysMs.some((delayMs) => delayMs !== null);
  return rightAfterLeftMs !== null && delaysMs[side === 0 ? 1 : 0] !== null;
}

function windowEnd({ timeMs }: Timed, sizeMs: number): number {
  return (Math.floor(timeMs / sizeMs) + 1) * sizeMs;
}
