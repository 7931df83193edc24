/** What the scripts of Flume's benches are made of. */
import * as v from 'valibot';
import type { FlumeEvent } from '../event.ts';

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

/** An event as an answer: without headers where it has none, since a hash map's order is nobody's to count on. */
export function writtenEvent({ body, headers: found }: FlumeEvent): unknown {
  if (found.size === 0) return { body };
  const entries = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return { body, headers: Object.fromEntries(entries) };
}
