import { opening } from '../../workers/scenario/opening.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';

/** Scenarios that every law is asked of: all systems at work, calm, and with each kind of fault on each kind of process. */
export interface LawCase {
  readonly name: string;
  readonly scenario: Scenario;
}

type Fault = Scenario['faults'][number];

/** Short enough for many runs, long enough for every engine to fire windows, take snapshots and restart. */
const DURATION_MS = 30_000;

export function shortOpening(changes: Partial<Scenario> = {}): Scenario {
  return { ...opening, durationMs: DURATION_MS, ...changes };
}

/** Without Flume: the server has a producer of its own. */
function publishing(changes: Partial<Scenario>): Scenario {
  const scenario = shortOpening(changes);
  const output = { kind: 'kafka', to: 'kafka', topic: 'weblog', producer } as const;
  const nodes = scenario.nodes.filter(({ type }) => type !== 'flume');
  return {
    ...scenario,
    nodes: nodes.map((node) => (node.type === 'web-server' ? { ...node, output } : node)),
  };
}

const producer = {
  acks: '1',
  'linger.ms': 20,
  'batch.size': 16_384,
  retries: 10,
  'request.timeout.ms': 3_000,
  'delivery.timeout.ms': 10_000,
  'enable.idempotence': false,
} as const;

const crash = (target: string, atMs: number, restartAfterMs: number | null): Fault => ({
  type: 'crash',
  target,
  atMs,
  restartAfterMs,
});

export const lawCases: readonly LawCase[] = [
  { name: 'calm', scenario: shortOpening() },
  {
    name: 'the Flume agent dies and returns',
    scenario: shortOpening({ faults: [crash('a1', 9_650, 2_400)] }),
  },
  {
    name: 'the Flume agent dies for good',
    scenario: shortOpening({ faults: [crash('a1', 9_650, null)] }),
  },
  {
    name: 'the broker dies and returns',
    scenario: shortOpening({ faults: [crash('kafka', 12_345, 4_000)] }),
  },
  {
    name: 'the web server dies and returns',
    scenario: shortOpening({ faults: [crash('web', 5_000, 5_000)] }),
  },
  {
    name: 'the Spark driver dies and returns',
    scenario: shortOpening({ faults: [crash('spark', 15_111, 5_000)] }),
  },
  {
    name: 'the Storm worker dies and returns',
    scenario: shortOpening({ faults: [crash('storm', 15_111, 3_000)] }),
  },
  {
    name: 'a Flink task manager dies and returns',
    scenario: shortOpening({ faults: [crash('flink/tm-1', 18_300, 2_000)] }),
  },
  {
    name: 'everything is slow for a while',
    scenario: shortOpening({
      faults: ['a1', 'kafka', 'spark', 'storm', 'flink'].map((target): Fault => ({
        type: 'slow',
        target,
        atMs: 8_000,
        untilMs: 16_000,
        factor: 20,
      })),
    }),
  },
  {
    name: 'Flume cannot reach Kafka for a while',
    scenario: shortOpening({
      faults: [{ type: 'cut', from: 'a1', to: 'kafka', atMs: 8_000, untilMs: 14_000 }],
    }),
  },
  {
    name: 'the Flume agent dies while it cannot reach Kafka, and loses what it holds',
    scenario: shortOpening({
      faults: [
        { type: 'cut', from: 'a1', to: 'kafka', atMs: 8_000, untilMs: 14_000 },
        crash('a1', 13_000, 2_000),
      ],
    }),
  },
  {
    name: 'no lane can reach Kafka for a while',
    scenario: shortOpening({
      faults: ['spark', 'storm', 'flink'].map((to): Fault => ({
        type: 'cut',
        from: 'kafka',
        to,
        atMs: 8_000,
        untilMs: 14_000,
      })),
    }),
  },
  {
    name: 'the web server publishes by itself, cannot reach Kafka for a while, and dies meanwhile',
    scenario: publishing({
      faults: [
        { type: 'cut', from: 'web', to: 'kafka', atMs: 8_000, untilMs: 14_000 },
        crash('web', 13_000, 2_000),
      ],
    }),
  },
  {
    name: 'lines out of event-time order',
    scenario: shortOpening({
      inputs: shortOpening().inputs.map((input) =>
        input.type === 'generated'
          ? { ...input, eventTime: 'own', delayedShare: 0.2, delayMs: 5_000 }
          : input,
      ),
    }),
  },
];
