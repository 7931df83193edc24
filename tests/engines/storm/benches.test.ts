import { describe, expect, test } from 'vitest';
import { recordings } from '../../../reference/recordings.ts';
import { RefusedByBench } from '../../../workers/kernel/bench.ts';
import { benches } from '../../../workers/engines/storm/benches.ts';

function run(component: string, config: unknown, script: readonly unknown[]): readonly unknown[] {
  const bench = benches.find((one) => one.component === component);
  if (!bench) throw new Error(`no bench ${component}`);
  return bench.run(config, script);
}

const slots = ['sup1', 'sup2', 'sup3'].flatMap((supervisor) =>
  [6700, 6701].map((port) => ({ supervisor, port })),
);

const scripts: readonly {
  component: string;
  config: unknown;
  script: unknown[];
  answers: unknown[];
}[] = [
  {
    component: 'storm/windowed-bolt',
    config: {
      'topology.bolts.window.length.duration.ms': 10,
      'topology.bolts.window.sliding.interval.duration.ms': 10,
      timestampField: 'ts',
    },
    script: [
      { do: 'add', tuple: 'a', tsMs: 5 },
      { do: 'watermark timer' },
      { do: 'add', tuple: 'b', tsMs: 4 },
      { do: 'watermark', ms: 10 },
    ],
    answers: [
      { happenings: [] },
      { watermarkMs: 5, happenings: [] },
      { happenings: [{ kind: 'acked', tuples: ['b'] }] },
      {
        happenings: [
          { kind: 'fired', referenceMs: 10, tuples: ['a'], newTuples: ['a'], expiredTuples: [] },
        ],
      },
    ],
  },
  {
    component: 'storm/windowed-bolt',
    config: {
      'topology.bolts.window.length.duration.ms': 10,
      'topology.bolts.window.sliding.interval.duration.ms': 10,
    },
    script: [
      { do: 'add', tuple: 'a', tsMs: 0, nowMs: 3 },
      { do: 'window timer', nowMs: 10 },
    ],
    answers: [
      { happenings: [] },
      {
        happenings: [
          { kind: 'fired', referenceMs: 9, tuples: ['a'], newTuples: ['a'], expiredTuples: [] },
        ],
      },
    ],
  },
  {
    component: 'storm/window-validation',
    config: {},
    script: [{ 'topology.bolts.window.length.duration.ms': 31_000 }, {}],
    answers: [
      'Window duration (length + sliding interval) value 31000 is more than topology.message.timeout.secs value 30000',
      'Window length is not specified',
    ],
  },
  // C1: "the" among three tasks has index 1, long −1 has index 1.
  {
    component: 'storm/grouping',
    config: { kind: 'fields', targets: [7, 8, 9] },
    script: [['the'], [{ type: 'Long', value: -1 }]],
    answers: [[8], [8]],
  },
  {
    component: 'storm/grouping',
    config: { kind: 'localOrShuffle', targets: [7, 8, 9], ownWorker: [8] },
    script: [['a'], ['b']],
    answers: [[8], [8]],
  },
  {
    component: 'storm/load-aware-shuffle',
    config: {
      targets: [
        { task: 1, scope: 'WORKER_LOCAL' },
        { task: 2, scope: 'EVERYTHING' },
      ],
    },
    script: [
      {
        do: 'refresh',
        load: [
          [1, 0],
          [2, 0],
        ],
      },
      { do: 'deal', tuples: 100 },
    ],
    answers: [
      { scope: 'WORKER_LOCAL' },
      [
        [1, 100],
        [2, 0],
      ],
    ],
  },
  {
    component: 'storm/acker',
    config: {},
    script: [
      { stream: '__ack_init', root: 100, value: 5, spoutTask: 7 },
      { stream: '__tick' },
      { stream: '__ack_ack', root: 100, value: 5 },
    ],
    answers: [
      { tells: null, openTrees: 1 },
      { tells: null, openTrees: 1 },
      { tells: { task: 7, stream: '__ack_ack' }, openTrees: 0 },
    ],
  },
  {
    component: 'storm/rotating-map',
    config: { buckets: 2 },
    script: [{ do: 'put', key: 1 }, { do: 'rotate' }, { do: 'rotate' }],
    answers: [
      { expired: [], size: 1 },
      { expired: [], size: 1 },
      { expired: [1], size: 0 },
    ],
  },
  // C15 in short: nothing more is emitted while one is open, and it fails at the second tick.
  {
    component: 'storm/spout-pending',
    config: { 'topology.message.timeout.secs': 10, 'topology.max.spout.pending': 1 },
    script: [
      { do: 'advance', toMs: 9_000 },
      { do: 'feed', messageId: 'm0' },
      { do: 'feed', messageId: 'm1' },
      { do: 'advance', toMs: 19_000 },
      { do: 'advance', toMs: 20_000 },
      { do: 'ack', messageId: 'm0' },
    ],
    answers: [
      [],
      [['emit', 'm0']],
      [],
      [],
      [
        ['fail', 'm0'],
        ['emit', 'm1'],
      ],
      [],
    ],
  },
  // C16 no subscriber: acked at once.
  {
    component: 'storm/tuple-tree',
    config: {},
    script: [{ do: 'spout emits', messageId: 'm1', to: [] }],
    answers: [[['ack', 'm1']]],
  },
  // C25: emitted 0, 1, 2, acked 0 and 2: committed is 1.
  {
    component: 'storm/kafka-spout-partition',
    config: { fetchOffset: 0, maxUncommittedOffsets: 3 },
    script: [
      ...[0, 1, 2, 3].map((offset) => ({ do: 'read', offset, nowMs: 0 })),
      ...[0, 2].map((offset) => ({ do: 'ack', offset })),
      { do: 'commit' },
      { do: 'fail', offset: 1, nowMs: 9 },
      { do: 'read', offset: 1, nowMs: 9 },
      { do: 'read', offset: 2, nowMs: 9 },
    ],
    answers: [
      ...Array<unknown>(3).fill({ polls: true, seeksTo: null, emits: true }),
      { polls: false, seeksTo: null, emits: false },
      {},
      {},
      { commit: 1 },
      {},
      { polls: true, seeksTo: 1, emits: true },
      { polls: true, seeksTo: null, emits: false },
    ],
  },
  {
    component: 'storm/kafka-spout-retry',
    config: {},
    script: [{ fails: 1 }, { fails: 2 }],
    answers: [{ retryInMs: 0 }, { retryInMs: 4 }],
  },
  {
    component: 'storm/stateful-bolt',
    config: { inputTasks: 1 },
    script: [
      { do: 'checkpoint', action: 'INITSTATE', txid: -1, from: 0 },
      { do: 'tuple', name: 'a' },
      { do: 'checkpoint', action: 'ROLLBACK', txid: 0, from: 0 },
    ],
    answers: [
      { acks: ['checkpoint'], fails: [], forwards: { txid: -1, action: 'INITSTATE' }, count: 0 },
      { acks: [], fails: [], forwards: null, count: 1 },
      { acks: ['checkpoint'], fails: ['a'], forwards: { txid: 0, action: 'ROLLBACK' }, count: 0 },
    ],
  },
  {
    component: 'storm/config-validation',
    config: {},
    script: [{ 'topology.workers': 0 }, { 'topology.worker': 0 }],
    answers: ['Field TOPOLOGY_WORKERS must be a Positive Number', null],
  },
  {
    component: 'storm/checkpoint-spout',
    config: {},
    script: [
      { do: 'next', nowMs: 0 },
      { do: 'ack', txid: -1 },
      { do: 'next', nowMs: 1001 },
      { do: 'fail' },
      { do: 'next', nowMs: 1002 },
    ],
    answers: [
      { txid: -1, action: 'INITSTATE' },
      { txid: -1, state: 'COMMITTED' },
      { txid: 0, action: 'PREPARE' },
      { txid: 0, state: 'PREPARING' },
      { txid: 0, action: 'ROLLBACK' },
    ],
  },
  {
    component: 'storm/scheduler',
    config: { components: [{ id: 'bolt', parallelismHint: 4 }], 'topology.workers': 2 },
    script: [{ slots }, { slots, dead: ['sup1:6700'] }],
    // Ackers 1 and 2, bolt 3 to 6. The dead worker's go to sup3, which has most free ports.
    answers: [
      [
        ['sup1:6700', [1, 3, 5]],
        ['sup2:6700', [2, 4, 6]],
      ],
      [
        ['sup2:6700', [2, 4, 6]],
        ['sup3:6700', [1, 3, 5]],
      ],
    ],
  },
  {
    component: 'storm/master-batch-coordinator',
    config: {},
    script: [
      { do: 'next', nowMs: 1 },
      { do: 'fail', txid: 1, attempt: 0, nowMs: 600 },
      { do: 'ack', txid: 1, attempt: 1, nowMs: 700 },
      { do: 'restart', nowMs: 800 },
      { do: 'next', nowMs: 801 },
    ],
    answers: [
      [{ stream: '$batch', txid: 1, attempt: 0 }],
      [{ stream: '$batch', txid: 1, attempt: 1 }],
      [{ stream: '$commit', txid: 1, attempt: 1 }],
      [],
      // One batch in flight: its slot is the newest, whose attempt is forgotten.
      [{ stream: '$batch', txid: 1, attempt: 0 }],
    ],
  },
  {
    component: 'storm/trident-state',
    config: { kind: 'OpaqueMap' },
    script: [
      { do: 'commit', txid: 1, updates: [[['a', 3]]] },
      { do: 'commit', txid: 1, updates: [[['a', 1]]] },
      { do: 'get', keys: ['a', 'b'] },
    ],
    answers: [
      { after: [[3]], stored: [['a', { currTxid: 1, prev: null, curr: 3 }]] },
      { after: [[1]], stored: [['a', { currTxid: 1, prev: null, curr: 1 }]] },
      [1, null],
    ],
  },
  {
    component: 'storm/trident-guarantee',
    config: {},
    script: [
      { spout: 'opaque', state: 'opaque' },
      { spout: 'opaque', state: 'transactional' },
    ],
    answers: [true, false],
  },
];

describe('benches answer one step after the other', () => {
  test.each(scripts)('$component', ({ component, config, script, answers }) => {
    expect(run(component, config, script)).toEqual(answers);
  });

  test('each is tried above or by a recording', () => {
    const tried = new Set([...scripts, ...recordings.values()].map(({ component }) => component));
    expect(benches.map(({ component }) => component).filter((one) => !tried.has(one))).toEqual([]);
  });

  test('a refused configuration is refused in Storm’s words', () => {
    const config = { 'topology.bolts.window.length.count': 0 };
    expect(() => run('storm/windowed-bolt', config, [])).toThrow(RefusedByBench);
    expect(() => run('storm/windowed-bolt', config, [])).toThrow(
      'Window length must be positive [Count{value=0}]',
    );
  });

  test('a step that is none is refused', () => {
    expect(() => run('storm/acker', {}, [{ stream: '__eventlog' }])).toThrow();
  });
});
