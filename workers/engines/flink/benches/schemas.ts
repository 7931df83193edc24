/** The small pieces that the scripts of this folder are made of. `9223372036854775807` in a script is Long.MAX_VALUE. */
import * as v from 'valibot';

/** A time in milliseconds, between Long.MIN_VALUE and Long.MAX_VALUE. */
export const longMs = v.pipe(v.number(), v.finite());

/** A small count, such as of channels. */
export const small = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1000));
