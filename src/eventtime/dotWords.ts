import { secondsText } from '../stage/glyphs/units.ts';
import type { PlaneDot } from './planeDots.ts';

/** So many records have room for a stamp each, and can be told one by one. */
export const FEW_DOTS = 24;

/** A record of the plane in words: "stamped 3.6 s, taken at 8.3 s, late and dropped". */
export function dotWords(dot: PlaneDot, timeUs: number): string {
  const { happenedUs, arrivedUs } = dot;
  const words = `stamped ${secondsText(happenedUs)} s, taken at ${secondsText(arrivedUs)} s`;
  const fate = fateWords(dot);
  return arrivedUs > timeUs || fate === '' ? words : `${words}, ${fate}`;
}

function fateWords({ isDropped, isAside, firesAgain }: PlaneDot): string {
  if (isDropped) return 'late and dropped';
  if (isAside) return 'late and in the side output';
  return firesAgain ? 'late, and its window fires again' : '';
}
