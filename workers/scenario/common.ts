// The small bounded pieces that every part of a scenario's schema is made of. A scenario may come
// from a link that anybody wrote, so nothing in it is unbounded.

import * as v from 'valibot';

/** The name of an input, a program or a node. */
export const nodeId = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]{1,32}$/, 'an id has 1 to 32 small letters, digits and hyphens'),
);

/** A whole number from `min` to `max`. */
export const whole = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.safeInteger('a whole number is expected'),
    v.minValue(min, `at least ${String(min)} is expected`),
    v.maxValue(max, `at most ${String(max)} is expected`),
  );

/** A finite number from `min` to `max`. */
export const between = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.finite('a finite number is expected'),
    v.minValue(min, `at least ${String(min)} is expected`),
    v.maxValue(max, `at most ${String(max)} is expected`),
  );

/** A text of at most `maxLength` code units. */
export const text = (maxLength: number) =>
  v.pipe(
    v.string(),
    v.maxLength(maxLength, `at most ${String(maxLength)} characters are expected`),
  );

/** A list of at most `maxLength` entries. */
export const list = <const Item extends v.GenericSchema>(item: Item, maxLength: number) =>
  v.pipe(
    v.array(item),
    v.maxLength(maxLength, `at most ${String(maxLength)} entries are expected`),
  );

export const DURATION_LIMIT_MS = 24 * 3600 * 1000;

/** A stretch of simulated time, in whole milliseconds, up to a day. */
export const intervalMs = whole(1, DURATION_LIMIT_MS);

/** A moment of simulated time, in whole milliseconds from the start, up to a day. */
export const momentMs = whole(0, DURATION_LIMIT_MS);

/** A share, from nothing to all. */
export const share = between(0, 1);

/** A Kafka topic name, by Kafka's own rule. */
export const topicName = v.pipe(
  v.string(),
  v.regex(
    /^[a-zA-Z0-9._-]{1,249}$/,
    'a topic name has 1 to 249 of the characters a-z A-Z 0-9 . _ -',
  ),
  v.check((name) => name !== '.' && name !== '..', 'a topic name is neither . nor ..'),
);

/** Where a lane reads from: a topic of a Kafka node. */
export const topicOfNode = v.strictObject({ node: nodeId, topic: topicName });
