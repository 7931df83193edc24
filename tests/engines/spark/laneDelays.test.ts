import { expect, test } from 'vitest';
import { schedulingDelayUs } from '../../../workers/engines/spark/scheduling/jobScheduler.ts';
import { LANE, runLane, type Appended } from './laneRun.ts';

const COSTS = { sparkBatchUs: 500_000, sparkTaskUs: 60_000, sparkRecordUs: 100, sparkCores: 2 };

const steady = (untilMs: number): Appended[] =>
  Array.from({ length: untilMs / 100 }, (_, n) => ({
    atMs: n * 100 + 50,
    partition: n % 3,
    line: 'a 1',
  }));

test('what a job takes: stages, reading tasks, merging tasks', () => {
  // Output at 4 s with the batches of 2 s and 4 s, one partition, two records and none, two cores:
  //   2 batches x 500 ms of the driver                                        1000.0 ms
  //   2 reading tasks side by side: 60 ms and 2 records x 0.1 ms                 60.2 ms
  //   2 merging tasks side by side: 60 ms and 1 pair / 2 tasks x 0.1 ms          60.05 ms
  const records = [0, 1].map((s) => ({ atMs: s * 1000 + 500, partition: 0, line: 'a 1' }));
  const { outputs } = runLane(records, { untilMs: 6000, costs: COSTS });
  // Three messages on the way, 1 µs each: the driver's question, its answer, the fetched records.
  expect(outputs.map(({ visibleMs }) => visibleMs)).toEqual([4000 + 1000 + 60.2 + 60.05 + 0.003]);
});

test.each([
  // With each batch 0.5 s of the driver and 3 tasks of 0.06 s on 2 cores (0.12 s), and 0.06 s to merge:
  [500, 500, true], // 0.68 s of work every 0.5 s
  [500, 4000, true], // 8 x 0.5 s + 24 tasks x 0.03 s + 0.06 s = 4.78 s every 4 s
  [1000, 1000, false], // 0.68 s of work every 1 s
  [1000, 4000, false], // 4 x 0.5 s + 12 tasks x 0.03 s + 0.06 s = 2.42 s every 4 s
  [2000, 4000, false], // 2 x 0.5 s + 6 tasks x 0.03 s + 0.06 s = 1.24 s every 4 s
])('batches of %i ms with a slide of %i ms fall behind: %s', (batchIntervalMs, slideMs, behind) => {
  const lane = {
    batchIntervalMs,
    program: { ...LANE.program, windowIntervalMs: 8000, slideIntervalMs: slideMs },
  };
  const { state } = runLane(steady(60_000), { untilMs: 60_000, partitions: 3, lane, costs: COSTS });
  const delays = state.completed.map((batch) => schedulingDelayUs(batch) / 1_000_000);
  const [earlier, latest] = [delays[0] ?? 0, delays.at(-1) ?? 0];
  // Falling behind is a delay that grows from batch to batch, keeping up is none at all.
  if (behind) expect(latest).toBeGreaterThan(earlier + 1);
  else expect(Math.max(...delays)).toBe(0);
});

test('two concurrent jobs overlap', () => {
  // The driver takes 2 x 100 ms of every 1 s; a record costs 1.5 s, so each job takes longer than a batch.
  const records = [0, 1, 2, 3].map((s) => ({ atMs: s * 1000 + 500, partition: 0, line: 'a 1' }));
  const lane = {
    batchIntervalMs: 1000,
    program: { ...LANE.program, windowIntervalMs: 1000, slideIntervalMs: 1000 },
  };
  const costs = { sparkBatchUs: 100_000, sparkTaskUs: 0, sparkRecordUs: 1_000_000, sparkCores: 4 };
  const delaysOf = (concurrentJobs: number): number[] => {
    const withJobs = { ...lane, 'spark.streaming.concurrentJobs': concurrentJobs };
    const { state } = runLane(records, { untilMs: 12_000, lane: withJobs, costs });
    return state.completed.slice(0, 4).map((batch) => Math.floor(schedulingDelayUs(batch) / 1000));
  };
  // A job: 100 ms, 1 s for its record, and 1 pair / 4 merging tasks = 250 ms: 1350 ms, so 350 ms more each time.
  expect(delaysOf(1)).toEqual([0, 350, 700, 1050]);
  expect(delaysOf(2)).toEqual([0, 0, 0, 0]);
});

test('a job of an inverse window waits for the result before its own', () => {
  // The record of the first batch takes 1.5 s, the second batch is empty: its job has nothing to read.
  const lane = {
    api: 'scala' as const,
    batchIntervalMs: 1000,
    inverseFunction: true,
    checkpoint: true,
    'spark.streaming.concurrentJobs': 2,
    program: { ...LANE.program, windowIntervalMs: 4000, slideIntervalMs: 1000 },
  };
  const costs = { sparkBatchUs: 1000, sparkTaskUs: 0, sparkRecordUs: 1_500_000, sparkCores: 8 };
  const records = [{ atMs: 500, partition: 0, line: 'a 1' }];
  const { outputs } = runLane(records, { untilMs: 3900, lane, costs });
  expect(outputs.slice(0, 2).map(({ endS, rows }) => `${endS}: ${rows}`)).toEqual([
    '1: a1',
    '2: a1',
  ]);
});
