import { consumerDefaults } from '../../../workers/clients/kafka/consumer.ts';
import { describe, expect, it } from 'vitest';
import { replicaOf } from '../../../workers/engines/kafka/state.ts';
import { bytesIn } from '../../../workers/wire/recordLog.ts';
import { clusterRun, type Sent } from './clusterRun.ts';

const three = { topics: [{ name: 't', partitions: 3 }] };

const sends = (values: readonly string[], everyMs: number, fromMs = 100): Sent[] =>
  values.map((value, i) => ({ atMs: fromMs + i * everyMs, value, partition: 0 }));

describe('one broker', () => {
  it('acks=1: a record is acknowledged one round trip after it was sent', () => {
    const run = clusterRun({ producer: { acks: '1' }, sends: sends(['a', 'b'], 50) }).until(1000);
    // The first send waits for metadata: 1 ms there, 1 ms back, then the produce request as long.
    expect(run.app.completions.map(({ timeUs, baseOffset }) => [timeUs, baseOffset])).toEqual([
      [104_000, 0],
      [152_000, 1],
    ]);
  });

  it('acks=all means the same with one replica, and asks for a producer id beside the metadata', () => {
    const run = clusterRun({ sends: sends(['a'], 50) }).until(1000);
    // Metadata and producer id take one round trip, the produce request another.
    expect(run.app.completions.map(({ timeUs, baseOffset }) => [timeUs, baseOffset])).toEqual([
      [104_000, 0],
    ]);
  });

  it('acks=0 is done when the bytes are in the socket, and knows no offset', () => {
    const run = clusterRun({ producer: { acks: '0' }, sends: sends(['a', 'b'], 50) }).until(1000);
    expect(run.app.completions.map(({ timeUs, baseOffset }) => [timeUs, baseOffset])).toEqual([
      [102_000, -1],
      [150_000, -1],
    ]);
  });

  it('a waiting reader gets a record as soon as it is committed', () => {
    const run = clusterRun({
      producer: { acks: '1' },
      sends: sends(['a', 'b'], 50),
      consumers: [{ id: 'c', partitions: [0], offset: 0 }],
    }).until(1000);
    // In the log 1 ms after the producer sent it (103, 151), at the reader 1 ms later.
    expect(run.app.polled).toEqual([
      { timeUs: 104_000, reader: 'c', partition: 0, offset: 0, value: 'a' },
      { timeUs: 152_000, reader: 'c', partition: 0, offset: 1, value: 'b' },
    ]);
  });

  it('without a position auto.offset.reset decides: latest misses what was there before', () => {
    const run = clusterRun({
      sends: sends(['a', 'b'], 400),
      consumers: [
        { id: 'latest', partitions: [0], fromMs: 300 },
        {
          id: 'earliest',
          partitions: [0],
          fromMs: 300,
          config: { 'auto.offset.reset': 'earliest' },
        },
      ],
    }).until(2000);
    const values = (id: string) =>
      run.app.polled.filter(({ reader }) => reader === id).map(({ value }) => value);
    expect(values('latest')).toEqual(['b']);
    expect(values('earliest')).toEqual(['a', 'b']);
  });

  it('auto.offset.reset=none says that the position is out of range', () => {
    const run = clusterRun({
      consumers: [{ id: 'c', partitions: [0], offset: 5, config: { 'auto.offset.reset': 'none' } }],
    }).until(1000);
    expect(run.app.events.map((event) => ('message' in event ? event.message : ''))).toEqual([
      'Fetch position 5 is out of range for partition t-0',
    ]);
  });

  it('an idle reader asks again every fetch.max.wait.ms', () => {
    const fetches: number[] = [];
    const run = clusterRun({
      consumers: [{ id: 'c', partitions: [0], offset: 0 }],
      afterEvent: ({ app, kernel }) => {
        const request = app.consumers.get('c')?.net.inFlight.at(-1);
        if (request?.request.type !== 'kafka.fetch') return;
        const sentUs = request.timesOutUs - consumerDefaults['request.timeout.ms'] * 1000;
        if (sentUs === kernel.nowUs && fetches.at(-1) !== sentUs) fetches.push(sentUs);
      },
    }).until(1600);
    // Metadata takes 2 ms; then 1 ms there, 500 ms of waiting, 1 ms back.
    expect(fetches).toEqual([2_000, 504_000, 1_006_000, 1_508_000]);
    expect(run.app.polled).toEqual([]);
  });

  it('a fetch is answered as soon as fetch.min.bytes are there, and not one less', () => {
    const reads = (minBytes: number) =>
      clusterRun({
        producer: { acks: '1' },
        sends: sends(['a', 'b'], 50),
        consumers: [
          {
            id: 'c',
            partitions: [0],
            offset: 0,
            config: { 'fetch.min.bytes': minBytes, 'fetch.max.wait.ms': 500 },
          },
        ],
      }).until(1000);
    const { log } = replicaOf(reads(1).kafka.brokers[0]!, 't', 0)!;
    const bothBytes = bytesIn({ log: log.records, from: 0, end: 2 });
    const times = (minBytes: number) => reads(minBytes).app.polled.map(({ timeUs }) => timeUs);
    // b is in the log at 151 ms, and at the reader 1 ms later.
    expect(times(bothBytes)).toEqual([152_000, 152_000]);
    // One byte more never comes: the fetch that reached the broker at 3 ms is answered after 500 ms.
    expect(times(bothBytes + 1)).toEqual([504_000, 504_000]);
  });

  it('max.poll.records hands a fetch out in pieces', () => {
    const run = clusterRun({
      sends: sends(['a', 'b', 'c', 'd', 'e'], 0),
      consumers: [
        {
          id: 'c',
          partitions: [0],
          offset: 0,
          fromMs: 500,
          busyMs: 10,
          config: { 'max.poll.records': 2 },
        },
      ],
    }).until(1000);
    const [first] = run.app.polled;
    expect(
      run.app.polled.map(({ timeUs, value }) => [timeUs - (first?.timeUs ?? 0), value]),
    ).toEqual([
      [0, 'a'],
      [0, 'b'],
      [10_000, 'c'],
      [10_000, 'd'],
      [20_000, 'e'],
    ]);
  });

  it('asked for its end, a partition names the high watermark', () => {
    const run = clusterRun({
      kafka: three,
      sends: sends(['a', 'b'], 10),
      consumers: [{ id: 'c', partitions: [0, 1], offset: 0, listAtMs: 500 }],
    }).until(1000);
    const listed = run.app.events.find(({ kind }) => kind === 'offsets listed');
    expect(listed).toMatchObject({
      timeUs: 502_000,
      offsets: [
        { topic: 't', partition: 0, offset: 2 },
        { topic: 't', partition: 1, offset: 0 },
      ],
    });
  });

  it('a committed offset is where the next consumer of the group starts', () => {
    const config = { 'group.id': 'g', 'enable.auto.commit': false } as const;
    const run = clusterRun({
      sends: [...sends(['a', 'b'], 10), ...sends(['c'], 0, 800)],
      consumers: [
        {
          id: 'first',
          partitions: [0],
          config: { ...config, 'auto.offset.reset': 'earliest' },
          fromMs: 50,
          commits: true,
        },
        { id: 'second', partitions: [0], config, fromMs: 600 },
      ],
    }).until(2000);
    expect(run.kafka.committedOffsets.get('g')?.get('t-0')?.offset).toBe(3);
    expect(
      run.app.polled.filter(({ reader }) => reader === 'second').map(({ offset }) => offset),
    ).toEqual([2]);
  });

  it('auto commit commits what earlier polls returned, inside poll', () => {
    const commits: [number, number][] = [];
    clusterRun({
      sends: sends(['a', 'b', 'c'], 4_000, 1_000),
      consumers: [{ id: 'c', partitions: [0], offset: 0, config: { 'group.id': 'g' } }],
      afterEvent: ({ kafka, kernel }) => {
        const offset = kafka.committedOffsets.get('g')?.get('t-0')?.offset;
        if (offset !== undefined && commits.at(-1)?.[1] !== offset) {
          commits.push([kernel.nowUs, offset]);
        }
      },
    }).until(12_000);
    // Sent at 1, 5 and 9 s. At 5 s "a" was polled, "b" was not: FindCoordinator takes 2 ms, the commit 1 ms.
    expect(commits).toEqual([
      [5_003_000, 1],
      [10_001_000, 3],
    ]);
  });
});

describe('readers share a log, not a queue', () => {
  it('taking readers away changes nothing for the one that stays', () => {
    const stays = { id: 'stays', partitions: [0, 1, 2], offset: 0 };
    const others = [
      { id: 'slow', partitions: [0, 1, 2], offset: 0, busyMs: 700 },
      { id: 'late', partitions: [1], offset: 0, fromMs: 900 },
    ];
    const records = Array.from({ length: 200 }, (_, i) => ({ atMs: 10 * i, value: `line ${i}` }));
    const polledBy = (consumers: (typeof stays)[]) =>
      clusterRun({ kafka: three, sends: records, consumers })
        .until(4000)
        .app.polled.filter(({ reader }) => reader === 'stays');
    const alone = polledBy([stays]);
    expect(alone).toHaveLength(200);
    expect(polledBy([others[0]!, stays, others[1]!] as (typeof stays)[])).toEqual(alone);
  });
});

describe('C3 in a running cluster', () => {
  it('a record of 200 bytes every 20 ms, null key: 61 in a row go to one partition', () => {
    const value = 'x'.repeat(200);
    const records = Array.from({ length: 61 * 3 }, (_, i) => ({ atMs: 20 * i, value }));
    const run = clusterRun({ kafka: three, sends: records }).until(10_000);
    const partitions = run.app.completions.map(({ partition }) => partition);
    // The first record waits for metadata and is drained alone like the others.
    for (let stretch = 0; stretch < 3; stretch++) {
      expect(new Set(partitions.slice(61 * stretch, 61 * (stretch + 1))).size).toBe(1);
    }
  });

  it('with the client that Flume bundles the partition changes at every batch', () => {
    const records = Array.from({ length: 50 }, (_, i) => ({ atMs: 20 * i, value: 'line' }));
    const run = clusterRun({
      kafka: three,
      producer: { acks: '1', 'partitioner.sticky': 'KIP-480' },
      sends: records,
    }).until(10_000);
    const partitions = run.app.completions.map(({ partition }) => partition);
    expect(partitions).toHaveLength(50);
    partitions.slice(1).forEach((partition, i) => expect(partition).not.toBe(partitions[i]));
  });
});
