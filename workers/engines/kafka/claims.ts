/** What must hold after every event, whatever happens to the cluster. */
import type { Claim } from '../../kernel/engine.ts';
import { endOffset } from './log/partitionLog.ts';
import { type KafkaState, type Replica, replicaOf, replicasOf } from './state.ts';

export const kafkaClaims: readonly Claim<KafkaState>[] = [
  {
    name: 'a high watermark is never beyond the end of its log',
    holds: ({ brokers }) =>
      allReplicas(brokers, (replica) => replica.highWatermark <= endOffset(replica.log)),
  },
  {
    name: 'no two brokers lead a partition in the same epoch',
    holds: ({ brokers, partitions }) =>
      partitions.every(({ topic, partition }) => {
        const epochs: number[] = [];
        for (const broker of brokers) {
          const replica = replicaOf(broker, topic, partition);
          if (replica?.leader === broker.id) epochs.push(replica.leaderEpoch);
        }
        return new Set(epochs).size === epochs.length;
      }),
  },
  {
    name: 'the leader is an in-sync replica',
    holds: ({ controller }) =>
      controller.registrations.every(({ leader, isr }) => leader < 0 || isr.includes(leader)),
  },
];

function allReplicas(
  brokers: KafkaState['brokers'],
  holds: (replica: Replica) => boolean,
): boolean {
  for (const broker of brokers) {
    for (const replica of replicasOf(broker)) if (!holds(replica)) return false;
  }
  return true;
}
