import { expect, test } from 'vitest';
import { RefusedByBench } from '../../../workers/kernel/bench.ts';
import { benches } from '../../../workers/engines/spark/benches.ts';

function play(component: string, config: unknown, script: readonly unknown[]): readonly unknown[] {
  const bench = benches.find((row) => row.component === `spark/${component}`);
  if (!bench) throw new Error(`no bench ${component}`);
  return bench.run(config, script);
}

const seconds = { batchIntervalMs: 1000, windowMs: 2000, slideMs: 1000 };
const sum = { ...seconds, api: 'scala', inverse: false, keepsMoreThan: null };
const a1 = [['a', 1]];
const UNHASHED_KEY =
  'Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?';

test.each<
  [name: string, component: string, config: unknown, script: unknown[], answers: unknown[]]
>([
  [
    'C7 new key added into window, with an inverse',
    'reduce-by-key-and-window',
    { ...sum, inverse: true },
    [a1, [['b', 1], ...a1]],
    [
      [['a', 1]],
      [
        ['a', 2],
        ['b', 1],
      ],
    ],
  ],
  [
    'once a window has failed, so do those that are computed from it',
    'reduce-by-key-and-window',
    { ...sum, inverse: true, keepsMoreThan: 1 },
    [a1, [], [], a1],
    [[], [], { failure: UNHASHED_KEY }, { failure: UNHASHED_KEY }],
  ],
  ['C5 groups', 'group-by-key-and-window', seconds, [a1, a1], [[['a', [1]]], [['a', [1, 1]]]]],
  [
    'C6 counts',
    'count-by-window',
    { ...seconds, api: 'scala' },
    [0, 1, 1, 2, 1, 0, 0],
    [null, 1, 2, 3, 3, 1, 0],
  ],
  [
    'C8 glom',
    'batch-operator',
    { api: 'scala', operator: 'glom', partitions: 2 },
    [[1, 2, 3, 4]],
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ],
  [
    'C8 count',
    'batch-operator',
    { api: 'scala', operator: 'count', partitions: 1 },
    [[], [7]],
    [0, 1],
  ],
  [
    'C9 left outer join',
    'join',
    { type: 'leftOuter' },
    [{ left: a1, right: [] }],
    [[{ key: 'a', left: 1, right: null }]],
  ],
  [
    'C10 running sums, all keys every batch',
    'update-state-by-key',
    { api: 'scala', initial: null, forgetAfterIdleBatches: null },
    [a1, [['b', 1]], []],
    [
      [['a', 1]],
      [
        ['a', 1],
        ['b', 1],
      ],
      [
        ['a', 1],
        ['b', 1],
      ],
    ],
  ],
  [
    'C15 a timeout of 1 s takes effect in batch 10',
    'map-with-state',
    { batchIntervalMs: 1000, timeoutMs: 1000, checkpointIntervalMs: null },
    [a1, ...Array.from({ length: 9 }, () => [])],
    [
      { emitted: [1], timedOut: [], state: [['a', 1]] },
      ...Array.from({ length: 8 }, () => ({ emitted: [], timedOut: [], state: [['a', 1]] })),
      { emitted: [], timedOut: ['a'], state: [] },
    ],
  ],
  [
    'C17 queue',
    'queue-stream',
    { api: 'scala', oneAtATime: false, defaultRdd: null },
    [
      [[1], [2], [3]],
      [[4], [5]],
    ],
    [
      [[1], [2], [3]],
      [[4], [5]],
    ],
  ],
  [
    'C18 files',
    'file-stream',
    { newFilesOnly: true, createdMs: 12_000, batchIntervalMs: 2000 },
    [
      {
        batchMs: 14_000,
        listing: [
          { name: '0', modifiedMs: 10_000 },
          { name: '1', modifiedMs: 13_000 },
        ],
      },
    ],
    [['1']],
  ],
  [
    'C24 blocks',
    'received-block-tracker',
    {},
    [
      { kind: 'add', block: 'A' },
      { kind: 'allocate', batchMs: 1, writeFails: true },
      { kind: 'allocate', batchMs: 2, writeFails: false },
      { kind: 'add', block: 'B' },
      { kind: 'recover' },
      { kind: 'allocate', batchMs: 2, writeFails: false },
    ],
    [['A'], [], ['A'], ['B'], ['B'], ['A']],
  ],
  [
    'C25 writes',
    'batched-write-ahead-log',
    {},
    [
      { kind: 'enqueue', data: 'e1', timeMs: 3 },
      { kind: 'write' },
      { kind: 'write' },
      { kind: 'close' },
    ],
    [null, { records: [{ data: 'e1', timeMs: 3 }], stampMs: 3 }, null, []],
  ],
  [
    'C26 rates',
    'pid-rate-estimator',
    {
      batchIntervalMs: 20,
      'spark.streaming.backpressure.pid.proportional': 1,
      'spark.streaming.backpressure.pid.integral': 0,
      'spark.streaming.backpressure.pid.derived': 0,
      'spark.streaming.backpressure.pid.minRate': 10,
    },
    [0, 10].map((processingEndMs) => ({
      processingEndMs,
      records: 10,
      processingDelayMs: 10,
      schedulingDelayMs: 0,
    })),
    [null, 1000],
  ],
])('%s', (_name, component, config, script, answers) => {
  expect(play(component, config, script)).toEqual(answers);
});

test.each<[component: string, config: unknown, message: string]>([
  [
    'reduce-by-key-and-window',
    { ...sum, slideMs: 1500 },
    'The slide duration of windowed DStream (1500 ms) must be a multiple of the slide duration of parent DStream (1000 ms)',
  ],
])('%s refuses %o in the words of the real one', (component, config, message) => {
  expect(() => play(component, config, [])).toThrow(new RefusedByBench(message));
});

test('a bench refuses what it does not understand', () => {
  expect(() => play('join', { type: 'sideways' }, [])).toThrow(RefusedByBench);
  expect(() => play('count-by-window', { ...seconds, api: 'scala' }, ['one'])).toThrow(
    RefusedByBench,
  );
});
