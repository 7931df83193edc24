import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../../../workers/kernel/assert.ts';
import { IN_TOPOLOGY, offsetsWith } from '../../../workers/engines/storm/kafkaSpout/offsetMarks.ts';
import { queuedCount } from '../../../workers/engines/storm/windowing/eventQueue.ts';
import type { Program } from '../../../workers/scenario/program.ts';
import { countWords, runLane, showOutputs } from './lane.ts';

const tumbling = (ms: number) => ({ ...countWords, windowIntervalMs: ms, slideIntervalMs: ms });
/** One line a second from second `from` to second `to`. */
const everySecond = (from: number, to: number, text = 'a') =>
  Array.from({ length: to - from + 1 }, (_, i) => [(from + i) * 1000, text] as const);

describe('a lane by event time, window 8 s, slide 4 s', () => {
  test('counts each word in the two windows that hold it', () => {
    // a at 1 s is in (−4, 4] and (0, 8]; b at 5 s in (0, 8] and (4, 12]; the last at 30 s closes them all.
    const { outputs, fates } = runLane({
      lines: [
        [1000, 'a'],
        [5000, 'b'],
        [30_000, 'end'],
      ],
      untilMs: 32_000,
    });
    expect(showOutputs(outputs)).toEqual(['-4..4 s: a=1', '0..8 s: a=1 b=1', '4..12 s: b=1']);
    expect(fates).toEqual(['right', 'right', 'waiting']);
  });

  test('a record at a window’s end belongs to it, and ends are multiples of the slide since the epoch', () => {
    // The run starts 1 s after a multiple of 4 s, so the ends are at 3, 7, 11 … s of the run.
    const { outputs } = runLane({
      program: tumbling(4000),
      lines: [
        [3000, 'a'],
        [3001, 'b'],
        [20_000, 'end'],
      ],
      startEpochMs: 1_800_000_001_000,
      untilMs: 22_000,
    });
    expect(showOutputs(outputs)).toEqual(['-1..3 s: a=1', '3..7 s: b=1']);
  });

  test('a line that gives no pair is filtered and acked', () => {
    const program: Program = {
      ...countWords,
      functions: ['split-words', 'is-hashtag', 'pair-with-one'],
    };
    const { fates, state } = runLane({ program, lines: [[1000, 'storm']], untilMs: 5000 });
    expect(fates).toEqual(['filtered']);
    expect(openTreesOf(state)).toBe(0);
  });

  test('what is older than the watermark is late, for all its windows', () => {
    // At 10 s the event time 10 s has come; the watermark timer at 11 s makes it the watermark.
    const { fates, outputs } = runLane({
      program: tumbling(4000),
      lines: [
        [10_000, 'a'],
        [12_000, 'b', 9999],
        [13_000, 'c', 10_000],
        [30_000, 'end'],
      ],
      untilMs: 32_000,
    });
    expect(fates).toEqual(['right', 'late', 'right', 'waiting']);
    expect(showOutputs(outputs)).toEqual(['8..12 s: a=1 c=1']);
  });
});

describe('a lane by processing time', () => {
  test('windows follow the timer, and a tuple is counted when it comes', () => {
    // The timer fires at 4 and 8 s; its references are 3.999 and 7.999 s.
    const { outputs, fates } = runLane({
      program: tumbling(4000),
      storm: { windowTime: 'processing-time' },
      lines: [
        [1000, 'a', 900_000],
        [5000, 'b', 0],
      ],
      untilMs: 9000,
    });
    expect(showOutputs(outputs)).toEqual(['-0.001..3.999 s: a=1', '3.999..7.999 s: b=1']);
    expect(fates).toEqual(['right', 'right']);
  });
});

describe('a lane without windows', () => {
  test('C18 gives a running total with each tuple', () => {
    const { outputs, fates } = runLane({
      program: { ...countWords, windowIntervalMs: null, slideIntervalMs: null },
      lines: [
        [1000, 'nathan'],
        [2000, 'bob'],
        [3000, 'joey'],
        [4000, 'nathan'],
      ],
      untilMs: 5000,
    });
    expect(outputs.map(({ rows }) => rows[0])).toEqual([
      ['nathan', 1],
      ['bob', 1],
      ['joey', 1],
      ['nathan', 2],
    ]);
    expect(fates).toEqual(['right', 'right', 'right', 'right']);
  });
});

describe('offsets and replays', () => {
  test('an offset is committed only when its tuple has left the window', () => {
    // Opened at 0 s, the commit timer runs out at 30.5 s and 60.5 s. The watermark stands at 30 s by
    // then, so with window 4 s the firing at 28 s was the last: it expired what was not younger than
    // 24 s. That are the lines of the seconds 1 to 24, offsets 0 to 23; 24 is the next to read.
    const { topic } = runLane({
      program: tumbling(4000),
      lines: everySecond(1, 40),
      untilMs: 32_000,
    });
    expect(topic.commits.map(({ offset }) => offset)).toEqual([24]);
    expect(Math.floor((topic.commits[0]?.timeUs ?? 0) / 100_000)).toBe(305);
  });

  test('a dead worker’s windows are counted again from the committed offset', () => {
    const scene = { program: tumbling(4000), lines: everySecond(1, 40), untilMs: 60_000 };
    const healthy = runLane(scene);
    const crashed = runLane({
      ...scene,
      faults: [{ worker: 'worker-1', atMs: 33_500, restartAfterMs: 1000 }],
    });
    // Committed at 30.5 s: offsets below 24, the second 25 is read first. Window (20, 24] is not fired
    // again; (24, 28] and (28, 32] were fired before the crash, and are fired whole once more.
    const firedTwice = showOutputs(crashed.outputs).filter(
      (text, i, all) => all.indexOf(text) !== i,
    );
    expect(firedTwice).toEqual(['24..28 s: a=4', '28..32 s: a=4']);
    expect(new Set(showOutputs(crashed.outputs))).toEqual(new Set(showOutputs(healthy.outputs)));
    expect(crashed.fates).toEqual(healthy.fates);
  });

  test('without a commit everything comes again', () => {
    const { outputs } = runLane({
      program: tumbling(4000),
      lines: everySecond(1, 20),
      faults: [{ worker: 'worker-1', atMs: 13_500, restartAfterMs: 1000 }],
      untilMs: 25_000,
    });
    const times = showOutputs(outputs).filter((text) => text === '0..4 s: a=4');
    expect(times.length).toBe(2);
  });

  test('at most once, what the dead worker held is lost', () => {
    const { outputs, bookings, topic } = runLane({
      program: tumbling(4000),
      storm: { processingGuarantee: 'AT_MOST_ONCE' },
      lines: everySecond(1, 20),
      faults: [{ worker: 'worker-1', atMs: 10_500, restartAfterMs: 1000 }],
      untilMs: 25_000,
    });
    // Fired before 10.5 s: (0, 4] when 4 s had come, (4, 8] when 8 s had come. In the bolt were 9 and 10 s.
    expect(showOutputs(outputs).slice(0, 2)).toEqual(['0..4 s: a=4', '4..8 s: a=4']);
    expect(bookings.losses.map(({ record }) => record)).toEqual([8, 9]);
    // The worker needs 2 s to start: 11, 12 and 13 s waited in Kafka.
    expect(showOutputs(outputs)[2]).toBe('8..12 s: a=2');
    // One commit a poll, and the three came in one.
    expect(topic.commits.length).toBe(17 + 1);
  });

  test('without ackers offsets are committed before the bolts are done: lost like at most once', () => {
    const { bookings } = runLane({
      program: tumbling(4000),
      storm: { 'topology.acker.executors': 0, offsetCommitPeriodMs: 1000 },
      lines: everySecond(1, 20),
      faults: [{ worker: 'worker-1', atMs: 10_700, restartAfterMs: 1000 }],
      untilMs: 25_000,
    });
    expect(bookings.losses.map(({ record }) => record)).toEqual([8, 9]);
  });
});

test('at least once: whenever a worker dies, in the end every record is right', () => {
  // The lag is above any backlog, so that no window passes a tuple over, and timeouts are off.
  const storm = {
    'topology.workers': 1,
    parseParallelism: 2,
    offsetCommitPeriodMs: 3000,
    'topology.bolts.tuple.timestamp.max.lag.ms': 30_000,
    'topology.enable.message.timeouts': false,
  };
  const lines = [...everySecond(1, 20), [80_000, 'end'] as const];
  const crash = fc.record({
    atMs: fc.integer({ min: 1, max: 60_000 }),
    restartAfterMs: fc.integer({ min: 1, max: 3000 }),
  });
  fc.assert(
    fc.property(crash, fc.constantFrom(1, 3), (fault, partitions) => {
      const { fates, outputs } = runLane({
        storm,
        partitions,
        lines,
        faults: [{ worker: 'worker-1', ...fault }],
        untilMs: 82_000,
      });
      expect(fates.slice(0, -1)).toEqual(Array<string>(20).fill('right'));
      // The seconds 1 to 20 lie in the windows that end at 4, 8, … 24 s.
      expect(new Set(showOutputs(outputs)).size).toBe(6);
    }),
    { numRuns: 25 },
  );
});

describe('the trace', () => {
  test.each<{ name: string; storm: Record<string, unknown>; partitions: number; worker: string }>([
    { name: 'at least once', storm: {}, partitions: 3, worker: 'worker-1' },
    {
      name: 'at most once',
      storm: { processingGuarantee: 'AT_MOST_ONCE' },
      partitions: 1,
      worker: 'worker-1',
    },
    {
      name: 'several workers, with retries',
      storm: {
        'topology.workers': 2,
        parseParallelism: 2,
        spoutParallelism: 2,
        'topology.message.timeout.secs': 10,
      },
      partitions: 3,
      worker: 'worker-2',
    },
  ])(
    '$name: a part holds what its task holds, also after a crash',
    ({ storm, partitions, worker }) => {
      const { state, heldByPart } = runLane({
        program: tumbling(4000),
        storm,
        partitions,
        lines: everySecond(1, 40, 'a b'),
        faults: [{ worker, atMs: 15_500, restartAfterMs: 500 }],
        untilMs: 43_000,
      });
      const held = heldByPart();
      const count = state.tasks.find((task) => task?.kind === 'count');
      const queue = count?.windows?.bolt.manager.queue;
      const records = queue ? queuedCount(queue) / 2 : 0;
      expect(records).toBeGreaterThan(0);
      expect(held.get('storm/count')).toBe(records);
      const others = [...held].filter(
        ([part]) => part.startsWith('storm/') && part !== 'storm/count',
      );
      expect(others.filter(([, left]) => left !== 0)).toEqual([]);
    },
  );
});

describe('message timeout', () => {
  test('C15 topology.max.spout.pending: nothing more is emitted until an ack or a timeout', () => {
    // Pending 3, T = 10 s, window so long that nothing is acked: the lines of 1, 2, 3 s are emitted;
    // the ticks are at 10 and 20 s; at 20 s the three fail and are emitted again, and nothing else.
    const { state, texts } = runLane({
      program: tumbling(4000),
      storm: {
        'topology.max.spout.pending': 3,
        'topology.message.timeout.secs': 10,
        'topology.bolts.tuple.timestamp.max.lag.ms': 3_600_000,
      },
      lines: everySecond(1, 9),
      untilMs: 21_000,
    });
    const spout = state.tasks.find((task) => task?.kind === 'spout');
    const { marks } = present(spout?.partitions[0]?.offsets, 'its offsets');
    expect(offsetsWith(marks, IN_TOPOLOGY)).toEqual([0, 1, 2]);
    expect(texts).toContain('timed out');
    expect(texts).toContain('emitted again');
  });

  test('C14 a tuple fails at the second tick after its emission', () => {
    const scene = {
      program: tumbling(4000),
      storm: {
        'topology.message.timeout.secs': 10,
        'topology.bolts.tuple.timestamp.max.lag.ms': 3_600_000,
      },
      lines: [
        [1000, 'a'],
        [11_000, 'b'],
      ],
    } as const;
    const failures = (untilMs: number) => {
      const { state } = runLane({ ...scene, untilMs });
      const spout = state.tasks.find((task) => task?.kind === 'spout');
      return [...(spout?.partitions[0]?.failures ?? [])].map(([offset, { fails }]) => [
        offset,
        fails,
      ]);
    };
    expect(failures(19_900)).toEqual([]);
    expect(failures(20_100)).toEqual([[0, 1]]);
    expect(failures(30_100)).toEqual([
      [0, 1],
      [1, 1],
    ]);
    // Emitted again just after the tick at 20 s, the first fails again at 40 s.
    expect(failures(40_100)).toEqual([
      [0, 2],
      [1, 1],
    ]);
  });

  test('with timeouts disabled nothing ever fails', () => {
    const { texts } = runLane({
      storm: { 'topology.enable.message.timeouts': false, 'topology.message.timeout.secs': 1 },
      lines: [[1000, 'a']],
      untilMs: 20_000,
    });
    expect(texts).not.toContain('timed out');
  });

  test('C9 a replay joins its old copy in the window: counted twice without any crash', () => {
    // The line of 1 s waits for a watermark beyond 4 s. T = 8 s, ticks at 8 and 16 s: it fails at 16 s
    // and enters the window a second time, before the line of 30 s closes it.
    const { outputs, fates } = runLane({
      program: tumbling(4000),
      storm: { 'topology.message.timeout.secs': 8 },
      lines: [
        [1000, 'a'],
        [30_000, 'end'],
      ],
      untilMs: 32_000,
    });
    expect(showOutputs(outputs)).toEqual(['0..4 s: a=2']);
    expect(fates[0]).toBe('more than once');
  });
});

describe('several workers', () => {
  const lines = everySecond(1, 20);
  const storm = { 'topology.workers': 2, parseParallelism: 2, spoutParallelism: 2 };

  test('give the same windows as one', () => {
    const one = runLane({ program: tumbling(4000), lines, untilMs: 22_000 });
    const two = runLane({ program: tumbling(4000), storm, partitions: 2, lines, untilMs: 22_000 });
    expect(showOutputs(two.outputs)).toEqual(showOutputs(one.outputs));
    expect(openTreesOf(two.state)).toBe(openTreesOf(one.state));
  });

  test('the worker without the windowed bolt dies: no window is lost, its open trees are replayed', () => {
    // Task ids: __acker 1, 2, count 3, parse 4, 5, spout 6, 7; round robin puts count into worker-1.
    const { state, fates } = runLane({
      program: tumbling(4000),
      storm,
      partitions: 2,
      lines,
      faults: [{ worker: 'worker-2', atMs: 10_500, restartAfterMs: 1000 }],
      untilMs: 60_000,
    });
    expect(state.placed.map(({ worker }) => worker)).toEqual([0, 1, 0, 1, 0, 1, 0]);
    expect(fates.filter((fate) => fate === 'lost')).toEqual([]);
  });
});

function openTreesOf(state: ReturnType<typeof runLane>['state']): number {
  return state.tasks.reduce(
    (sum, task) => sum + (task?.kind === 'acker' ? task.acker.pending.size : 0),
    0,
  );
}
