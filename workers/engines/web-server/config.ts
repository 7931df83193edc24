import * as v from 'valibot';

const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/u, 'an id has 1 to 32 of a-z, 0-9 and -'));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** A web server in a scenario: which input it serves, and where its log lines go. */
export const WebServerConfig = v.strictObject({
  id,
  type: v.literal('web-server'),
  /** The input whose records are its log lines. */
  input: id,
  output: v.variant('kind', [
    /** Appends each line to one growing file, as Apache does. */
    v.strictObject({ kind: v.literal('file'), path }),
    /** Closes a file every `everyMs` and moves it, complete, into a directory: log rotation into a spool. */
    v.strictObject({
      kind: v.literal('spool'),
      directory: path,
      everyMs: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(3_600_000)),
    }),
    /** Sends each line over TCP to a source, named by its part: `a1/r1`. */
    v.strictObject({ kind: v.literal('tcp'), to: path }),
  ]),
});

export type WebServerConfig = v.InferOutput<typeof WebServerConfig>;
