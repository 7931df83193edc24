import type { LaneIndex } from '../run/LaneIndex.ts';
import type { Output } from '../run/Run.ts';
import type { AxisView } from './axisView.ts';
import { bracketStride, type AxisRow } from './rows.ts';

/** One window to draw: its newest result, and the line it lies on. */
export interface WindowBracket {
  readonly output: Output;
  readonly y: number;
}

/** The windows of a lane that lie in view, each on the line of its number. */
export function bracketsIn(lane: LaneIndex, row: AxisRow, view: AxisView): WindowBracket[] {
  const { sizeUs, slideUs } = lane.lane;
  if (sizeUs === null || slideUs === null) return [];
  const stride = bracketStride(sizeUs, slideUs);
  const newest = new Map<number, Output>();
  for (const output of lane.outputs) {
    if (output.endUs <= view.fromUs || output.startUs >= view.toUs) continue;
    if (output.window % stride === 0) newest.set(output.window, output);
  }
  return [...newest.values()].map((output) => {
    const number = Math.round(output.window / stride);
    const position = ((number % row.lines) + row.lines) % row.lines;
    return { output, y: row.y + 5 + position * 14 };
  });
}

/** The window whose bracket is under (px, py). */
export function bracketNear(
  brackets: readonly WindowBracket[],
  x: (timeUs: number) => number,
  px: number,
  py: number,
): WindowBracket | null {
  return (
    brackets.find(({ output, y }) => {
      const inside = px >= x(output.startUs) && px <= x(output.endUs);
      return inside && py >= y - 6 && py <= y + 9;
    }) ?? null
  );
}
