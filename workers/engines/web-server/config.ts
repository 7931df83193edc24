// What a scenario says of a web server: which input it serves, and where its log lines go.

import * as v from 'valibot';
import { nodeId, text, whole } from '../../scenario/common.ts';

const path = v.pipe(text(200), v.minLength(1, 'a path is expected'));

export const webServerSchema = v.strictObject({
  id: nodeId,
  type: v.literal('web-server'),
  /** The input whose records are its log lines. */
  input: nodeId,
  output: v.variant('kind', [
    /** Appends each line to one growing file, as Apache does. */
    v.strictObject({ kind: v.literal('file'), path }),
    /** Closes a file every `everyMs` and moves it, complete, into a directory: log rotation into a spool. */
    v.strictObject({
      kind: v.literal('spool'),
      directory: path,
      everyMs: whole(100, 3_600_000),
    }),
    /** Sends each line over TCP to a source, named by its part: `a1/r1`. */
    v.strictObject({ kind: v.literal('tcp'), to: path }),
  ]),
});

export type WebServerConfig = v.InferOutput<typeof webServerSchema>;
