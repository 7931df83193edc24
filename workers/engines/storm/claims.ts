/** What must hold of a Storm lane after every event: KafkaSpout's offsets and the ackers' ledgers. */
import { isComplete } from './acking/acker.ts';
import { keysOf } from './acking/rotatingMap.ts';
import type { Claim } from '../../kernel/engine.ts';
import { ACKED, EMITTED, IN_TOPOLOGY, isMarked, offsetsWith } from './kafkaSpout/offsetMarks.ts';
import type { SpoutPartition } from './kafkaSpout/spoutPartition.ts';
import { spoutsOf } from './spoutClient.ts';
import type { StormState } from './state.ts';

export const claims: readonly Claim<StormState>[] = [
  {
    name: 'a committed offset is forgotten by the spout',
    holds: (state) =>
      partitionsOf(state).every(({ offsets }) =>
        offsetsWith(offsets.marks, EMITTED).every((offset) => offset >= offsets.committedOffset),
      ),
  },
  {
    name: 'an offset is not in the topology and acked at once',
    holds: (state) =>
      partitionsOf(state).every(({ offsets: { marks } }) =>
        offsetsWith(marks, IN_TOPOLOGY).every((offset) => !isMarked(marks, offset, ACKED)),
      ),
  },
  {
    name: 'an acker keeps no completed tree',
    holds: (state) =>
      state.tasks.every(
        (task) =>
          task?.kind !== 'acker' ||
          keysOf(task.acker.pending).every((tree) => !isComplete(task.acker, tree)),
      ),
  },
];

function partitionsOf(state: Readonly<StormState>): SpoutPartition[] {
  return spoutsOf(state).flatMap(({ partitions }) => partitions);
}
