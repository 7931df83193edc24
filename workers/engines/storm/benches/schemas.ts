/** The small schemas of which Storm's benches are made. */
import * as v from 'valibot';

/** A count, a task id, an offset, a time in milliseconds. */
export const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const naturals = v.array(natural);
