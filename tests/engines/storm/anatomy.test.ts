import { parse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { anatomyOf, pipesOf } from '../../../workers/engines/storm/anatomy.ts';
import { stormSchema, type StormConfig } from '../../../workers/engines/storm/config.ts';
import { stormEngine } from '../../../workers/engines/storm/engine.ts';
import { refusalsOf } from '../../../workers/engines/storm/refusals.ts';
import type { Graph } from '../../../workers/kernel/engine.ts';
import { topicStub } from './topicStub.ts';
import { countWords, runLane } from './lane.ts';

function configOf(storm: Record<string, unknown> = {}): StormConfig {
  const node = {
    id: 'storm',
    type: 'storm',
    program: 'words',
    source: { node: 'kafka', topic: 'weblog' },
    ...storm,
  };
  return { ...parse(stormSchema, node), program: countWords };
}

const graph: Graph = {
  node: () => undefined,
  parts: () => [],
  partitions: () => topicStub.anatomy({ id: 'kafka', topic: 'weblog', partitions: 3 }).parts,
  processes: () => ['kafka/broker-1'],
};

describe('what is drawn of a lane', () => {
  test('one part a task and the results, each in its worker', () => {
    const parts = anatomyOf(configOf({ 'topology.workers': 2, parseParallelism: 2 })).parts;
    // Task ids __acker 1, 2, count 3, parse 4, 5, spout 6, dealt out in turn.
    expect(parts.map(({ id, process }) => [id, process])).toEqual([
      ['storm/acker-1', 'storm/worker-1'],
      ['storm/acker-2', 'storm/worker-2'],
      ['storm/count', 'storm/worker-1'],
      ['storm/parse-1', 'storm/worker-2'],
      ['storm/parse-2', 'storm/worker-1'],
      ['storm/spout', 'storm/worker-2'],
      ['storm/results', 'storm/worker-1'],
    ]);
  });

  test('two spout tasks share three partitions', () => {
    const pipes = pipesOf(configOf({ spoutParallelism: 2 }), graph).map(({ id }) => id);
    expect(pipes).toEqual([
      'kafka/weblog-0 > storm/spout-1',
      'kafka/weblog-2 > storm/spout-1',
      'kafka/weblog-1 > storm/spout-2',
      'storm/spout-1 > storm/parse',
      'storm/spout-2 > storm/parse',
      'storm/parse > storm/count',
    ]);
  });

  test('says what the scene changed', () => {
    const { parts } = anatomyOf(configOf({ 'topology.bolts.tuple.timestamp.max.lag.ms': 2000 }));
    expect(parts.flatMap(({ changedDefaults }) => changedDefaults)).toEqual([
      'topology.bolts.tuple.timestamp.max.lag.ms = 2000 (default 0)',
    ]);
  });

  test('no more workers than executors', () => {
    // Without ackers: count, parse, spout.
    expect(
      stormEngine.processes(configOf({ 'topology.workers': 4, 'topology.acker.executors': 0 })),
    ).toEqual(['worker-1', 'worker-2', 'worker-3']);
  });
});

test('C12 a window of 300 s is refused in Storm’s words, until the timeout allows it', () => {
  const long = (timeoutSecs: number) => ({
    ...configOf({ 'topology.message.timeout.secs': timeoutSecs }),
    program: { ...countWords, windowIntervalMs: 300_000, slideIntervalMs: 4000 },
  });
  expect(refusalsOf(long(30)).map(({ message }) => message)).toEqual([
    'Window duration (length + sliding interval) value 304000 is more than topology.message.timeout.secs value 30000',
  ]);
  expect(refusalsOf(long(304))).toEqual([]);
});

describe('what the inspector shows', () => {
  const { view } = runLane({
    lines: [
      [1000, 'a'],
      [2000, 'b'],
    ],
    untilMs: 3500,
  });

  test('of the windowed bolt: its queue, its watermark, its settings', () => {
    const shown = view('storm/count');
    // The run starts at 1,800,000,000,000 ms; the watermark timer last ran at 3 s and saw 2 s.
    expect(new Map(shown.facts).get('watermark')).toBe('2 s (1800000002000)');
    expect(shown.tables[0]?.rows.map(([, record, line]) => [record, line])).toEqual([
      ['0', 'a'],
      ['1', 'b'],
    ]);
    expect(shown.settings).toContainEqual({
      key: 'topology.bolts.tuple.timestamp.max.lag.ms',
      value: '0',
    });
  });

  test('of the acker: a number for each open tree', () => {
    expect(view('storm/acker').tables[0]?.rows.length).toBe(2);
  });

  test('of the spout: how far it may commit', () => {
    expect(view('storm/spout').tables[0]?.rows).toEqual([['weblog-0', '0', '2', '0', '0']]);
  });

  test('the log, in Storm’s words', () => {
    const { view: viewAt30 } = runLane({
      storm: { 'topology.message.timeout.secs': 12, offsetCommitPeriodMs: 1000 },
      program: { ...countWords, windowIntervalMs: 4000 },
      lines: [
        [1000, 'a'],
        [9900, 'b'],
        [10_950, 'c', 100],
        [24_500, 'd'],
      ],
      untilMs: 25_000,
    });
    const { log } = viewAt30('storm/spout');
    // Task ids: __acker 1, count 2, parse 3, spout 4. At 10 s the watermark 9.9 s fires (0, 4] and finds
    // (4, 8] empty, which expires a; commits are due at each half second. c is late. The ticks are at 12
    // and 24 s, and the second of them fails b.
    expect(log).toEqual([
      'Prepared bolt __acker:[1]',
      'Prepared bolt count:[2]',
      'Prepared bolt parse:[3]',
      'Opened spout spout:[4]',
      'Offsets successfully committed to Kafka [{weblog-0=OffsetAndMetadata{offset=1}}]',
      'Received a late tuple of record 2 with ts 1800000000100. This will not be processed.',
      expect.stringMatching(
        /^SPOUT Failing \d+ : \{topic-partition=weblog-0, offset=1\} REASON: TIMEOUT$/,
      ),
    ]);
  });

  test('of a dead worker: only that', () => {
    const dead = runLane({
      lines: [[1000, 'a']],
      faults: [{ worker: 'worker-1', atMs: 2000, restartAfterMs: 5000 }],
      untilMs: 3000,
    });
    expect(dead.view('storm/count').facts).toContainEqual(['state', 'its worker is down']);
  });
});
