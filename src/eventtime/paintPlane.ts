import { tickSeconds } from '../intervals/axisFrame.ts';
import { accentOf } from '../stage/glyphs/palette.ts';
import { label } from '../stage/glyphs/label.ts';
import { fillBox, line } from '../stage/glyphs/pen.ts';
import { paintRecord } from '../stage/glyphs/record.ts';
import { clockText, secondsText } from '../stage/glyphs/units.ts';
import { FEW_DOTS } from './dotWords.ts';
import { paintBatchWindows, paintEventTimeWindows } from './paintPlaneWindows.ts';
import type { PlaneFrame } from './planeFrame.ts';
import { STAMP_SIZE, stampPlaces } from './stampPlaces.ts';

/** Room for one line of the ruler. */
const TICK_ROOM = 44;

/** When a record happened, across, against when the lane had it, upwards: lateness is height above the diagonal. */
export function paintPlane(frame: PlaneFrame): void {
  const { pen, left, right, top, bottom } = frame;
  pen.clearRect(0, 0, right + 16, bottom + 40);
  paintGrid(frame);
  pen.save();
  pen.beginPath();
  pen.rect(left, top, right - left, bottom - top);
  pen.clip();
  paintDiagonal(frame);
  if (frame.lane.watermark === null) paintBatchWindows(frame);
  else {
    paintPassed(frame);
    paintEventTimeWindows(frame);
    paintStaircase(frame);
  }
  paintDots(frame);
  paintStamps(frame);
  pen.restore();
  paintNow(frame);
}

function paintGrid({
  pen,
  theme,
  left,
  right,
  top,
  bottom,
  x,
  y,
  events,
  clock,
}: PlaneFrame): void {
  for (const second of tickSeconds(events, Math.max(2, Math.floor((right - left) / TICK_ROOM)))) {
    const at = x(second * 1e6);
    line(
      pen,
      theme,
      [
        [at, top],
        [at, bottom],
      ],
      { colour: 'hair' },
    );
    label(pen, theme, String(second), at, bottom + 16, {
      colour: 'ink3',
      size: 11,
      mono: true,
      align: 'center',
    });
  }
  for (const second of tickSeconds(clock, Math.max(2, Math.floor((bottom - top) / TICK_ROOM)))) {
    const at = y(second * 1e6);
    line(
      pen,
      theme,
      [
        [left, at],
        [right, at],
      ],
      { colour: 'hair' },
    );
    label(pen, theme, String(second), left - 8, at + 4, {
      colour: 'ink3',
      size: 11,
      mono: true,
      align: 'right',
    });
  }
  label(pen, theme, 'event time, s: when it happened', right, bottom + 33, {
    colour: 'ink2',
    align: 'right',
  });
}

/** A record on it would arrive as it happens. */
function paintDiagonal({ pen, theme, x, y, clock }: PlaneFrame): void {
  const ends = [clock.fromUs, clock.toUs].map((us) => [x(us), y(us)] as const);
  line(pen, theme, ends, { colour: 'edge', dash: 'waiting' });
}

/** The watermark from `fromUs` to `untilUs`, as corners of a line that goes up and to the right. */
function corners({ lane, left, x, y }: PlaneFrame, fromUs: number, untilUs: number) {
  const { timesUs, values } = lane.watermark ?? { timesUs: [], values: [] };
  const steps: [number, number][] = [];
  let valueUs: number | null = null;
  for (let i = 0; i < timesUs.length && timesUs[i]! <= untilUs; i += 1) {
    const atUs = timesUs[i]!;
    if (atUs >= fromUs) {
      // Before its first reading there is no watermark: it comes from the far left.
      const before = valueUs === null ? left - 1 : x(valueUs);
      if (steps.length === 0 && valueUs !== null) steps.push([before, y(fromUs)]);
      steps.push([before, y(atUs)], [x(values[i]!), y(atUs)]);
    }
    valueUs = values[i]!;
  }
  if (valueUs === null) return [];
  if (steps.length === 0) steps.push([x(valueUs), y(fromUs)]);
  steps.push([x(valueUs), y(untilUs)]);
  return steps;
}

/** What the watermark has passed: nothing that happened there is expected any more. */
function paintPassed(frame: PlaneFrame): void {
  const { pen, theme, left, y, clock, timeUs } = frame;
  const steps = corners(frame, clock.fromUs, Math.min(timeUs, clock.toUs));
  const [first] = steps;
  if (first === undefined) return;
  pen.beginPath();
  pen.moveTo(left - 1, first[1]);
  for (const [px, py] of steps) pen.lineTo(Math.max(left - 1, px), py);
  pen.lineTo(left - 1, y(Math.min(timeUs, clock.toUs)));
  pen.closePath();
  pen.fillStyle = theme.colour.sunken;
  pen.fill();
}

function paintStaircase(frame: PlaneFrame): void {
  const { pen, theme, clock, timeUs } = frame;
  const past = corners(frame, clock.fromUs, Math.min(timeUs, clock.toUs));
  line(pen, theme, past, { colour: 'ink', width: 2.4 });
  if (!frame.showsFuture) return;
  const ahead = corners(frame, Math.max(timeUs, clock.fromUs), clock.toUs);
  line(pen, theme, ahead, { colour: 'ink', width: 1.2, dash: 'notYet' });
}

function paintDots({
  pen,
  theme,
  model,
  dots,
  x,
  y,
  events,
  clock,
  timeUs,
  lit,
}: PlaneFrame): void {
  for (const { record, happenedUs, arrivedUs, isDropped, isAside, firesAgain } of dots) {
    if (arrivedUs < clock.fromUs || arrivedUs > clock.toUs || happenedUs < events.fromUs) continue;
    const isLit = lit.records === null || lit.records.has(record);
    const isPast = arrivedUs <= timeUs;
    pen.globalAlpha = !isPast ? 0.4 : isLit ? 1 : 0.35;
    const isLate = firesAgain || isAside;
    const marks = isPast ? { lost: isDropped, late: isLate, hollow: isAside } : {};
    const r = dots.length > 1000 ? 2.4 : 4;
    paintRecord(pen, theme, x(happenedUs), y(arrivedUs), r, model.lookOf[record] ?? -1, marks);
  }
  pen.globalAlpha = 1;
}

/** Few records have room for their stamps, which one reads before they come, too. */
function paintStamps({ pen, theme, dots, left, right, x, y, clock, timeUs }: PlaneFrame): void {
  if (dots.length > FEW_DOTS) return;
  const shown = dots
    .filter(({ arrivedUs }) => arrivedUs >= clock.fromUs && arrivedUs <= clock.toUs)
    .map(({ happenedUs, arrivedUs }) => ({
      px: x(happenedUs),
      py: y(arrivedUs),
      words: secondsText(happenedUs),
      isPast: arrivedUs <= timeUs,
    }));
  stampPlaces(shown, left, right).forEach((place, i) => {
    const { words, isPast } = shown[i]!;
    if (place === null) return;
    const colour = isPast ? 'ink2' : 'ink3';
    label(pen, theme, words, place.x, place.y, {
      colour,
      size: STAMP_SIZE,
      mono: true,
      align: place.align,
    });
  });
}

function paintNow(frame: PlaneFrame): void {
  const { pen, theme, left, right, x, y, lane, timeUs } = frame;
  const at = y(timeUs);
  line(
    pen,
    theme,
    [
      [left, at],
      [right, at],
    ],
    { colour: 'ink', width: 1.4 },
  );
  fillBox(pen, theme, { x: 0, y: at - 9, w: left, h: 18 }, 'ink');
  label(pen, theme, `${clockText(timeUs)} s`, left - 5, at + 4, {
    colour: 'paper',
    size: 11,
    mono: true,
    align: 'right',
  });
  const watermarkUs = lane.watermarkAt(timeUs);
  if (watermarkUs === null || watermarkUs < 0 || x(watermarkUs) < left) return;
  const words = `watermark ${clockText(watermarkUs)} s`;
  const isRoomy = x(watermarkUs) - left > 130;
  label(pen, theme, words, x(watermarkUs) + (isRoomy ? -8 : 8), at - 6, {
    colour: accentOf(lane.lane.engine),
    weight: 500,
    align: isRoomy ? 'right' : 'left',
  });
}
