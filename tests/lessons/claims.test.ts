import { describe, expect, it } from 'vitest';
import { edited, field, knob, property } from '../../lessons/edits.ts';
import type { Edit, Goal, Measure } from '../../lessons/lesson.ts';
import { lesson as flume } from '../../lessons/03-flume/01-channel-and-crash/scenario.ts';
import { lesson as spark } from '../../lessons/04-spark/01-batch-slide-window/scenario.ts';
import { lesson as flink } from '../../lessons/06-flink/01-snapshot/scenario.ts';
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
