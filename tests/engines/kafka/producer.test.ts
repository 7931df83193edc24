import { describe, expect, it } from 'vitest';
import {
  checkProducerConfig,
  type ProducerConfig,
  producerDefaults,
} from '../../../workers/clients/kafka/producer.ts';
import { isIdempotent } from '../../../workers/clients/kafka/producerConfig.ts';
import { clusterRun, type ClusterRun, valuesIn } from './clusterRun.ts';

const values = (run: ClusterRun) => {
  const log = run.kafka.brokers[0]?.replicas[0]?.partitions[0]?.log;
  return log ? valuesIn(log) : [];
};

const every = (ms: number, count: number, fromMs = 1_000) =>
  Array.from({ length: count }, (_, i) => ({ atMs: fromMs + ms * i, value: `${i}` }));

/** Nothing passes between the broker and the application. */
const cut = (fromMs: number, toMs: number) => (process: (name: string) => number) => [
  {
    type: 'cut' as const,
    from: [process('kafka/broker-1')],
    to: [process('app/main')],
    atUs: fromMs * 1000,
    untilUs: toMs * 1000,
  },
];

describe('batching', () => {
  it('linger.ms 0: what is sent in one instant shares a batch, later records do not', () => {
    const run = clusterRun({
      producer: { acks: '1' },
      sends: [...every(0, 3), ...every(10, 2, 1_500)],
    }).until(3_000);
    expect(run.app.completions.map(({ records }) => records.length)).toEqual([3, 1, 1]);
  });

  it('linger.ms 100: a batch waits for company, counted from its first record', () => {
    const run = clusterRun({
      producer: { acks: '1', 'linger.ms': 100 },
      sends: every(40, 6),
    }).until(3_000);
    // The first records wait for metadata until 1.002 s. Batches open at 1.002 and 1.120 s.
    expect(run.app.completions.map(({ timeUs, records }) => [timeUs, records.length])).toEqual([
      [1_104_000, 3],
      [1_222_000, 3],
    ]);
  });

  it('a full batch does not wait', () => {
    const value = 'x'.repeat(100);
    const run = clusterRun({
      producer: { acks: '1', 'linger.ms': 100, 'batch.size': 300 },
      sends: [{ atMs: 500, value }, ...[0, 0, 0].map(() => ({ atMs: 1_000, value }))],
    }).until(3_000);
    // 61 + 2 × 109 = 279 bytes: the third record does not fit, and lets the first two go at once.
    expect(run.app.completions.map(({ timeUs, records }) => [timeUs, records.length])).toEqual([
      [604_000, 1],
      [1_002_000, 2],
      [1_102_000, 1],
    ]);
  });

  it('at most five requests are in flight to a broker', () => {
    const run = clusterRun({
      producer: { acks: '1' },
      sends: every(0.1, 30, 1_000),
      afterEvent: ({ app }) => {
        const produce = app.producer.net.inFlight.filter(
          ({ request }) => request.type === 'kafka.produce',
        );
        expect(produce.length).toBeLessThanOrEqual(5);
      },
    }).until(3_000);
    expect(values(run)).toHaveLength(30);
  });
});

describe('what gets lost on the way', () => {
  const impatient = { 'request.timeout.ms': 4_000 };

  it.each([
    [false, ['0', '1', '1', '2']],
    [true, ['0', '1', '2']],
  ])('the answer, idempotence %s: the log has %j', (idempotence, log) => {
    const run = clusterRun({
      producer: { ...impatient, 'enable.idempotence': idempotence },
      sends: every(10_000, 3),
      // The request of 11 s arrives as the link is cut, and its answer does not get through.
      faults: cut(11_001, 12_000),
    }).until(40_000);
    expect(values(run)).toEqual(log);
    expect(run.app.completions.map(({ error }) => error)).toEqual([null, null, null]);
  });

  it.each([
    [false, ['0', '2', '1']],
    [true, ['0', '1', '2']],
  ])('two requests at once, idempotence %s: tried again, the log has %j', (idempotence, log) => {
    const run = clusterRun({
      producer: { ...impatient, 'enable.idempotence': idempotence },
      sends: [...every(0, 1), { atMs: 11_000, value: '1' }, { atMs: 11_001, value: '2' }],
      faults: cut(10_900, 12_000),
    }).until(40_000);
    expect(values(run)).toEqual(log);
  });

  it('a broker that died is found out at once, and its partition is written when it is back', () => {
    const run = clusterRun({
      producer: { acks: '1' },
      sends: every(1_000, 20),
      faults: (process) => [
        {
          type: 'crash',
          processes: [process('kafka/broker-1')],
          atUs: 5_500_000,
          restartUs: 8_000_000,
        },
      ],
    }).until(60_000);
    expect(values(run)).toHaveLength(20);
    // Nothing was in flight when it died, so nothing is tried twice, and one connection keeps the order.
    expect(values(run)).toEqual(every(1_000, 20).map(({ value }) => value));
  });

  it('delivery.timeout.ms bounds all attempts together', () => {
    const run = clusterRun({
      producer: { ...impatient, acks: '1', 'delivery.timeout.ms': 8_000 },
      sends: every(0, 1, 1_000).concat({ atMs: 11_000, value: '1' }),
      faults: cut(10_900, 60_000),
    }).until(40_000);
    const { timeUs, error, message } = run.app.completions.at(-1) ?? {};
    expect([timeUs, error, message]).toEqual([
      19_000_000,
      'REQUEST_TIMED_OUT',
      'Expiring 1 record(s) for t-0:8000 ms has passed since batch creation',
    ]);
  });

  it('max.block.ms bounds the wait for a topic that is not there', () => {
    const run = clusterRun({
      kafka: { topics: [{ name: 'other' }] },
      producer: { acks: '1', 'max.block.ms': 5_000 },
      sends: every(0, 1),
    }).until(20_000);
    expect(run.app.completions.map(({ timeUs, message }) => [timeUs, message])).toEqual([
      [6_000_000, 'Topic t not present in metadata after 5000 ms.'],
    ]);
  });
});

describe('what the real producer refuses', () => {
  it.each<[Partial<ProducerConfig>, string]>([
    [
      { 'delivery.timeout.ms': 30_000, 'linger.ms': 5 },
      'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms',
    ],
    [
      { 'enable.idempotence': true, retries: 0 },
      'Must set retries to non-zero when using the idempotent producer.',
    ],
    [
      { 'enable.idempotence': true, acks: '1' },
      'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
    ],
    [
      { 'enable.idempotence': true, 'max.in.flight.requests.per.connection': 6 },
      'Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.',
    ],
  ])('%j', (changes, message) => {
    expect(checkProducerConfig({ ...producerDefaults, ...changes })).toBe(message);
  });

  it.each<[Partial<ProducerConfig>, boolean]>([
    [{}, true],
    [{ acks: '1' }, false],
    [{ retries: 0 }, false],
    [{ 'max.in.flight.requests.per.connection': 6 }, false],
    [{ 'enable.idempotence': false }, false],
  ])('not set, idempotence follows from %j: %s', (changes, idempotent) => {
    const config = { ...producerDefaults, ...changes };
    expect(checkProducerConfig(config)).toBeNull();
    expect(isIdempotent(config)).toBe(idempotent);
  });
});
