import { expect, test } from 'vitest';
import type { Fault } from '../../../workers/kernel/faults.ts';
import { expectLedgerAgrees } from './laneLedger.ts';
import { LANE, runLane, type Appended, type LaneRun, type RunSettings } from './laneRun.ts';

const DRIVER = 1;
const EXECUTOR = 2;

const crash = (process: number, atMs: number, restartMs: number | null): Fault => ({
  type: 'crash',
  processes: [process],
  atUs: atMs * 1000,
  restartUs: restartMs === null ? null : restartMs * 1000,
});

/** One record a second from 0.5 s on, in partitions 0, 1, 2, 0, … */
const records = (count: number): Appended[] =>
  Array.from({ length: count }, (_, n) => ({
    atMs: n * 1000 + 500,
    partition: n % 3,
    line: 'a 1',
  }));

const COSTS = {
  sparkBatchUs: 100_000,
  sparkTaskUs: 50_000,
  sparkRecordUs: 100,
  sparkStartUs: 2_000_000,
};

const run = (settings: Partial<RunSettings>): LaneRun =>
  runLane(records(20), { untilMs: 24_000, partitions: 3, costs: COSTS, ...settings });

const shown = ({ outputs }: LaneRun): string[] =>
  outputs.map(({ endS, rows }) => `${endS}: ${rows}`);

/** Windows 8 s, slide 4 s, one record a second: 4 in the first window, then 8. */
const UNDISTURBED = ['4: a4', '8: a8', '12: a8', '16: a8', '20: a8'];

test('undisturbed', () => {
  const lane = run({});
  expect(shown(lane)).toEqual(UNDISTURBED);
  expectLedgerAgrees(lane);
  // A batch is remembered for window and slide, 12 s: once 20 s has completed, 8 s is forgotten.
  expect([...lane.state.batches.keys()]).toEqual([10, 12, 14, 16, 18, 20, 22].map((s) => s * 1000));
});

test('an executor that dies in the middle of a job delays results, and changes none', () => {
  // The job of 8 s starts at 8 s; at 8.25 s its tasks run. The executor is back 2 s after 9 s.
  const lane = run({ faults: [crash(EXECUTOR, 8250, 9000)] });
  expect(shown(lane)).toEqual(UNDISTURBED);
  expect(lane.outputs[1]?.visibleMs).toBeGreaterThan(11_000);
  expectLedgerAgrees(lane);
});

test('a new executor has an empty cache: the next job reads the whole window again', () => {
  // Dead from 9 s to 11 s, between two jobs. The job of 12 s reads the batches of 6 s to 12 s instead of
  // the last two: 2 x 100 ms of the driver, and 6 tasks of 50 ms on 2 cores, more.
  const costs = { ...COSTS, sparkRecordUs: 0 };
  const visibleMs = (faults: Fault[]) => run({ costs, faults }).outputs[2]?.visibleMs ?? 0;
  const moreMs = visibleMs([crash(EXECUTOR, 9000, 9000.001)]) - visibleMs([]);
  expect(Math.round(moreMs)).toBe(2 * 100 + 3 * 50);
});

test('an executor that never comes back stops results, while batches go on', () => {
  const lane = run({ faults: [crash(EXECUTOR, 8250, null)] });
  expect(shown(lane)).toEqual(['4: a4']);
  // The batch of 24 s is still being asked for when the run ends.
  expect([...lane.state.batches.keys()].at(-1)).toBe(22_000);
});

test('a driver with a checkpoint repeats its last batch and takes the backlog into the first new one', () => {
  // It dies at 9 s, after the batch of 8 s was completed, and works again from 13 s on: it reruns 8 s,
  // then 10 s and 12 s. The batch of 10 s takes everything that arrived up to 13 s: records 9 … 13 of 13.
  const lane = run({ lane: { checkpoint: true }, faults: [crash(DRIVER, 9000, 11_000)] });
  expect(shown(lane)).toEqual([
    '4: a4',
    '8: a8',
    '8: a8',
    '12: a9', // batches 6, 8, 10, 12: 2 + 2 + 5 + 0
    '16: a8', // batches 10, 12, 14, 16: 5 + 0 + 1 + 2
    '20: a7', // batches 14, 16, 18, 20: 1 + 2 + 2 + 2
  ]);
  expect(lane.texts).toContain('Batches to reschedule (3 batches): 8000 ms, 10000 ms, 12000 ms');
  expect(lane.texts).not.toContain('duplicate');
  expectLedgerAgrees(lane);
});

test('a driver without a checkpoint begins anew: its zero time moves, and what was in open windows is lost', () => {
  // It dies at 9 s and works again from 13 s on; the first tick after that is 14 s, so the zero time is
  // 12 s and results come at 16 s and 20 s. It reads from the end of the log: record 13 (at 13.5 s) is the first.
  const lane = run({ faults: [crash(DRIVER, 9000, 11_000)] });
  expect(shown(lane)).toEqual(['4: a4', '8: a8', '16: a3', '20: a7']);
  // The old window of 12 s has number 2 and never fires; the new ones are others.
  expect(lane.outputs.map(({ window }) => window)).toEqual([0, 1, 3, 4]);
  // Window 8 was the last to fire; records 4 … 7 (batches of 6 s and 8 s) were still expected at 12 s,
  // and records 8 … 12 were never read.
  const { losses } = lane.book.bookings();
  const causeOf = new Map(losses.map(({ record, cause }) => [record, cause]));
  expect([...causeOf.keys()].sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(causeOf.get(7)).toBe('the driver died without a checkpoint');
  expect(causeOf.get(8)).toBe('skipped: auto.offset.reset = latest');
  expectLedgerAgrees(lane);
});

test('the same with auto.offset.reset = earliest reads everything again', () => {
  const lane = run({
    lane: { 'auto.offset.reset': 'earliest' },
    faults: [crash(DRIVER, 9000, 11_000)],
  });
  // The batch of 14 s takes records 0 … 13 at once; with 16 s that makes 16.
  expect(shown(lane).slice(2)).toEqual(['16: a16', '20: a20']);
  expect(lane.book.bookings().losses).toEqual([]);
  expect(lane.texts).toContain('duplicate');
  expectLedgerAgrees(lane);
});

test('the whole lane may die at once, also in the middle of a job', () => {
  const faults = [crash(DRIVER, 8250, 9000), crash(EXECUTOR, 8250, 9000)];
  const lane = run({ lane: { checkpoint: true }, faults });
  // Batch 8 s was pending; it is rerun at 11 s, before batch 10 s.
  expect(shown(lane).slice(0, 3)).toEqual(['4: a4', '8: a8', '12: a8']);
  expectLedgerAgrees(lane);
});

test('batches that waited when the driver died are run again, older than its checkpoint or not', () => {
  // Without an executor from 5 s on, the jobs of 8 s and 12 s wait; the driver dies at 13 s.
  const faults = [crash(EXECUTOR, 5000, 13_000), crash(DRIVER, 13_000, 13_500)];
  const lane = run({ lane: { checkpoint: true }, faults });
  expect(shown(lane).slice(0, 4)).toEqual(['4: a4', '8: a8', '12: a8', '16: a8']);
  expect(lane.outputs[1]?.visibleMs).toBeGreaterThan(15_500);
});

test('an inverse window goes on after a restart as if nothing had happened', () => {
  // C22: window 4, slide 1, one record a batch: 1 2 3 4 4 4 …, the repeated batch included.
  const lane = {
    api: 'scala' as const,
    batchIntervalMs: 1000,
    inverseFunction: true,
    checkpoint: true,
    program: { ...LANE.program, windowIntervalMs: 4000, slideIntervalMs: 1000 },
  };
  const costs = { ...COSTS, sparkStartUs: 100_000 };
  const { outputs } = run({ lane, costs, untilMs: 10_900, faults: [crash(DRIVER, 7500, 7700)] });
  expect(outputs.map(({ rows }) => rows)).toEqual('a1 a2 a3 a4 a4 a4 a4 a4 a4 a4 a4'.split(' '));
  expect(outputs.map(({ endS }) => endS)).toEqual([1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10]);
});

test('of jobs side by side the first in time decides from where on results fail, whichever fails first', () => {
  // Tasks of 1 s on two cores. +1 and -1 cancel and the filter drops the key, so the job of 3 s fails when it
  // merges, at 9 s; the batch of 5 s cannot be read, which its job finds at 8 s. The job of 4 s waits between them.
  const word = (second: number, line: string, partition: number) => ({
    atMs: second * 1000 + 500,
    partition,
    line,
  });
  const run = runLane(
    [
      ...[word(0, 'a 1', 1), word(0, 'x 1', 0), word(0, 'x 1', 0), word(0, 'a -1', 1)],
      ...[word(4, 'b 1', 1), word(4, 'b 1', 1), word(4, 'b 1', 1)],
    ],
    {
      untilMs: 24_000,
      partitions: 2,
      lane: {
        program: { ...LANE.program, windowIntervalMs: 2000, slideIntervalMs: 1000 },
        api: 'scala',
        batchIntervalMs: 1000,
        inverseFunction: true,
        filterZeros: true,
        checkpoint: true,
        'spark.streaming.concurrentJobs': 8,
      },
      costs: { sparkBatchUs: 1000, sparkTaskUs: 1_000_000 },
      damage: { atMs: 4200, length: 1 },
    },
  );
  const errors = run.texts.flatMap((text) => {
    const found = /^ERROR JobScheduler: Error running job streaming job (\d+) ms\.0: (.*)$/.exec(
      text,
    );
    return found ? [`${found[1]!} ${found[2]!.slice(0, 22)}`] : [];
  });
  expect(errors.slice(0, 3)).toEqual([
    '5000 requirement failed: Be',
    // Its window has the batch of 5 s to take away.
    '7000 requirement failed: Be',
    '3000 Neither previous windo',
  ]);
  // The result of 4 s is made of that of 3 s, which there is not.
  expect(errors).toContain('4000 Neither previous windo');
  expect(run.outputs.map(({ endS }) => endS)).toEqual([1, 2]);
});
