import { bisector } from 'd3-array';
import { label } from '../stage/glyphs/label.ts';
import { fillBox, line } from '../stage/glyphs/pen.ts';
import { lookOf as lookNumbered, paintRecord } from '../stage/glyphs/record.ts';
import { hasLog, type Arrival, type Loss } from './arrivals.ts';
import { arrivalHistogram } from './arrivalHistogram.ts';
import type { AxisFrame } from './axisFrame.ts';
import type { AxisRow } from './rows.ts';

/** More records than this in view are a histogram. */
const MOST_SHAPES = 400;
const BIN_WIDTH = 4;
const LOOKS = 6;
/** How strong a record is drawn while others are lit. */
const UNLIT = 0.5;

/** Two rails and a slanted line a record: the slope is the delay, a crossing is disorder, a cross is a loss, dashes a replay. */
export function paintArrivals(
  frame: AxisFrame,
  row: AxisRow,
  arrivals: readonly Arrival[],
  losses: readonly Loss[],
): void {
  const { pen, theme, view, x } = frame;
  const [left, right] = [x(view.fromUs), x(view.toUs)];
  const [top, bottom] = [row.y + 8, row.y + 36];
  const byTime = bisector<Arrival, number>(({ loggedUs }) => loggedUs);
  const shown = arrivals.slice(
    byTime.left(arrivals, view.fromUs),
    byTime.left(arrivals, view.toUs),
  );
  line(
    pen,
    theme,
    [
      [left, bottom],
      [right, bottom],
    ],
    { colour: 'hair' },
  );
  if (frame.names !== null) {
    const rail = hasLog(frame.model.index) ? 'in Kafka' : 'written';
    label(pen, theme, rail, frame.names, row.y + 40, { colour: 'ink2' });
  }
  if (shown.length > MOST_SHAPES) {
    paintHistogram(frame, shown, row.y + 16, bottom);
  } else {
    if (frame.names !== null) {
      label(pen, theme, 'happened', frame.names, row.y + 12, { colour: 'ink2' });
    }
    line(
      pen,
      theme,
      [
        [left, top],
        [right, top],
      ],
      { colour: 'hair' },
    );
    for (const arrival of shown) {
      if (!arrival.again || isTold(frame, arrival.loggedUs))
        paintArrival(frame, arrival, top, bottom, shown.length);
    }
  }
  for (const loss of losses) if (isTold(frame, loss.lostUs)) paintLoss(frame, loss, top, bottom);
  pen.globalAlpha = 1;
  for (const arrival of arrivals) {
    if (arrival.record === frame.chosenRecord) paintChosen(frame, arrival, top, bottom);
  }
}

/** What comes twice or not at all is no secret, unless somebody is asked to predict it. */
function isTold({ showsFuture, timeUs }: AxisFrame, atUs: number): boolean {
  return showsFuture || atUs <= timeUs;
}

function paintArrival(
  { pen, theme, model, timeUs, view, x, lit }: AxisFrame,
  { record, happenedUs, loggedUs, again }: Arrival,
  top: number,
  bottom: number,
  crowd: number,
): void {
  const isLit = lit.records === null || lit.records.has(record);
  pen.globalAlpha = loggedUs > timeUs ? 0.4 : isLit ? 1 : UNLIT;
  if (happenedUs >= view.fromUs) {
    const isSlow = loggedUs - happenedUs > 2e6;
    line(
      pen,
      theme,
      [
        [x(happenedUs), top],
        [x(loggedUs), bottom],
      ],
      {
        colour: isSlow ? 'edge' : 'rule',
        width: isSlow ? 1.3 : 0.8,
        dash: again ? 'wasOrMayGo' : 'solid',
      },
    );
  }
  const r = crowd <= 120 ? 3.6 : 2.4;
  paintRecord(pen, theme, x(loggedUs), bottom, r, model.lookOf[record] ?? -1, { twin: again });
}

/** A way that ends: the record never came to the log. */
function paintLoss(
  { pen, theme, model, timeUs, view, x }: AxisFrame,
  { record, happenedUs, lostUs }: Loss,
  top: number,
  bottom: number,
): void {
  if (lostUs < view.fromUs || lostUs > view.toUs) return;
  pen.globalAlpha = lostUs > timeUs ? 0.4 : 1;
  const y = (top + bottom) / 2;
  const from = Math.max(happenedUs, view.fromUs);
  const way = [
    [x(from), top],
    [x(lostUs), y],
  ] as const;
  line(pen, theme, way, { colour: 'refuse', width: 1.2 });
  paintRecord(pen, theme, x(lostUs), y, 3, model.lookOf[record] ?? -1, { lost: true });
}

/** Of each class the lit records stand below the others, which are paler. */
function paintHistogram(
  { pen, theme, model, timeUs, view, x: at, lit }: AxisFrame,
  shown: readonly Arrival[],
  top: number,
  bottom: number,
): void {
  const [left, right] = [at(view.fromUs), at(view.toUs)];
  const bins = Math.max(1, Math.floor((right - left) / BIN_WIDTH));
  const binned = (some: readonly Arrival[]) =>
    arrivalHistogram(some, view.fromUs, view.toUs, bins, LOOKS, model.lookOf);
  const { binUs, counts, most } = binned(shown);
  const litCounts =
    lit.records === null
      ? counts
      : binned(shown.filter(({ record }) => lit.records?.has(record))).counts;
  const unit = (bottom - top) / Math.max(1, most);
  const w = Math.max(1, (right - left) / bins - 1);
  counts.forEach((bin, i) => {
    const x = left + (i * (right - left)) / bins;
    const alpha = view.fromUs + i * binUs > timeUs ? 0.4 : 1;
    let y = bottom;
    bin.forEach((count, look) => {
      const { fill, outline } = lookNumbered(look);
      const colour = fill === 'paper' ? outline : fill;
      const litCount = litCounts[i]?.[look] ?? 0;
      for (const [part, strength] of [
        [litCount, 1],
        [count - litCount, UNLIT],
      ] as const) {
        if (part === 0) continue;
        y -= part * unit;
        pen.globalAlpha = alpha * strength;
        fillBox(pen, theme, { x, y, w, h: part * unit }, colour);
      }
    });
  });
  pen.globalAlpha = 1;
  const words = `tallest: ${String(most)} in ${String(Math.round(binUs / 1000))} ms`;
  label(pen, theme, words, right, top - 5, { colour: 'ink3', size: 11, align: 'right' });
}

/** The followed record: its way is drawn over a casing, so that it is seen among many. */
function paintChosen(
  { pen, theme, model, x }: AxisFrame,
  { happenedUs, loggedUs, record }: Arrival,
  top: number,
  bottom: number,
): void {
  const way = [
    [x(happenedUs), top],
    [x(loggedUs), bottom],
  ] as const;
  line(pen, theme, way, { colour: 'paper', width: 5 });
  line(pen, theme, way, { colour: 'lamp-edge', width: 2 });
  paintRecord(pen, theme, x(loggedUs), bottom, 5, model.lookOf[record] ?? -1);
}
