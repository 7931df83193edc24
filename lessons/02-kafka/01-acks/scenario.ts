import type { Scenario } from '../../../workers/scenario/scenario.ts';
import { edited, field, property } from '../../edits.ts';
import type { LessonData, Measure } from '../../lesson.ts';
import { onePartition, slowScene, withoutWindows } from '../../scenes.ts';

const ACKS = 'a1.sinks.k1.kafka.producer.acks';
const IDEMPOTENCE = 'a1.sinks.k1.kafka.producer.enable.idempotence';
const MIN_ISR = 'min.insync.replicas';
const UNCLEAN = 'unclean.leader.election.enable';
const title = 'What acks promises when a leader dies';

/** One partition on three brokers, led by broker 1; each reader writes down every line that it gets. */
function cluster(
  durationMs: number,
  ratePerSecond: number,
  readers: readonly ('spark' | 'flink')[],
): Scenario {
  const scene = onePartition(withoutWindows(slowScene(title, durationMs, ratePerSecond, readers)));
  const topics = [
    { name: 'weblog', partitions: 1, replicationFactor: 3, replicaAssignment: [[1, 2, 3]] },
  ];
  const brokers = [1, 2, 3].map((id) => `broker-${String(id)}.kafka:9092`).join(',');
  return edited(
    {
      ...scene,
      nodes: scene.nodes.map((node) =>
        node.type === 'kafka' ? { ...node, brokers: 3, topics } : node,
      ),
    },
    [
      property('a1.sinks.k1.kafka.bootstrap.servers', brokers),
      property(ACKS, '1'),
      property(IDEMPOTENCE, 'false'),
    ],
  );
}

const dies = (broker: number, atMs: number, startedMs: number) =>
  ({
    type: 'crash',
    target: `kafka/broker-${String(broker)}`,
    atMs,
    restartAfterMs: startedMs - atMs,
  }) as const;

const readers = edited(cluster(30_000, 3, ['spark', 'flink']), [
  field('spark', 'batchIntervalMs', 5000),
]);
/** The brokers stand so far apart that one can see them copy. */
const far: Scenario = {
  ...cluster(30_000, 10, ['flink']),
  links: [{ from: 'kafka', to: 'kafka', latencyMs: 200, bytesPerSecond: 100_000_000 }],
};
const one = { ...far, faults: [dies(1, 10_000, 24_000)] };
const all = edited(one, [property(ACKS, 'all')]);
const alone = edited(
  {
    ...cluster(50_000, 5, ['spark', 'flink']),
    faults: [dies(2, 6000, 20_000), dies(3, 6000, 20_000), dies(1, 18_000, 33_000)],
  },
  [field('spark', 'batchIntervalMs', 10_000), property(ACKS, 'all'), property(IDEMPOTENCE, 'true')],
);

const gauge = (name: string, atMs: number): Measure => ({ kind: 'gauge', gauge: name, atMs });
const end = (atMs: number) => gauge('kafka/weblog-0:end', atMs);
const highWatermark = (atMs: number) => gauge('kafka/weblog-0:hw', atMs);
const written = (atMs: number) => gauge('a1/r1:position', atMs);
const seen = (atMs: number): Measure => ({ kind: 'visible results', lane: 'flink', atMs });
const less = (of: Measure, minus: Measure): Measure => ({ kind: 'difference', of, minus });
const counted = (lane: string, status: 'lost' | 'more than once'): Measure => ({
  kind: 'records with status',
  lane,
  status,
});
const lost = counted('flink', 'lost');
const twice = counted('flink', 'more than once');

/** Just before broker 1 dies, and when broker 2 leads and nobody has written to it yet. */
const [before, elected] = [9999, 17_450];

export const lesson: LessonData = {
  picture: 'stage',
  scenes: { readers, far, one, all, alone },
  demonstrations: {
    read: { action: 'Run to 12 s', fromMs: 0, toMs: 12_000, speed: 1 },
  },
  predictions: {
    seen: {
      question: 'How many lines has Flink at 9.9 s?',
      answer: {
        kind: 'choice',
        measure: seen(9900),
        choices: [
          { words: 'all that the leader has written', value: end(9900) },
          { words: 'those that the leader knows to be on all three', value: highWatermark(9900) },
          { words: 'none: copying comes first', value: 0 },
        ],
      },
      run: { action: 'Run to 9.9 s', fromMs: 6000, toMs: 9900, speed: 0.4 },
      because:
        'A follower says how far it is with its next fetch, so the high watermark comes a round trip later. Until then nobody is shown what could still be lost.',
    },
    one: {
      question: 'How many lines are lost?',
      answer: {
        kind: 'choice',
        measure: lost,
        choices: [
          { words: 'none: each was acknowledged', value: 0 },
          { words: 'those that no follower had fetched', value: less(end(before), end(elected)) },
          {
            words: 'all above the high watermark',
            value: less(end(before), highWatermark(before)),
          },
        ],
      },
      run: { action: 'Run and see', fromMs: 8000, toMs: 25_500, speed: 2 },
      because:
        'To the sink they were done, and gone from the channel. The new leader never had them and gives their offsets to other lines; broker 1 cuts them off when it is back.',
    },
    all: {
      question: 'Nothing is lost now. How many lines come twice?',
      answer: {
        kind: 'choice',
        measure: twice,
        choices: [
          { words: 'none: nothing was acknowledged twice', value: 0 },
          {
            words: 'those without an answer that the next leader had fetched',
            value: less(end(elected), highWatermark(before)),
          },
          { words: 'all without an answer', value: less(end(before), highWatermark(before)) },
        ],
      },
      run: { action: 'Run and see', fromMs: 8000, toMs: 25_500, speed: 2 },
      because:
        'Broker 2 had them, but broker 1 died before it could say so. They were sent again, and to broker 2 they were lines like any other.',
    },
    alone: {
      question: 'How many lines does Flink get between 20 s and 32 s?',
      answer: {
        kind: 'choice',
        measure: less(seen(32_000), seen(20_000)),
        choices: [
          { words: 'none', value: 0 },
          { words: 'those written in that time', value: less(written(32_000), written(20_000)) },
          {
            words: 'those, and the ones that waited since 18 s',
            value: less(written(32_000), end(17_999)),
          },
        ],
      },
      run: { action: 'Run and see', fromMs: 5000, toMs: 40_000, speed: 3 },
      because:
        'Only broker 1 has all that was acknowledged. The partition has no leader until it is back; meanwhile lines wait in the channel, and none is lost.',
    },
  },
  controls: {
    acks: { key: ACKS, setting: property(ACKS, 'all').setting, values: ['0', '1', 'all'] },
    idempotence: {
      key: IDEMPOTENCE,
      setting: property(IDEMPOTENCE, 'true').setting,
      values: ['false', 'true'],
    },
    minIsr: { key: MIN_ISR, setting: field('kafka', MIN_ISR, 2).setting, values: [1, 2] },
    unclean: {
      key: UNCLEAN,
      setting: field('kafka', UNCLEAN, true).setting,
      values: [false, true],
    },
  },
  figures: {},
  goals: {
    once: {
      wish: 'The leader dies, and still lines come through: none is lost, and none comes twice.',
      conditions: [
        { words: 'lines lost', measure: lost, is: 'exactly', value: 0 },
        { words: 'lines that come twice', measure: twice, is: 'exactly', value: 0 },
        {
          words: 'lines that Flink has at 28 s',
          measure: seen(28_000),
          is: 'at least',
          value: 200,
        },
      ],
      solution: [property(ACKS, 'all'), property(IDEMPOTENCE, 'true')],
    },
    'go-on': {
      wish: 'Lines flow again before broker 1 is back, and whoever reads later misses none.',
      conditions: [
        {
          words: 'lines that Flink has at 32 s',
          measure: seen(32_000),
          is: 'at least',
          value: 150,
        },
        {
          words: 'lines that Spark never gets',
          measure: counted('spark', 'lost'),
          is: 'exactly',
          value: 0,
        },
      ],
      solution: [field('kafka', UNCLEAN, true), field('kafka', MIN_ISR, 2)],
    },
  },
};
