// What can break, and when.

import * as v from 'valibot';
import { between, momentMs } from './common.ts';

/** A process `a1/agent`, or a node `a1` for all of its processes. */
const faultTarget = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9-]{1,32}(\/[a-z0-9-]{1,32})?$/,
    'the name of a node, such as a1, or of a process, such as flink/tm-1, is expected',
  ),
);

const stretch = { atMs: momentMs, untilMs: momentMs };

export const faultSchema = v.variant('type', [
  /** `kill -9`; null: nobody starts it again. */
  v.strictObject({
    type: v.literal('crash'),
    target: faultTarget,
    atMs: momentMs,
    restartAfterMs: v.nullable(momentMs),
  }),
  /** Whatever it does takes `factor` times as long. */
  v.strictObject({
    type: v.literal('slow'),
    target: faultTarget,
    ...stretch,
    factor: between(1, 1000),
  }),
  /** No message passes between the two, in either direction. */
  v.strictObject({ type: v.literal('cut'), from: faultTarget, to: faultTarget, ...stretch }),
]);

export type Fault = v.InferOutput<typeof faultSchema>;
