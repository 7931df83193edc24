import fc from 'fast-check';
import { opening } from '../../workers/scenario/opening.ts';
import type { BenchScenario } from '../../workers/scenario/benchScenario.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** Any value that JSON can hold. */
export const anyJson = fc.jsonValue();

/** As JSON gives it back: a zero has no sign. */
const plainJson = anyJson.map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const fault = fc.oneof(
  fc.record({
    type: fc.constant('crash' as const),
    target: fc.constantFrom('a1', 'flink/tm-1'),
    atMs: fc.nat(60_000),
    restartAfterMs: fc.option(fc.nat(60_000)),
  }),
  fc.record({
    type: fc.constant('slow' as const),
    target: fc.constantFrom('storm', 'kafka'),
    atMs: fc.nat(60_000),
    untilMs: fc.integer({ min: 60_001, max: 120_000 }),
    factor: fc.double({ min: 1, max: 1000, noNaN: true }),
  }),
  fc.record({
    type: fc.constant('cut' as const),
    from: fc.constant('a1'),
    to: fc.constant('kafka'),
    atMs: fc.nat(60_000),
    untilMs: fc.integer({ min: 60_001, max: 120_000 }),
  }),
);

const explicitRecord = fc.record(
  {
    arrivalMs: fc.nat(120_000),
    eventTimeMs: fc.integer({ min: -1000, max: 120_000 }),
    key: fc.string({ maxLength: 20 }),
    value: fc.string({ unit: 'grapheme', maxLength: 40 }),
    partition: fc.nat(2),
  },
  { requiredKeys: ['arrivalMs', 'value'] },
);

/** Only records that are published have keys and partitions. */
const published: Extract<Scenario['nodes'][number], { type: 'web-server' }>['output'] = {
  kind: 'kafka',
  to: 'kafka',
  topic: 'weblog',
  producer: {
    acks: 'all',
    'linger.ms': 5,
    'batch.size': 16_384,
    retries: 3,
    'request.timeout.ms': 30_000,
    'delivery.timeout.ms': 120_000,
    'enable.idempotence': null,
  },
};

/** The opening scene with anything changed that a person can change. */
export const scenarioVariant: fc.Arbitrary<Scenario> = fc
  .record({
    title: fc.string({ unit: 'grapheme-ascii', maxLength: 100 }),
    seed: fc.nat(0xffffffff),
    durationMs: fc.integer({ min: 1, max: 600_000 }),
    windowIntervalMs: fc.integer({ min: 1, max: 600_000 }),
    slideIntervalMs: fc.integer({ min: 200, max: 600_000 }),
    batchIntervalMs: fc.integer({ min: 50, max: 600_000 }),
    faults: fc.array(fault, { maxLength: 5 }),
    records: fc.option(fc.array(explicitRecord, { maxLength: 20 })),
  })
  .map(({ windowIntervalMs, slideIntervalMs, batchIntervalMs, records, ...changes }) => ({
    ...opening,
    ...changes,
    inputs: records ? [{ id: 'weblog', type: 'records', records }] : opening.inputs,
    programs: opening.programs.map((program) => ({
      ...program,
      windowIntervalMs,
      slideIntervalMs,
    })),
    nodes: opening.nodes.map((node) => {
      if (node.type === 'web-server' && records) return { ...node, output: published };
      return node.type === 'spark' ? { ...node, batchIntervalMs } : node;
    }),
  }));

/** A component on its bench, with any configuration and any script. */
export const benchVariant: fc.Arbitrary<BenchScenario> = fc.record({
  version: fc.constant(1 as const),
  kind: fc.constant('bench' as const),
  title: fc.string({ unit: 'grapheme-ascii', maxLength: 100 }),
  component: fc.stringMatching(/^[a-z]{1,10}\/[a-z-]{1,20}$/),
  config: plainJson,
  script: fc.array(plainJson, { maxLength: 10 }),
});
