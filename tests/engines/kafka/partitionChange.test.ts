import { describe, expect, it } from 'vitest';
import {
  changePartition,
  electLeader,
  type ElectionRules,
  type PartitionRegistration,
  registerPartition,
} from '../../../workers/engines/kafka/controller/partitionChange.ts';

/** A controller in small: brokers that are fenced and unfenced, and one partition. */
function walk(
  replicas: readonly number[],
  steps: readonly string[],
  rules: Partial<ElectionRules> = {},
): PartitionRegistration[] {
  const down = new Set<number>();
  let partition = registerPartition(replicas, () => true);
  return steps.map((step) => {
    const [verb, ...numbers] = step.split(/[ ,]/);
    const brokers = numbers.map(Number);
    const common = {
      election: 'online',
      minIsr: 1,
      eligibleLeaderReplicas: false,
      ...rules,
    } as const;
    const with_ = (extra: Partial<ElectionRules> = {}): ElectionRules => ({
      ...common,
      isAcceptable: (broker) => !down.has(broker),
      ...extra,
    });
    if (verb === 'fence') {
      for (const broker of brokers) {
        down.add(broker);
        const isr = partition.isr.filter((replica) => replica !== broker);
        partition = changePartition(partition, isr, with_());
      }
    } else if (verb === 'unfence') {
      for (const broker of brokers) {
        down.delete(broker);
        if (partition.leader < 0) partition = changePartition(partition, partition.isr, with_());
      }
    } else if (verb === 'alter') partition = changePartition(partition, brokers, with_());
    else partition = changePartition(partition, partition.isr, with_({ election: 'preferred' }));
    return partition;
  });
}

function short({
  leader,
  isr,
  elr,
  lastKnownElr,
  leaderEpoch,
  partitionEpoch,
  recovering,
}: PartitionRegistration) {
  const eligible = elr.length > 0 ? ` elr[${elr.join()}]` : '';
  const last = lastKnownElr.length > 0 ? ` last[${lastKnownElr.join()}]` : '';
  return `L${leader} [${isr.join()}]${eligible}${last} e${leaderEpoch} p${partitionEpoch}${recovering ? ' RECOVERING' : ''}`;
}

describe('C9 electLeader (PartitionChangeBuilderTest.testElectLeader)', () => {
  const partition: PartitionRegistration = {
    ...registerPartition([2, 1, 3], () => true),
    leader: 1,
  };
  it.each([
    ['preferred', [2, 1, 3], 2, false],
    ['online', [2, 1, 3], 1, false],
    ['unclean', [2, 1, 3], 1, false],
    ['preferred', [1, 3], 1, false],
    ['online', [1, 3], 1, false],
    ['unclean', [1, 3], 1, false],
    ['online', [3], -1, false],
    ['unclean', [3], 2, true],
  ] as const)('%s, target ISR %j, broker 3 down: leader %i', (election, isr, leader, unclean) => {
    const rules = {
      election,
      isAcceptable: (broker: number) => broker !== 3,
      minIsr: 1,
      eligibleLeaderReplicas: false,
    };
    expect(electLeader(partition, isr, [], rules)).toEqual({ leader, unclean });
  });
});

describe('C10 partition state walks (PartitionChangeBuilder)', () => {
  it.each([
    {
      replicas: [1, 2, 3],
      steps: ['fence 1', 'unfence 1', 'alter 2,3,1', 'preferred'],
      states: ['L2 [2,3] e1 p1', 'L2 [2,3] e1 p1', 'L2 [2,3,1] e1 p2', 'L1 [2,3,1] e2 p3'],
    },
    {
      replicas: [1, 2, 3],
      steps: ['fence 3', 'alter 1,2,3'],
      states: ['L1 [1,2] e0 p1', 'L1 [1,2,3] e0 p2'],
    },
    {
      replicas: [1, 2, 3],
      steps: ['fence 1', 'fence 2', 'fence 3', 'unfence 1', 'unfence 2', 'unfence 3'],
      states: [
        'L2 [2,3] e1 p1',
        'L3 [3] e2 p2',
        'L-1 [3] e3 p3',
        'L-1 [3] e3 p3',
        'L-1 [3] e3 p3',
        'L3 [3] e4 p4',
      ],
    },
    {
      replicas: [1, 2],
      steps: ['alter 1', 'fence 1', 'unfence 1'],
      states: ['L1 [1] e0 p1', 'L-1 [1] e1 p2', 'L1 [1] e2 p3'],
    },
  ])('$steps', ({ replicas, steps, states }) => {
    expect(walk(replicas, steps).map(short)).toEqual(states);
  });

  it('unclean.leader.election.enable: any live replica, in assignment order', () => {
    const unclean = { election: 'unclean' } as const;
    const all = walk([1, 2, 3], ['fence 1,2,3', 'unfence 1'], unclean);
    expect(all.map(short).at(-1)).toBe('L1 [1] e4 p4 RECOVERING');
    const two = walk([1, 2], ['alter 1', 'fence 1'], unclean);
    expect(two.map(short).at(-1)).toBe('L2 [2] e1 p2 RECOVERING');
  });

  it('eligible leader replicas, min.insync.replicas 2: fence 1, 2, 3, unfence 2, 3 comes back', () => {
    const states = walk([1, 2, 3], ['fence 1', 'fence 2', 'fence 3', 'unfence 2', 'alter 2,3'], {
      minIsr: 2,
      eligibleLeaderReplicas: true,
    });
    expect(states.map(short)).toEqual([
      'L2 [2,3] e1 p1',
      'L3 [3] elr[2] e2 p2',
      'L-1 [] elr[2,3] last[3] e3 p3',
      'L2 [2] elr[3] e4 p4',
      'L2 [2,3] e4 p5',
    ]);
  });

  it('eligible leader replicas: one that left before does not come back as leader', () => {
    const states = walk([1, 2, 3], ['fence 3', 'fence 2', 'fence 1', 'unfence 3'], {
      minIsr: 2,
      eligibleLeaderReplicas: true,
    });
    expect(states.map(short)).toEqual([
      'L1 [1,2] e0 p1',
      'L1 [1] elr[2] e0 p2',
      'L-1 [] elr[1,2] last[1] e1 p3',
      'L-1 [] elr[1,2] last[1] e1 p3',
    ]);
  });
});

describe('C8 fencing several brokers (ReplicationControlManagerTest.testFenceMultipleBrokers)', () => {
  it.each([
    [[1, 2, 3], 1, [1]],
    [[2, 3, 4], 4, [4]],
    [[0, 2, 1], 0, [0, 1]],
  ])('replicas %j: fence 2 and 3, leader %i, ISR %j', (replicas, leader, isr) => {
    const last = walk(replicas, ['fence 2,3']).at(-1);
    expect([last?.leader, last?.isr]).toEqual([leader, isr]);
  });

  it('the last one fenced stays in the ISR without a leader', () => {
    const last = walk([1, 2, 3], ['fence 2,3', 'fence 1']).at(-1);
    expect([last?.leader, last?.isr]).toEqual([-1, [1]]);
  });
});
