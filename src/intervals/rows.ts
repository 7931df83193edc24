import type { LaneRun } from '../run/Run.ts';

/** What a row of the axis shows, where, and for which lane. */
export interface AxisRow {
  readonly kind: 'arrivals' | 'batches' | 'windows' | 'watermark' | 'checkpoints';
  /** The lane's id; null for what all lanes share. */
  readonly lane: string | null;
  readonly y: number;
  readonly h: number;
  /** Bracket lines, for windows. */
  readonly lines: number;
}

export interface AxisRows {
  readonly rows: readonly AxisRow[];
  readonly height: number;
}

const LINE_HEIGHT = 14;
const MOST_LINES = 3;
const LANE_GAP = 7;

/** How many lines the windows of a lane need so that none lies on another; at most three are drawn. */
export function windowLines(sizeUs: number | null, slideUs: number | null): number {
  if (sizeUs === null || slideUs === null) return 0;
  return Math.min(MOST_LINES, Math.max(1, Math.ceil(sizeUs / slideUs)));
}

/** Which of the windows are drawn as brackets: every one, or every nth where more would lie on each other. */
export function bracketStride(sizeUs: number, slideUs: number): number {
  return Math.max(1, Math.ceil(sizeUs / slideUs / MOST_LINES));
}

/** The rows of the axis from top to bottom, in the order of the lanes. */
export function axisRows(
  lanes: readonly LaneRun[],
  has: (lane: LaneRun, what: 'watermark' | 'checkpoint') => boolean,
): AxisRows {
  const rows: AxisRow[] = [];
  let y = 4;
  const add = (kind: AxisRow['kind'], lane: string | null, h: number, lines = 0): void => {
    rows.push({ kind, lane, y, h, lines });
    y += h;
  };
  add('arrivals', null, 42);
  for (const lane of lanes) {
    y += LANE_GAP;
    if (lane.batchUs !== null) add('batches', lane.id, 22);
    const lines = windowLines(lane.sizeUs, lane.slideUs);
    if (lines > 0) add('windows', lane.id, lines * LINE_HEIGHT + 4, lines);
    if (lane.engine === 'flink' && has(lane, 'watermark')) add('watermark', lane.id, 38);
    if (has(lane, 'checkpoint')) add('checkpoints', lane.id, 16);
  }
  return { rows, height: y + 6 };
}

/** The height from the first to the last row of a lane, for the accent at its side. */
export function laneExtent(
  rows: readonly AxisRow[],
  lane: string,
): { y: number; h: number } | null {
  const own = rows.filter((row) => row.lane === lane);
  const [first, last] = [own[0], own.at(-1)];
  return first === undefined || last === undefined
    ? null
    : { y: first.y, h: last.y + last.h - first.y };
}
