/** Benches of what the controller and the replicas of a partition decide. */
import * as v from 'valibot';
import { createJavaRandom, type JavaRandom, nextJavaIntBelow } from '../../../jvm/random.ts';
import { benchOf, RefusedByBench } from '../../../kernel/bench.ts';
import {
  changePartition,
  type ElectionRules,
  type PartitionRegistration,
  registerPartition,
} from '../controller/partitionChange.ts';
import { divergence, noteEpoch } from '../log/leaderEpochs.ts';
import { placeByAdminUtils, placeRackAware } from '../placement/adminUtils.ts';
import { placeStriped } from '../placement/striped.ts';
import { brokers, natural, offset, seed } from './schemas.ts';

interface PartitionBench {
  partition: PartitionRegistration;
  readonly down: Set<number>;
}

export const partitionState = benchOf({
  component: 'kafka/partition-state',
  meaning:
    'One partition at the controller. Configuration: replicas, min.insync.replicas, unclean.leader.election.enable, eligibleLeaderReplicas. Steps: fence or unfence a broker; alter, when the leader asks for another ISR; preferred, an election. Answers: the partition’s state.',
  config: v.strictObject({
    replicas: v.pipe(brokers, v.minLength(1)),
    'min.insync.replicas': v.optional(natural, 1),
    'unclean.leader.election.enable': v.optional(v.boolean(), false),
    eligibleLeaderReplicas: v.optional(v.boolean(), false),
  }),
  step: v.variant('call', [
    v.strictObject({ call: v.picklist(['fence', 'unfence']), broker: natural }),
    v.strictObject({ call: v.literal('alter'), isr: brokers }),
    v.strictObject({ call: v.literal('preferred') }),
  ]),
  create: ({ replicas }): PartitionBench => ({
    partition: registerPartition(replicas, () => true),
    down: new Set(),
  }),
  play(state, step, config) {
    const rules: ElectionRules = {
      isAcceptable: (broker) => !state.down.has(broker),
      election: config['unclean.leader.election.enable'] ? 'unclean' : 'online',
      minIsr: config['min.insync.replicas'],
      eligibleLeaderReplicas: config.eligibleLeaderReplicas,
    };
    const { partition } = state;
    if (step.call === 'fence') {
      state.down.add(step.broker);
      const isr = partition.isr.filter((replica) => replica !== step.broker);
      state.partition = changePartition(partition, isr, rules);
    } else if (step.call === 'unfence') {
      state.down.delete(step.broker);
      if (partition.leader < 0) state.partition = changePartition(partition, partition.isr, rules);
    } else if (step.call === 'alter') {
      state.partition = changePartition(
        partition,
        step.isr,
        { ...rules, election: 'online' },
        true,
      );
    } else {
      state.partition = changePartition(partition, partition.isr, {
        ...rules,
        election: 'preferred',
      });
    }
    return state.partition;
  },
});

const racked = v.strictObject({
  id: natural,
  rack: v.optional(v.nullable(v.string()), null),
  fenced: v.optional(v.boolean(), false),
});

export const replicaPlacement = benchOf({
  component: 'kafka/replica-placement',
  meaning:
    'Where the replicas of a topic go. Configuration: placement (StripedReplicaPlacer or AdminUtils), brokers with rack and fenced, seed. Each step is a topic: partitions and replicationFactor; for AdminUtils also start and shift, if not random, and firstPartition. Answers: the brokers of each partition.',
  config: v.strictObject({
    placement: v.optional(
      v.picklist(['StripedReplicaPlacer', 'AdminUtils']),
      'StripedReplicaPlacer',
    ),
    brokers: v.pipe(v.array(racked), v.maxLength(100)),
    seed,
  }),
  step: v.strictObject({
    partitions: v.pipe(natural, v.maxValue(1000)),
    replicationFactor: natural,
    start: v.optional(natural),
    shift: v.optional(natural),
    firstPartition: v.optional(natural, 0),
  }),
  create: (config): JavaRandom => createJavaRandom(config.seed),
  play(random, { partitions, replicationFactor, start, shift, firstPartition }, config) {
    const below = (bound: number) => nextJavaIntBelow(random, bound);
    if (config.placement === 'StripedReplicaPlacer') {
      return orRefuse(placeStriped(partitions, replicationFactor, config.brokers, below));
    }
    const ids = config.brokers.map(({ id }) => id).sort((a, b) => a - b);
    const first = start ?? below(ids.length);
    const by = shift ?? below(ids.length);
    const racks = new Map<number, string>();
    for (const { id, rack } of config.brokers) if (rack !== null) racks.set(id, rack);
    return orRefuse(
      racks.size === 0
        ? placeByAdminUtils(ids, partitions, replicationFactor, first, by, firstPartition)
        : placeRackAware(racks, partitions, replicationFactor, first, by, firstPartition),
    );
  },
});

function orRefuse<T>(answer: T | string): T {
  if (typeof answer === 'string') throw new RefusedByBench(answer);
  return answer;
}

export const leaderEpochs = benchOf({
  component: 'kafka/leader-epochs',
  meaning:
    'What a leader answers to a follower about where their logs part. Configuration: the leader’s epochs as [epoch, start offset], its endOffset, and leaderEpoch, if it has written nothing in its own yet. Steps: the follower’s lastFetchedEpoch and fetchOffset. Answers: epoch and end offset, null when nothing parts, OFFSET_OUT_OF_RANGE for an epoch that the leader never heard of.',
  config: v.strictObject({
    epochs: v.array(v.tuple([natural, natural])),
    endOffset: natural,
    leaderEpoch: v.optional(natural),
  }),
  step: v.strictObject({ lastFetchedEpoch: offset, fetchOffset: natural }),
  create({ epochs, endOffset, leaderEpoch }) {
    const starts = epochs.map(([epoch, startOffset]) => ({ epoch, startOffset }));
    if (leaderEpoch !== undefined) noteEpoch(starts, leaderEpoch, endOffset);
    return starts;
  },
  play(epochs, { lastFetchedEpoch, fetchOffset }, { endOffset }) {
    const answer = divergence(epochs, lastFetchedEpoch, fetchOffset, endOffset);
    return answer === 'unknown' ? 'OFFSET_OUT_OF_RANGE' : answer;
  },
});
