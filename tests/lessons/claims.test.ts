import { describe, expect, it } from 'vitest';
import { edited, field, knob, property } from '../../lessons/edits.ts';
import type { Edit, Goal, Measure } from '../../lessons/lesson.ts';
import { lesson as kafka } from '../../lessons/02-kafka/01-acks/scenario.ts';
import { lesson as flume } from '../../lessons/03-flume/01-channel-and-crash/scenario.ts';
import { lesson as spark } from '../../lessons/04-spark/01-batch-slide-window/scenario.ts';
import { lesson as flink } from '../../lessons/06-flink/01-snapshot/scenario.ts';
import { lesson as eventTime } from '../../lessons/06-flink/02-event-time/scenario.ts';
import { goalState } from '../../src/lesson/goal.ts';
import { measureOf } from '../../src/lesson/measure.ts';
import { refusalsOf } from '../../workers/assembly.ts';
import { play } from './play.ts';

// What the lessons say beside their predictions, held against the runs of their own scenes.

type Data = typeof spark;

function value(data: Data, scene: string, edits: readonly Edit[], measure: Measure): number {
  const found = measureOf(measure, play(edited(data.scenes[scene]!, edits)));
  if (found === null) throw new Error(`${measure.kind} gives nothing`);
  return found;
}

function holds(data: Data, scene: string, goal: Goal, edits: readonly Edit[]): boolean {
  const scenario = edited(data.scenes[scene]!, edits);
  return goalState(goal, play(scenario), refusalsOf(scenario).length).holds;
}

describe('Batch, slide, window', () => {
  const goal = spark.goals['every-three']!;
  const touched: Measure = { kind: 'records touched', lane: 'spark' };
  const kept: Measure = { kind: 'entries held', lane: 'spark' };
  const inverse = [field('spark', 'inverseFunction', true), field('spark', 'checkpoint', true)];

  it('a slide of 3 s is refused by Spark alone', () => {
    const asked = edited(spark.scenes['three']!, [knob('slide', 3000)]);
    expect(refusalsOf(asked).map(({ node }) => node)).toEqual(['spark']);
  });

  it('the goal does not ask which way: batches of 3 s reach it too', () => {
    expect(holds(spark, 'slow', goal, [knob('batch', 3000), knob('slide', 3000)])).toBe(true);
  });

  it('a batch may be too short', () => {
    expect(holds(spark, 'slow', goal, [knob('slide', 3000), knob('batch', 500)])).toBe(false);
  });

  it('with an inverse function less is touched and more is kept', () => {
    expect(value(spark, 'wide', inverse, touched)).toBeLessThan(value(spark, 'wide', [], touched));
    expect(value(spark, 'wide', inverse, kept)).toBeGreaterThan(value(spark, 'wide', [], kept));
  });

  it('at four slides a window PySpark reduces the whole window all the same', () => {
    const short = knob('window', 4000);
    expect(value(spark, 'wide', [short, ...inverse], touched)).toBe(
      value(spark, 'wide', [short], touched),
    );
  });

  it('in Scala the inverse merges 1 + 2 · slide batches, which is more for a short window', () => {
    // Window of 2 batches, slide of 1: 3 instead of 2.
    const short = [field('spark', 'api', 'scala'), knob('window', 2000)];
    expect(value(spark, 'wide', [...short, ...inverse], touched)).toBeGreaterThan(
      value(spark, 'wide', short, touched),
    );
  });
});

describe('What acks promises when a leader dies', () => {
  const of = (lane: string, status: 'lost' | 'more than once' | 'right'): Measure => ({
    kind: 'records with status',
    lane,
    status,
  });
  const seen = (atMs: number): Measure => ({ kind: 'visible results', lane: 'flink', atMs });
  const acks = (value: string) => property('a1.sinks.k1.kafka.producer.acks', value);
  const numbered = property('a1.sinks.k1.kafka.producer.enable.idempotence', 'true');
  const unclean = field('kafka', 'unclean.leader.election.enable', true);
  const two = field('kafka', 'min.insync.replicas', 2);

  it('two readers get the same lines, each at its own time', () => {
    const batches: Measure[] = [1, 2, 3, 4, 5].map((result) => ({
      kind: 'records in result',
      lane: 'spark',
      result,
    }));
    // Flink has by 25 s what the batches of 5, 10, 15, 20 and 25 s hold, but for what is on its way then.
    const sum = batches.map((measure) => value(kafka, 'readers', [], measure));
    expect(sum.reduce((a, b) => a + b)).toBe(value(kafka, 'readers', [], seen(25_000)));
  });

  it('acks=0 loses no less than acks=1', () => {
    const lost = (edits: readonly Edit[]) => value(kafka, 'one', edits, of('flink', 'lost'));
    expect(lost([acks('0')])).toBeGreaterThanOrEqual(lost([]));
    expect(lost([])).toBeGreaterThan(0);
  });

  it('acks=all loses nothing', () => {
    expect(value(kafka, 'all', [], of('flink', 'lost'))).toBe(0);
  });

  it('without acks=all an idempotent producer does not start', () => {
    expect(value(kafka, 'one', [numbered], seen(28_000))).toBe(0);
  });

  it('whoever waits for the last in-sync replica loses nothing, and has no line twice', () => {
    for (const lane of ['flink', 'spark']) {
      expect(value(kafka, 'alone', [], of(lane, 'lost'))).toBe(0);
      expect(value(kafka, 'alone', [], of(lane, 'more than once'))).toBe(0);
    }
  });

  it('after an unclean election Flink has lines that Spark never gets', () => {
    expect(value(kafka, 'alone', [unclean], of('flink', 'lost'))).toBe(0);
    expect(value(kafka, 'alone', [unclean], of('spark', 'lost'))).toBeGreaterThan(0);
  });

  it('min.insync.replicas helps only with acks=all', () => {
    const lost = (edits: readonly Edit[]) =>
      value(kafka, 'alone', [unclean, two, ...edits], of('spark', 'lost'));
    expect(lost([])).toBe(0);
    expect(
      lost([acks('1'), property('a1.sinks.k1.kafka.producer.enable.idempotence', 'false')]),
    ).toBeGreaterThan(0);
  });
});

describe('What a Flume channel keeps when the agent dies', () => {
  const lost: Measure = { kind: 'records with status', lane: 'flink', status: 'lost' };
  const twice: Measure = { kind: 'records with status', lane: 'flink', status: 'more than once' };
  const position = property('a1.sources.r1.writePosInterval', '500');

  it('a crash alone loses nothing', () => {
    expect(value(flume, 'crash', [], lost)).toBe(0);
  });

  it('a small channel loses less than a large one', () => {
    const small = value(flume, 'tight', [], lost);
    expect(small).toBeGreaterThan(0);
    expect(value(flume, 'both', [], lost)).toBeGreaterThan(small);
  });

  it('a full channel by itself loses nothing', () => {
    const tight = flume.scenes['tight']!;
    const withoutCrash = { ...tight, faults: tight.faults.slice(0, 1) };
    expect(measureOf(lost, play(withoutCrash))).toBe(0);
  });

  it('with a file channel nothing is lost', () => {
    expect(value(flume, 'file', [], lost)).toBe(0);
  });

  it('a fresher position loses more while the channel is in memory, and repeats less on disk', () => {
    expect(value(flume, 'both', [position], lost)).toBeGreaterThan(value(flume, 'both', [], lost));
    expect(value(flume, 'file', [position], twice)).toBeLessThan(value(flume, 'file', [], twice));
  });
});

describe('What a Flink snapshot brings back', () => {
  const twice: Measure = { kind: 'records with status', lane: 'flink', status: 'more than once' };
  const half: Measure = { kind: 'latency', lane: 'flink', percentile: 50 };

  it('a transaction hides the repetition, and everybody waits for it', () => {
    expect(value(flink, 'exactly', [], twice)).toBe(0);
    expect(value(flink, 'exactly', [], half)).toBeGreaterThan(value(flink, 'crash', [], half));
  });

  it('without the crash the late line is dropped, and its window keeps its result', () => {
    const late: Measure = { kind: 'records with status', lane: 'flink', status: 'late' };
    expect(value(flink, 'late', [], late)).toBe(1);
    // A line every half second, windows of 4 s.
    const window: Measure = { kind: 'records in window', lane: 'flink', startMs: 4000 };
    expect(value(flink, 'late', [], window)).toBe(8);
  });
});

describe('Late is not lost', () => {
  const lane = 'flink';
  const late: Measure = { kind: 'records with status', lane, status: 'late' };
  const aside: Measure = { kind: 'records in the side output', lane };
  const firstAt = (startMs: number): Measure => ({ kind: 'first result', lane, startMs });
  const inWindow = (startMs: number): Measure => ({ kind: 'records in window', lane, startMs });
  const resultsAt = (atMs: number): Measure => ({ kind: 'visible results', lane, atMs });
  const bound = (ms: number) => field(lane, 'outOfOrdernessMs', ms);
  const lateness = (ms: number) => field(lane, 'allowedLatenessMs', ms);
  const idle = (ms: number | null) => field(lane, 'idleTimeoutMs', ms);

  it('the window of a line of 4.2 s ends at 8 s, for the job starts 3 s before 09:00:05', () => {
    expect(value(eventTime, 'clock', [], { kind: 'window end', lane, result: 1 })).toBe(8000);
  });

  it('the line of exactly 5 s is not among the lines of 1, 2.6 and 4.2 s, and makes them a result', () => {
    expect(value(eventTime, 'edge', [], inWindow(0))).toBe(3);
    const at = value(eventTime, 'edge', [], firstAt(0));
    // It comes at 5 s, and the next one at 6.3 s.
    expect(at).toBeGreaterThan(5000);
    expect(at).toBeLessThan(6300);
  });

  it('while no line comes only the window before the pause has a result', () => {
    expect(value(eventTime, 'pause', [], resultsAt(16_000))).toBe(1);
    // The line of 18.2 s takes the watermark to 17.199 s, and [10, 15) is empty.
    expect(value(eventTime, 'pause', [], resultsAt(21_000))).toBe(2);
  });

  it('a longer bound drops less and delays the result of every window', () => {
    // 4.4 s comes after 5.2 s, 3.6 s after 7.1 s, 2.7 s after 11.2 s: with a bound of b the window of 0 to 5 s is gone
    // when a line of 5 s + b has come.
    const drops = [0, 1000, 2000, 5000, 10_000].map((ms) =>
      value(eventTime, 'stragglers', [bound(ms)], late),
    );
    expect(drops).toEqual([3, 2, 2, 1, 0]);
    const times = [0, 1000, 2000, 5000, 10_000].map((ms) =>
      value(eventTime, 'stragglers', [bound(ms)], firstAt(0)),
    );
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
  });

  it('allowed lateness delays nothing, and fires again with all that the window holds', () => {
    expect(value(eventTime, 'kept', [], firstAt(0))).toBe(
      value(eventTime, 'stragglers', [bound(1000)], firstAt(0)),
    );
    // Lines of 0.8, 2.1, 3.3 and 4.4 s, and then the one of 3.6 s.
    const result = (number: number): Measure => ({
      kind: 'records in result',
      lane,
      result: number,
    });
    expect(value(eventTime, 'kept', [], result(1))).toBe(4);
    expect(value(eventTime, 'kept', [], result(2))).toBe(5);
  });

  it('the side output takes what is later still, and nothing else', () => {
    expect(value(eventTime, 'kept', [], late)).toBe(1);
    expect(value(eventTime, 'kept', [], aside)).toBe(0);
    expect(value(eventTime, 'kept', [field(lane, 'sideOutputLateData', true)], aside)).toBe(1);
  });

  it('a quiet partition holds the watermark back until it speaks', () => {
    // The diamond of 8.5 s leaves the watermark at 7.499 s; the next is of 23.9 s.
    expect(value(eventTime, 'quiet', [], resultsAt(20_000))).toBe(1);
    expect(value(eventTime, 'quiet', [], firstAt(5000))).toBeGreaterThan(23_900);
  });

  it('with idleness results go on, and two of the four lines that were held up are late', () => {
    // The circle of 16.2 s has taken the watermark to 15.199 s: the window of 10.7 and 12.9 s is gone. The line of 15.1 s
    // is behind the watermark, and its window is open.
    expect(value(eventTime, 'cutOff', [], late)).toBe(2);
    expect(value(eventTime, 'cutOff', [idle(null)], late)).toBe(0);
    expect(value(eventTime, 'cutOff', [], firstAt(5000))).toBeLessThan(
      value(eventTime, 'cutOff', [idle(null)], firstAt(5000)),
    );
  });

  it('the goal is not reached by a bound that is as long', () => {
    const goal = eventTime.goals['soon']!;
    expect(holds(eventTime, 'waits', goal, [idle(2000), bound(10_000)])).toBe(false);
    expect(holds(eventTime, 'waits', goal, [idle(2000), lateness(5000)])).toBe(true);
  });
});
