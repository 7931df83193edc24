import { describe, expect, test } from 'vitest';
import { benches } from '../../../workers/engines/flink/benches.ts';
import { RefusedByBench } from '../../../workers/kernel/bench.ts';

function play(component: string, config: unknown, script: readonly unknown[]): readonly unknown[] {
  const bench = benches.find((candidate) => candidate.component === `flink/${component}`);
  if (bench === undefined) throw new Error(`no bench ${component}`);
  return bench.run(config, script);
}

test('C10 on the window operator’s bench', () => {
  const config = {
    assigner: { kind: 'TumblingEventTimeWindows', sizeMs: 2000, offsetMs: 0 },
    trigger: { kind: 'EventTimeTrigger' },
    sideOutputLateData: true,
  };
  const element = (timestampMs: number) => ({ element: { key: 'k', value: 1, timestampMs } });
  const answers = play('window-operator', config, [
    element(1000),
    element(1980),
    { watermarkMs: 1999 },
    element(1998),
    { restore: true },
  ]);
  const still = { fired: [], late: 'no', numLateRecordsDropped: 0 };
  const fired = { key: 'k', startMs: 0, endMs: 2000, timestampMs: 1999, values: [2] };
  expect(answers).toEqual([
    { ...still, stateEntries: 1, timers: 1 },
    { ...still, stateEntries: 1, timers: 1 },
    { ...still, fired: [fired], stateEntries: 0, timers: 0 },
    { ...still, late: 'side output', stateEntries: 0, timers: 0 },
    { ...still, stateEntries: 0, timers: 0 },
  ]);
});

test('a global window with an end-of-stream trigger fires at Long.MAX_VALUE', () => {
  const config = { assigner: { kind: 'GlobalWindows' }, trigger: { kind: 'EndOfStreamTrigger' } };
  const answers = play('window-operator', config, [
    { element: { key: 'k', value: 3, timestampMs: 5 } },
    { watermarkMs: 1e15 },
    { watermarkMs: 'Long.MAX_VALUE' },
  ]) as { fired: { values: number[] }[] }[];
  expect(answers.map(({ fired }) => fired.map(({ values }) => values))).toEqual([[], [], [[3]]]);
});

test('C5 touching windows', () => {
  const windows = [
    { startMs: 0, endMs: 1 },
    { startMs: 1, endMs: 2 },
    { startMs: 4, endMs: 5 },
  ];
  expect(play('merge-windows', {}, [windows])).toEqual([
    [
      { startMs: 0, endMs: 2 },
      { startMs: 4, endMs: 5 },
    ],
  ]);
});

test('C15 and C17 on the generator’s bench', () => {
  const config = { outOfOrdernessMs: 10, idleTimeoutMs: 10 };
  const script = [{ eventMs: 1337 }, { tickAtMs: 0 }, { tickAtMs: 1 }, { tickAtMs: 12 }];
  expect(play('watermark-generator', config, script)).toEqual([[], [1326], [1326], ['IDLE']]);
});

test('C18 FlushMaxWatermark on the valve’s bench', () => {
  const script = [
    { channel: 0, watermarkMs: 10 },
    { channel: 1, watermarkMs: 3 },
    { channel: 0, status: 'IDLE' },
    { channel: 1, status: 'IDLE' },
  ];
  expect(play('watermark-valve', { channels: 2 }, script)).toEqual([[], [3], [], [10, 'IDLE']]);
});

test('C18 and C19: a second input, and a second split', () => {
  const inputs = [
    { input: 0, watermarkMs: 10 },
    { input: 1, watermarkMs: 5 },
    { input: 1, status: 'IDLE' },
  ];
  expect(play('combined-watermark', { inputs: 2 }, inputs)).toEqual([[], [5], [10]]);
  const splits = [
    { register: 'a' },
    { register: 'b' },
    { split: 'a', watermarkMs: 2 },
    { combine: true },
    { split: 'b', idle: true },
    { combine: true },
    { unregister: 'a' },
    { combine: true },
  ];
  const answers = play('split-watermarks', {}, splits);
  expect([answers[3], answers[5], answers[7]]).toEqual([[], [2], ['IDLE']]);
});

test('C30 alignment of sources', () => {
  const [answer] = play('source-alignment', { maxDriftMs: 300 }, [{ readersMs: [700, 1001] }]);
  expect(answer).toEqual({ maxAllowedMs: 1000, waits: [false, true] });
});

describe('barriers', () => {
  test('C20 a cancellation', () => {
    const answers = play('barrier-aligner', { channels: 2 }, [
      { channel: 0, barrier: 2 },
      { channel: 1, cancel: 2 },
      { channel: 0, end: true },
    ]) as { blocked: number[]; aborted: { id: number } | null }[];
    expect(answers.map(({ blocked }) => blocked)).toEqual([[0], [], []]);
    expect(answers.map(({ aborted }) => aborted?.id ?? null)).toEqual([null, 2, null]);
  });

  test('C22 unaligned: what still comes ahead of a barrier is kept', () => {
    const answers = play('barrier-aligner', { channels: 2, mode: 'unaligned' }, [
      { channel: 0, barrier: 1 },
      { channel: 1, data: true },
      { channel: 0, data: true },
    ]);
    expect(answers.slice(1)).toEqual([{ persisted: true }, { persisted: false }]);
  });

  test('C22 at least once', () => {
    const answers = play('barrier-tracker', { channels: 2 }, [
      { channel: 0, barrier: 1 },
      { channel: 1, barrier: 1 },
      { channel: 0, cancel: 2 },
    ]);
    expect(answers).toEqual([
      { triggered: null, aborted: [] },
      { triggered: 1, aborted: [] },
      { triggered: null, aborted: [2] },
    ]);
  });
});

test('C27 the coordinator on its bench', () => {
  const config = { 'execution.checkpointing.interval': 10, tasks: ['a'] };
  const answers = play('checkpoint-coordinator', config, [
    { firstTriggerMs: 10 },
    { clockMs: 20 },
    { savepoint: true },
    { acknowledge: 1, task: 'a' },
    { acknowledge: 2, task: 'a' },
    { stop: true },
    { decline: 3, task: 'a', reason: 'CHECKPOINT_DECLINED' },
  ]);
  const still = { triggered: [], completed: [], aborted: [], failsJob: null, nextTriggerMs: 30 };
  expect(answers).toEqual([
    { ...still, nextTriggerMs: 10 },
    { ...still, triggered: [1] },
    { ...still, triggered: [2] },
    { ...still, completed: [1] },
    { ...still, completed: [2], triggered: [3] },
    {
      ...still,
      aborted: [{ id: 3, reason: 'CHECKPOINT_COORDINATOR_SUSPEND' }],
      nextTriggerMs: null,
    },
    { ...still, nextTriggerMs: null },
  ]);
});

test('C27 a checkpoint that expires fails the job', () => {
  const config = {
    'execution.checkpointing.interval': 10,
    'execution.checkpointing.timeout': 15,
    tasks: ['a'],
  };
  const [, answer] = play('checkpoint-coordinator', config, [
    { firstTriggerMs: 10 },
    { clockMs: 25 },
  ]) as { triggered: number[]; failsJob: string | null }[];
  expect(answer?.triggered).toEqual([1, 2]);
  expect(answer?.failsJob).toContain('Checkpoint expired before completing.');
});

test.each([
  ['CHECKPOINT_EXPIRED', true],
  ['CHECKPOINT_DECLINED', true],
  ['IO_EXCEPTION', true],
  ['FINALIZE_CHECKPOINT_FAILURE', true],
  ['CHECKPOINT_SUBSUMED', false],
  ['CHECKPOINT_DECLINED_SUBSUMED', false],
  ['CHECKPOINT_COORDINATOR_SUSPEND', false],
])('a checkpoint failed with %s: counted %s', (reason, counts) => {
  const config = { 'execution.checkpointing.interval': 10, tasks: ['a'] };
  const answers = play('checkpoint-coordinator', config, [
    { firstTriggerMs: 10 },
    { clockMs: 10 },
    { decline: 1, task: 'a', reason },
  ]) as { failsJob: string | null }[];
  expect(answers[2]?.failsJob !== null).toBe(counts);
});

test('C26 a crash before the notification', () => {
  const script = [
    { write: '42' },
    { snapshot: 0 },
    { write: '43' },
    { snapshot: 1 },
    { restore: 1 },
  ];
  expect(play('two-phase-commit', {}, script).at(-1)).toEqual(['42', '43']);
  expect(play('two-phase-commit', {}, [...script.slice(0, 4), { notify: 0 }]).at(-1)).toEqual([
    '42',
  ]);
});

test('C24 and C28', () => {
  expect(play('key-groups', { parallelism: 3 }, [{ key: 'hello' }])).toEqual([
    { keyGroup: 35, subtask: 0, range: [0, 42] },
  ]);
  const join = play('interval-join', { lowerBoundMs: -2, upperBoundMs: 1 }, [
    { side: 'left', key: 'k', value: 10, timestampMs: 10 },
    { side: 'right', key: 'k', value: 8, timestampMs: 8 },
    { watermarkMs: 20 },
  ]);
  expect(join).toEqual([
    { joined: [], late: 'no' },
    { joined: [{ left: 10, right: 8, timestampMs: 10 }], late: 'no' },
    { joined: [], late: 'no' },
  ]);
});

describe('what the real component refuses', () => {
  test.each([
    [
      'window-operator',
      {
        assigner: { kind: 'SlidingEventTimeWindows', sizeMs: 10, slideMs: 0, offsetMs: 0 },
        trigger: { kind: 'EventTimeTrigger' },
      },
      'SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0',
    ],
    ['watermark-generator', { outOfOrdernessMs: -1 }, 'maxOutOfOrderness cannot be negative'],
    [
      'checkpoint-coordinator',
      { 'execution.checkpointing.interval': 9, tasks: [] },
      'Checkpoint interval must be larger than or equal to 10 ms',
    ],
    [
      'key-groups',
      { parallelism: 3, maxParallelism: 2 },
      'Maximum parallelism must not be smaller than parallelism.',
    ],
  ])('%s', (component, config, message) => {
    expect(() => play(component, config, [])).toThrow(new RefusedByBench(message));
  });

  test('sessions with a trigger that cannot merge', () => {
    const config = {
      assigner: { kind: 'ProcessingTimeSessionWindows', gapMs: 10 },
      trigger: { kind: 'NeverTrigger' },
    };
    expect(() => play('window-operator', config, [])).toThrow(
      'A merging window assigner cannot be used with a trigger that does not support merging.',
    );
  });

  test('a step that is no step', () => {
    expect(() => play('watermark-valve', { channels: 1 }, [{ nonsense: 1 }])).toThrow(
      RefusedByBench,
    );
  });
});

test('a job in little: what repeats after a failure', () => {
  const config = {
    'execution.checkpointing.interval': '1 h',
    'restart-strategy.type': 'fixed-delay',
  };
  const answers = play('job', config, [
    { record: 'a' },
    { checkpoint: true },
    { record: 'a' },
    { record: 'a', fails: true },
    { record: 'a', fails: true },
  ]);
  expect(answers).toEqual([
    { shown: ['a=1'], committed: [], job: 'RUNNING' },
    { shown: [], committed: ['a=1'], job: 'RUNNING' },
    { shown: ['a=2'], committed: [], job: 'RUNNING' },
    { shown: ['a=2', 'a=3'], committed: ['a=1'], job: 'RUNNING' },
    { shown: [], committed: [], job: 'FAILED' },
  ]);
});
