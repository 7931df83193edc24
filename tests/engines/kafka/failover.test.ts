import { describe, expect, it } from 'vitest';
import { clusterRun, type ClusterCase, type ClusterRun, valuesIn } from './clusterRun.ts';

/** Three brokers, one partition on 1, 2 and 3, led by 1. */
const replicated = {
  brokers: 3,
  topics: [{ name: 't', partitions: 1, replicationFactor: 3, replicaAssignment: [[1, 2, 3]] }],
};

const every = (ms: number, untilMs: number, fromMs = 500) =>
  Array.from({ length: Math.ceil((untilMs - fromMs) / ms) }, (_, i) => ({
    atMs: fromMs + i * ms,
    value: `line ${i}`,
  }));

const crash =
  (name: string, atMs: number, backMs: number | null): NonNullable<ClusterCase['faults']> =>
  (process) => [
    {
      type: 'crash',
      processes: [process(name)],
      atUs: atMs * 1000,
      restartUs: backMs === null ? null : backMs * 1000,
    },
  ];

const registration = (run: ClusterRun) => {
  const [{ leader, isr, leaderEpoch }] = run.kafka.controller.registrations as [
    ClusterRun['kafka']['controller']['registrations'][number],
  ];
  return { leader, isr, leaderEpoch };
};

const valuesOn = (run: ClusterRun, broker: number) => {
  const log = run.kafka.brokers[broker - 1]?.replicas[0]?.partitions[0]?.log;
  return log ? valuesIn(log) : [];
};

const acknowledged = (run: ClusterRun) =>
  run.app.completions.flatMap(({ error, records }) =>
    error === null ? records.map(({ value }) => value) : [],
  );

describe('three replicas, nothing fails', () => {
  it('acks=all waits for one fetch of every follower, acks=1 does not', () => {
    const latency = (acks: 'all' | '1') => {
      const run = clusterRun({ kafka: replicated, producer: { acks }, sends: every(100, 1000) });
      run.until(2000);
      return run.app.completions.slice(1).map(({ timeUs }) => timeUs % 100_000);
    };
    expect(latency('1')).toEqual(Array(4).fill(2_000));
    // 1 ms there; the followers' waiting fetches are answered (1 ms) and ask for more (1 ms), which says
    // that they have it; 1 ms back.
    expect(latency('all')).toEqual(Array(4).fill(4_000));
  });

  it('readers see a record only once the followers have it', () => {
    const run = clusterRun({
      kafka: replicated,
      producer: { acks: '1' },
      sends: every(100, 700),
      consumers: [{ id: 'c', partitions: [0], offset: 0 }],
    }).until(2000);
    expect(run.app.polled.at(-1)).toMatchObject({ timeUs: 604_000, offset: 1 });
  });

  it('every replica ends with the same log', () => {
    const run = clusterRun({ kafka: replicated, sends: every(20, 3000) }).until(5000);
    expect(valuesOn(run, 1)).toHaveLength(125);
    expect(valuesOn(run, 2)).toEqual(valuesOn(run, 1));
    expect(valuesOn(run, 3)).toEqual(valuesOn(run, 1));
  });
});

describe('the leader dies (kill -9)', () => {
  it('is fenced broker.session.timeout.ms after its last heartbeat; the first in-sync replica leads', () => {
    const changes: [number, number][] = [];
    const run = clusterRun({
      kafka: replicated,
      faults: crash('kafka/broker-1', 5_000, null),
      afterEvent: (r) => {
        const { leader } = registration(r);
        if (changes.at(-1)?.[1] !== leader) changes.push([r.kernel.nowUs, leader]);
      },
    }).until(20_000);
    // Heartbeats at 0, 2 and 4 s; the last one arrives at 4.001 s and lasts 9 s.
    expect(changes.slice(1)).toEqual([[13_001_000, 2]]);
    expect(registration(run)).toEqual({ leader: 2, isr: [2, 3], leaderEpoch: 1 });
  });

  it('acks=all: nothing acknowledged is lost, and a retry writes nothing twice', () => {
    const sends = every(20, 18_000);
    const run = clusterRun({
      kafka: replicated,
      sends,
      faults: crash('kafka/broker-1', 5_003, null),
    });
    run.until(30_000);
    expect(acknowledged(run).sort()).toEqual(sends.map(({ value }) => value).sort());
    expect(valuesOn(run, 2)).toEqual(sends.map(({ value }) => value));
    expect(valuesOn(run, 3)).toEqual(valuesOn(run, 2));
    expect(run.losses.losses).toEqual([]);
  });

  it('acks=1: a record that no follower had fetched is lost although it was acknowledged', () => {
    const run = clusterRun({
      kafka: replicated,
      producer: { acks: '1' },
      sends: [
        { atMs: 1_000, value: 'kept' },
        { atMs: 5_000, value: 'lost' },
      ],
      // In the log at 5.001; the leader dies with the answer to the followers already on its way …
      faults: (process) => [
        ...crash('kafka/broker-1', 5_003, null)(process),
        {
          type: 'cut',
          from: [process('kafka/broker-1')],
          to: [process('kafka/broker-2'), process('kafka/broker-3')],
          atUs: 4_900_000,
          untilUs: 60_000_000,
        },
      ],
    }).until(30_000);
    // … but their links were cut before.
    expect(acknowledged(run)).toEqual(['kept', 'lost']);
    expect(valuesOn(run, 2)).toEqual(['kept']);
    expect(run.losses.losses.map(({ record, part }) => [record, part])).toEqual([[1, 'kafka/t-0']]);
  });

  it('comes back as follower, cuts off what it alone had, and gets the leadership back later', () => {
    const run = clusterRun({
      kafka: { ...replicated, 'leader.imbalance.check.interval.seconds': 40 },
      producer: { acks: '1' },
      sends: [
        { atMs: 1_000, value: 'kept' },
        { atMs: 5_000, value: 'lost' },
        { atMs: 20_000, value: 'new' },
      ],
      faults: (process) => [
        ...crash('kafka/broker-1', 5_003, 22_000)(process),
        {
          type: 'cut',
          from: [process('kafka/broker-1')],
          to: [process('kafka/broker-2'), process('kafka/broker-3')],
          atUs: 4_900_000,
          untilUs: 15_000_000,
        },
      ],
    }).until(35_000);
    expect(valuesOn(run, 1)).toEqual(['kept', 'new']);
    // A replica that returns goes to the end of the ISR.
    expect(registration(run)).toEqual({ leader: 2, isr: [2, 3, 1], leaderEpoch: 1 });
    run.until(41_000);
    expect(registration(run)).toEqual({ leader: 1, isr: [2, 3, 1], leaderEpoch: 2 });
  });
});

describe('a follower dies', () => {
  it('acks=all stalls until it is fenced, acks=1 goes on', () => {
    const answeredAt = (acks: 'all' | '1') =>
      clusterRun({
        kafka: replicated,
        producer: { acks },
        sends: [
          { atMs: 1_000, value: 'a' },
          { atMs: 6_000, value: 'b' },
        ],
        faults: crash('kafka/broker-3', 5_000, null),
      })
        .until(30_000)
        .app.completions.map(({ timeUs }) => timeUs)
        .at(-1);
    expect(answeredAt('1')).toBe(6_002_000);
    // Fenced at 13.001 s; the leader hears of it 1 ms later, and the producer 1 ms after that.
    expect(answeredAt('all')).toBe(13_003_000);
  });
});

describe('C24 min.insync.replicas 2, two of three replicas gone', () => {
  const twoGone: NonNullable<ClusterCase['faults']> = (process) => [
    {
      type: 'crash',
      processes: [process('kafka/broker-2'), process('kafka/broker-3')],
      atUs: 1_000_000,
      restartUs: null,
    },
  ];
  const kafka = { ...replicated, 'min.insync.replicas': 2 };

  it('acks=all: NOT_ENOUGH_REPLICAS, nothing appended', () => {
    const run = clusterRun({
      kafka,
      producer: { retries: 0, 'enable.idempotence': false },
      sends: [{ atMs: 20_000, value: 'a' }],
      faults: twoGone,
    }).until(25_000);
    expect(run.app.completions.map(({ error }) => error)).toEqual(['NOT_ENOUGH_REPLICAS']);
    expect(valuesOn(run, 1)).toEqual([]);
  });

  it('acks=1: appended, but the high watermark stands still, so nobody reads it', () => {
    const run = clusterRun({
      kafka,
      producer: { acks: '1' },
      sends: [{ atMs: 20_000, value: 'a' }],
      consumers: [{ id: 'c', partitions: [0], offset: 0 }],
      faults: twoGone,
    }).until(25_000);
    expect(valuesOn(run, 1)).toEqual(['a']);
    expect(run.kafka.brokers[0]?.replicas[0]?.partitions[0]?.highWatermark).toBe(0);
    expect(run.app.polled).toEqual([]);
  });
});

describe('a leader that is cut off', () => {
  it('goes on taking writes with acks=1 until it hears of its successor', () => {
    const run = clusterRun({
      kafka: replicated,
      producer: { acks: '1' },
      sends: every(1_000, 20_000),
      faults: (process) => [
        {
          type: 'cut',
          from: [process('kafka/broker-1')],
          to: [process('kafka/broker-2'), process('kafka/broker-3'), process('kafka/controller')],
          atUs: 5_000_000,
          untilUs: 21_000_000,
        },
      ],
    }).until(40_000);
    expect(acknowledged(run)).toHaveLength(20);
    // Sent at 0.5, 1.5, … 4.5 s: five records were copied before the cut.
    expect(valuesOn(run, 2)).toHaveLength(5);
    expect(valuesOn(run, 1)).toEqual(valuesOn(run, 2));
    expect(run.losses.losses).toHaveLength(15);
  });
});

describe('acks=0', () => {
  it('is told nothing when the leadership moves: the connection is closed, and it asks who leads', () => {
    const sends = every(100, 40_000);
    const run = clusterRun({
      kafka: { ...replicated, 'leader.imbalance.check.interval.seconds': 20 },
      producer: { acks: '0' },
      sends,
      faults: crash('kafka/broker-1', 5_050, 6_000),
    }).until(45_000);
    // Broker 2 leads from 13 s on, and broker 1 again at 20 s: the record sent then comes to broker 2.
    expect(registration(run).leader).toBe(1);
    const lost = run.losses.losses.map(({ record }) => record);
    expect(lost).toEqual([195]);
    expect(valuesOn(run, 1)).toEqual(
      sends.flatMap(({ value }, i) => (lost.includes(i) ? [] : [value])),
    );
  });
});

describe('unclean.leader.election.enable', () => {
  const lagging = (unclean: boolean, acks: '1' | 'all' = '1', untilMs = 8_000) =>
    clusterRun({
      kafka: {
        ...replicated,
        'unclean.leader.election.enable': unclean,
        'replica.lag.time.max.ms': 1_000,
      },
      producer: { acks },
      sends: every(100, untilMs),
      faults: (process) => [
        {
          type: 'cut',
          from: [process('kafka/broker-2'), process('kafka/broker-3')],
          to: [process('kafka/broker-1')],
          atUs: 3_000_000,
          untilUs: 60_000_000,
        },
        ...crash('kafka/broker-1', 8_000, null)(process),
      ],
    }).until(25_000);

  it('false: without its last in-sync replica the partition has no leader', () => {
    const run = lagging(false);
    expect(registration(run)).toEqual({ leader: -1, isr: [1], leaderEpoch: 1 });
    expect(run.losses.losses).toEqual([]);
  });

  it('true: the first live replica leads, and what it did not have is lost', () => {
    const run = lagging(true);
    expect(registration(run).leader).toBe(2);
    // 0.5, 0.6, … 2.9 s: 25 records were copied of the 75.
    expect(valuesOn(run, 2)).toHaveLength(25);
    expect(run.losses.losses).toHaveLength(50);
  });

  it('true: an idempotent producer goes on in a new epoch (KIP-360), and writes nothing twice', () => {
    const run = lagging(true, 'all', 20_000);
    // The new leader expects a number that was acknowledged long ago, and refuses all later ones.
    expect(run.app.completions.map(({ error }) => error).filter((e) => e !== null)).toEqual([]);
    expect(run.app.producer.producerEpoch).toBe(1);
    const kept = valuesOn(run, 2);
    expect(new Set(kept).size).toBe(kept.length);
    // 0.5, 0.6, … 2.9 s are copied, and all from 8.0 s on comes to the new leader: 25 and 120 of the 195.
    expect(kept).toEqual(
      every(100, 20_000).flatMap(({ atMs, value }) =>
        atMs < 3_000 || atMs >= 8_000 ? [value] : [],
      ),
    );
  });
});

describe('a broker that restarts', () => {
  it('knows the high watermark that it had written down last, every 5 s, and no later one', () => {
    const run = clusterRun({
      kafka: replicated,
      sends: every(100, 8000, 530),
      faults: crash('kafka/broker-1', 8000, 20_000),
    });
    const highWatermark = () => run.kafka.brokers[0]?.replicas[0]?.partitions[0]?.highWatermark;
    run.until(5000);
    // 530, 630 … 4930: 45 records, each committed within 4 ms.
    expect(highWatermark()).toBe(45);
    run.until(7990);
    expect(highWatermark()).toBe(75);
    run.until(8010);
    expect(highWatermark()).toBe(45);
    expect(valuesOn(run, 1)).toHaveLength(75);
  });
});
