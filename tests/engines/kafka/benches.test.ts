import { describe, expect, it } from 'vitest';
import { benches } from '../../../workers/engines/kafka/benches.ts';
import { RefusedByBench } from '../../../workers/kernel/bench.ts';

function play(component: string, config: unknown, ...script: unknown[]): readonly unknown[] {
  const bench = benches.find((candidate) => candidate.component === `kafka/${component}`);
  if (bench === undefined) throw new Error(`no bench ${component}`);
  return bench.run(config, script);
}

describe('components of Kafka alone', () => {
  it('C1 keys among four partitions', () => {
    expect(play('key-partitioner', { partitions: 4 }, '21', 'abc')).toEqual([
      { hash: -973932308, partition: 0 },
      { hash: 479470107, partition: 3 },
    ]);
  });

  it('C2 the sticky switch, with choices 0, 1, 2, …', () => {
    const config = { partitions: 3, 'batch.size': 1024, random: 'counting' };
    const script = [10, 1024, 1024, 1024, 1024].map((bytes) => ({ call: 'send', bytes }));
    expect(play('sticky-partitioner', config, ...script)).toEqual([
      [[0, 1]],
      [[0, 1]],
      [[1, 1]],
      [[2, 1]],
      [[0, 1]],
    ]);
  });

  it('KIP-480 changes partition with every batch', () => {
    const config = { rule: 'KIP-480', partitions: 3, random: 'counting' };
    const send = { call: 'send', bytes: 10 };
    const drain = { call: 'drain' };
    expect(play('sticky-partitioner', config, send, drain, send, drain, send)).toEqual([
      [[1, 1]],
      'ok',
      [[2, 1]],
      'ok',
      [[0, 1]],
    ]);
  });

  it('C18 a batch that is repeated gets the first one’s offset', () => {
    const batch = { baseSequence: 0, records: 2 };
    expect(play('producer-sequences', {}, batch, { baseSequence: 2, records: 1 }, batch)).toEqual([
      { kind: 'append', baseOffset: 0 },
      { kind: 'append', baseOffset: 2 },
      { kind: 'duplicate', baseOffset: 0 },
    ]);
  });

  it('C10 the first in-sync replica in assignment order leads; the preferred one gets it back', () => {
    const states = play(
      'partition-state',
      { replicas: [1, 2, 3] },
      { call: 'fence', broker: 1 },
      { call: 'unfence', broker: 1 },
      { call: 'alter', isr: [2, 3, 1] },
      { call: 'preferred' },
    ) as { leader: number; isr: number[]; leaderEpoch: number }[];
    expect(states.map(({ leader, isr, leaderEpoch }) => [leader, isr, leaderEpoch])).toEqual([
      [2, [2, 3], 1],
      [2, [2, 3], 1],
      [2, [2, 3, 1], 1],
      [1, [2, 3, 1], 2],
    ]);
  });

  it('C5 the ZooKeeper era’s placement', () => {
    const config = { placement: 'AdminUtils', brokers: [{ id: 0 }, { id: 1 }, { id: 2 }] };
    const topic = { partitions: 3, replicationFactor: 3, start: 1, shift: 1 };
    expect(play('replica-placement', config, topic)).toEqual([
      [
        [1, 0, 2],
        [2, 1, 0],
        [0, 2, 1],
      ],
    ]);
  });

  it('a placement that is refused is refused in Kafka’s words', () => {
    const topic = { partitions: 1, replicationFactor: 3 };
    expect(() => play('replica-placement', { brokers: [{ id: 1 }] }, topic)).toThrow(
      new RefusedByBench(
        'The target replication factor of 3 cannot be reached because only 1 broker(s) are registered.',
      ),
    );
  });

  it('C12 where logs part', () => {
    const config = {
      epochs: [
        [0, 0],
        [3, 2],
        [4, 8],
      ],
      endOffset: 13,
    };
    const asks = { lastFetchedEpoch: 2, fetchOffset: 5 };
    expect(play('leader-epochs', config, asks)).toEqual([{ epoch: 0, endOffset: 2 }]);
  });

  it('C16 cooperative: what moves is held back', () => {
    const config = { assignor: 'cooperative-sticky', topics: [['t', 2]] };
    const members = [
      {
        id: 'A',
        topics: ['t'],
        owns: [
          ['t', 0],
          ['t', 1],
        ],
        generation: 1,
      },
      { id: 'B', topics: ['t'] },
    ];
    expect(play('assignor', config, members)).toEqual([
      [
        ['A', [['t', 0]]],
        ['B', []],
      ],
    ]);
  });

  it('C19 the last stable offset waits for the marker, and for its commit', () => {
    const script = [
      { call: 'append', records: 2, producerId: 1 },
      { call: 'append', records: 1 },
      { call: 'commit', highWatermark: 3 },
      { call: 'marker', producerId: 1 },
      { call: 'commit', highWatermark: 4 },
    ];
    expect(play('last-stable-offset', {}, ...script)).toEqual([0, 0, 0, 0, 4]);
  });

  it('C23 retention by size', () => {
    const append = { call: 'append', bytes: 72, timestampMs: 0 };
    const script = [append, append, append, { call: 'delete', highWatermark: 3, nowMs: 0 }];
    const config = { 'segment.bytes': 72, 'retention.bytes': 144 };
    expect(play('retention', config, ...script).at(-1)).toEqual({
      segments: [1, 2],
      startOffset: 1,
      endOffset: 3,
    });
  });

  it('C21 the log cleaner keeps the last value of a key', () => {
    const append = (value: string) => ({ call: 'append', key: 'constructor', value });
    expect(play('log-cleaner', {}, append('a'), append('b'), { call: 'clean' })).toEqual([
      [0],
      [0, 1],
      [1],
    ]);
  });

  it('a group lies where its name hashes to', () => {
    expect(play('offsets-partition', {}, 'spark')).toEqual([15]);
  });
});
