import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../workers/kernel/faults.ts';
import { clusterRun, valuesIn } from './clusterRun.ts';

const brokers = ['kafka/broker-1', 'kafka/broker-2', 'kafka/broker-3'];

const replicated = {
  brokers: 3,
  topics: [{ name: 't', partitions: 1, replicationFactor: 3, replicaAssignment: [[1, 2, 3]] }],
  'min.insync.replicas': 2,
  'broker.session.timeout.ms': 3_000,
  'broker.heartbeat.interval.ms': 500,
  'replica.lag.time.max.ms': 2_000,
  'leader.imbalance.check.interval.seconds': 7,
};

interface Trouble {
  readonly broker: number;
  readonly kind: 'crash' | 'cut from all' | 'cut from brokers';
  readonly atMs: number;
  readonly lastsMs: number;
}

const trouble: fc.Arbitrary<Trouble> = fc.record({
  broker: fc.nat({ max: 2 }),
  kind: fc.constantFrom('crash', 'cut from all', 'cut from brokers'),
  atMs: fc.integer({ min: 1_000, max: 20_000 }),
  lastsMs: fc.integer({ min: 100, max: 9_000 }),
});

const faultOf =
  (process: (name: string) => number) =>
  ({ broker, kind, atMs, lastsMs }: Trouble): Fault => {
    const name = brokers[broker] ?? '';
    const span = { atUs: atMs * 1000, untilUs: (atMs + lastsMs) * 1000 };
    if (kind === 'crash') {
      return {
        type: 'crash',
        processes: [process(name)],
        atUs: span.atUs,
        restartUs: span.untilUs,
      };
    }
    const others = brokers.filter((other) => other !== name);
    const far = kind === 'cut from all' ? [...others, 'kafka/controller', 'app/main'] : others;
    return { type: 'cut', from: [process(name)], to: far.map(process), ...span };
  };

describe('acks=all, min.insync.replicas 2, clean elections, whatever happens to brokers', () => {
  it('keeps what was acknowledged, once and in order, and never changes what was read', () => {
    fc.assert(
      fc.property(fc.array(trouble, { minLength: 1, maxLength: 5 }), (troubles) => {
        const sends = Array.from({ length: 250 }, (_, i) => ({
          atMs: 500 + 80 * i,
          value: `${i}`,
        }));
        const run = clusterRun({
          kafka: replicated,
          sends,
          consumers: [{ id: 'c', partitions: [0], offset: 0 }],
          faults: (process) => troubles.map(faultOf(process)),
        }).until(120_000);
        const logs = run.kafka.brokers.map(({ replicas }) => {
          const log = replicas[0]?.partitions[0]?.log;
          return log && valuesIn(log);
        });
        // Long after the last trouble everything has arrived everywhere.
        expect(logs[0]).toEqual(sends.map(({ value }) => value));
        expect(logs[1]).toEqual(logs[0]);
        expect(logs[2]).toEqual(logs[0]);
        expect(run.app.completions.every(({ error }) => error === null)).toBe(true);
        expect(run.app.polled.map(({ value }) => value)).toEqual(logs[0]);
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

describe('a keyframe', () => {
  it('taken while a leader is away goes on as the run did', () => {
    const test = {
      kafka: replicated,
      sends: Array.from({ length: 200 }, (_, i) => ({ atMs: 500 + 80 * i, value: `${i}` })),
      consumers: [{ id: 'c', partitions: [0], offset: 0 }],
      producer: { acks: '1' as const },
      faults: (process: (name: string) => number) => [
        faultOf(process)({ broker: 0, kind: 'cut from brokers', atMs: 3_000, lastsMs: 9_000 }),
        faultOf(process)({ broker: 0, kind: 'crash', atMs: 5_000, lastsMs: 4_000 }),
      ],
    };
    const run = clusterRun(test).until(7_000);
    const again = clusterRun(test, run.kernel.keyframe(true)).until(40_000);
    run.until(40_000);
    expect(again.app).toEqual(run.app);
    expect(again.kafka).toEqual(run.kafka);
    expect(again.losses.losses).toEqual(run.losses.losses);
  });
});
