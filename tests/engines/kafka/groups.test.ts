import { describe, expect, it } from 'vitest';
import { offsetsPartitionOf } from '../../../workers/engines/kafka/groups/coordinatorOf.ts';
import { electProtocol } from '../../../workers/engines/kafka/groups/group.ts';
import type { AssignorName } from '../../../workers/clients/kafka/assignors/index.ts';
import { clusterRun, type ClusterRun, type Reader } from './clusterRun.ts';

const six = { topics: [{ name: 't', partitions: 6 }] };

const member = (id: string, fromMs: number, extra: Partial<Reader> = {}): Reader => {
  const { config, ...rest } = extra;
  return {
    id,
    partitions: [],
    subscribes: true,
    fromMs,
    config: { 'group.id': 'g', 'auto.offset.reset': 'earliest', ...config },
    ...rest,
  };
};

const strategy = (name: AssignorName) => ({ config: { 'partition.assignment.strategy': [name] } });

/** What each member was given, and what was taken from it, as `time id kind partitions`. */
const story = (run: ClusterRun) =>
  run.app.events.flatMap((event) => {
    if (!event.kind.startsWith('partitions') || !('partitions' in event)) return [];
    const partitions = event.partitions.map(({ partition }) => partition).join('');
    const what = event.kind.slice('partitions '.length);
    return [`${event.timeUs / 1000} ${event.reader} ${what} ${partitions || '-'}`];
  });

describe('the coordinator of a group', () => {
  it.each([
    ['test', 48],
    ['my-group', 12],
    ['group1', 40],
    ['connect-local-file-sink', 7],
    ['test-consumer-group', 31],
    ['spark', 15],
    // hashCode is Integer.MIN_VALUE, whose absolute value Kafka takes as 0.
    ['polygenelubricants', 0],
  ])('%s lies in partition %i of __consumer_offsets', (group, partition) => {
    expect(offsetsPartitionOf(group)).toBe(partition);
  });

  it.each([
    [
      [
        ['range', 'roundrobin'],
        ['roundrobin', 'range'],
        ['roundrobin', 'range'],
      ],
      'roundrobin',
    ],
    [[['range', 'sticky'], ['sticky']], 'sticky'],
    [[['range'], ['sticky']], null],
  ])('of %j it chooses %s', (lists, protocol) => {
    expect(electProtocol(lists)).toBe(protocol);
  });
});

describe('joining', () => {
  it('the first member of an empty group waits group.initial.rebalance.delay.ms for others', () => {
    const run = clusterRun({ kafka: six, consumers: [member('a', 0)] }).until(10_000);
    // Coordinator 2 ms; member id 2 ms; the JoinGroup arrives 1 ms later and waits 3 s; back 1 ms; sync 2 ms.
    expect(story(run)).toEqual(['3008 a assigned 012345']);
  });

  it('newcomers within the wait prolong it by as much again', () => {
    const run = clusterRun({ kafka: six, consumers: [member('a', 0), member('b', 1_000)] });
    run.until(10_000);
    expect(story(run)).toEqual(['6008 a assigned 012', '6008 b assigned 345']);
  });

  it('without the delay the second member makes a second rebalance, at the next heartbeat', () => {
    const run = clusterRun({
      kafka: { ...six, 'group.initial.rebalance.delay.ms': 0 },
      consumers: [member('a', 0), member('b', 1_000)],
    }).until(10_000);
    // a is stable at 8 ms and heartbeats 3 s later, which tells it 2 ms later; commit and join follow at once.
    expect(story(run)).toEqual([
      '8 a assigned 012345',
      '3010 a revoked 012345',
      '3014 a assigned 012',
      '3014 b assigned 345',
    ]);
  });

  it('cooperative: only what moves is revoked, and handed over in a second round', () => {
    const run = clusterRun({
      kafka: { ...six, 'group.initial.rebalance.delay.ms': 0 },
      consumers: [
        member('a', 0, strategy('cooperative-sticky')),
        member('b', 1_000, strategy('cooperative-sticky')),
      ],
    }).until(20_000);
    expect(story(run).map((line) => line.slice(line.indexOf(' ') + 1))).toEqual([
      'a assigned 012345',
      'a revoked 345',
      'a assigned -',
      'b assigned -',
      'a assigned -',
      'b assigned 345',
    ]);
  });
});

describe('leaving', () => {
  const two = (first: Partial<Reader>) => [
    member('a', 0, first),
    member('b', 0, { config: { 'session.timeout.ms': 10_000 } }),
  ];

  it('close() hands partitions over at the others’ next heartbeat', () => {
    const run = clusterRun({ kafka: six, consumers: two({ closeAtMs: 8_000 }) }).until(30_000);
    // b prolonged the wait, so both are stable at 6.008 s; b heartbeats at 9.008 s.
    expect(story(run).slice(2)).toEqual(['9010 b revoked 345', '9014 b assigned 012345']);
  });

  it('kill -9: only when the session has ended', () => {
    const config = { 'session.timeout.ms': 10_000 };
    const run = clusterRun({ kafka: six, consumers: two({ killAtMs: 8_000, config }) });
    run.until(30_000);
    // The coordinator last heard of a at 6.007 s, when it synced; so its session ends at 16.007 s, and b's
    // heartbeat of 18.008 s tells it.
    expect(story(run).slice(2)).toEqual(['18010 b revoked 345', '18014 b assigned 012345']);
  });

  it('who does not poll for max.poll.interval.ms leaves, though it heartbeats', () => {
    const sends = [0, 1, 2].map((partition) => ({ atMs: 7_000, value: 'x', partition }));
    const run = clusterRun({
      kafka: six,
      sends,
      consumers: [
        member('a', 0, { busyMs: 20_000, config: { 'max.poll.interval.ms': 5_000 } }),
        member('b', 0),
      ],
    }).until(15_000);
    // b prolongs the wait up to a's rebalance timeout, which is its max.poll.interval.ms. Then a polls at
    // 7 s and a little, and leaves 5 s later; b heartbeats at 8.008, 11.008 and 14.008 s.
    expect(story(run)).toEqual([
      '5008 a assigned 012',
      '5008 b assigned 345',
      '14010 b revoked 345',
      '14014 b assigned 012345',
    ]);
  });
});

describe('offsets of a group', () => {
  it('what was committed before a rebalance is where the next owner goes on', () => {
    const sends = Array.from({ length: 60 }, (_, i) => ({
      atMs: 4_000 + 200 * i,
      value: `line ${i}`,
      partition: i % 6,
    }));
    const run = clusterRun({
      kafka: six,
      sends,
      consumers: [member('a', 0, { closeAtMs: 8_100 }), member('b', 0)],
    }).until(40_000);
    const values = run.app.polled.map(({ value }) => value).sort();
    expect(values).toEqual(sends.map(({ value }) => value).sort());
  });

  it('after a kill what was polled since the last commit is read again', () => {
    const sends = Array.from({ length: 40 }, (_, i) => ({ atMs: 4_000 + 100 * i, value: `${i}` }));
    const config = { 'session.timeout.ms': 6_000 };
    const run = clusterRun({
      kafka: { 'group.initial.rebalance.delay.ms': 0 },
      sends,
      consumers: [member('a', 0, { killAtMs: 7_050, config }), member('b', 1_000, { config })],
    }).until(40_000);
    // Auto commit every 5 s from the subscription on: at 5 s, when 0 to 9 had been polled. a reads up to
    // what was sent at 7.0 s; b begins again at 10.
    const by = (reader: string) =>
      run.app.polled.filter((entry) => entry.reader === reader).map(({ offset }) => offset);
    expect(by('a').at(-1)).toBe(30);
    expect(by('b')[0]).toBe(10);
  });
});
