/** What the scripts of Flume's benches are made of. */
import * as v from 'valibot';

/** Properties under their official keys, as they stand in a file. */
export const properties = v.pipe(
  v.record(v.string(), v.string()),
  v.transform((entries) => new Map(Object.entries(entries))),
);

/** Headers of an event. */
export const headers = v.optional(
  v.pipe(
    v.record(v.string(), v.nullable(v.string())),
    v.transform((entries) => new Map(Object.entries(entries))),
  ),
  {},
);

export const nowMs = v.optional(v.pipe(v.number(), v.safeInteger()), 0);

export const names = v.pipe(v.array(v.string()), v.maxLength(100));
