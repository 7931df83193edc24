/**
 * The small pieces that the scripts of this folder are made of. No JSON number is exactly Long.MAX_VALUE, so scripts and
 * answers write the bounds of a long by name.
 */
import * as v from 'valibot';
import { LONG_MAX, LONG_MIN } from '../long.ts';

const bounds = { 'Long.MIN_VALUE': LONG_MIN, 'Long.MAX_VALUE': LONG_MAX };

type Bound = keyof typeof bounds;

/** A time in milliseconds, between Long.MIN_VALUE and Long.MAX_VALUE. */
export const longMs = v.union([
  v.pipe(v.number(), v.safeInteger()),
  v.pipe(
    v.picklist(['Long.MIN_VALUE', 'Long.MAX_VALUE']),
    v.transform((name: Bound): number => bounds[name]),
  ),
]);

/** A time as answers write it. */
export function written(timeMs: number): number | Bound {
  if (timeMs === LONG_MIN) return 'Long.MIN_VALUE';
  return timeMs === LONG_MAX ? 'Long.MAX_VALUE' : timeMs;
}

/** A small count, such as of channels. */
export const small = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1000));
