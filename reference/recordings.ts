import type { Recording } from '../workers/scenario/recording.ts';

const files = import.meta.glob<Recording>('./recordings/*/*.json', {
  eager: true,
  import: 'default',
});

/** Every recording, by folder and file: `kafka/partition-of-a-key`. In one piece, which is loaded when it is asked for. */
export const recordings: ReadonlyMap<string, Recording> = new Map(
  Object.entries(files)
    .map(
      ([path, recording]) =>
        [path.slice('./recordings/'.length, -'.json'.length), recording] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
