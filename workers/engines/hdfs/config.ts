/** An HDFS cluster in a scenario, with the directories that are drawn of it. */
import * as v from 'valibot';
import { list, nodeId, text, whole } from '../../scenario/common.ts';

export const hdfsSchema = v.strictObject({
  id: nodeId,
  type: v.literal('hdfs'),
  /** Each is drawn as one part `<node>/<name>` and holds the files under its path. */
  directories: v.pipe(
    list(v.strictObject({ name: nodeId, path: v.pipe(text(200), v.startsWith('/')) }), 20),
    v.check(
      (directories) => new Set(directories.map(({ name }) => name)).size === directories.length,
      'each directory has a name of its own',
    ),
  ),
  /** `dfs.blocksize`, in bytes. */
  'dfs.blocksize': v.optional(whole(1024, 1_099_511_627_776), 134_217_728),
});

export type HdfsConfig = v.InferOutput<typeof hdfsSchema>;
