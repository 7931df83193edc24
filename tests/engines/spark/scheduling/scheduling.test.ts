import { expect, test } from 'vitest';
import {
  defaultCheckpointInterval,
  mapWithStateCheckpointInterval,
  refuseCheckpoint,
  refuseWithoutOutput,
} from '../../../../workers/engines/spark/scheduling/checkpointInterval.ts';
import {
  createJobScheduler,
  finishJob,
  pendingTimes,
  processingDelayUs,
  schedulingDelayUs,
  startNextJob,
  submitJobSet,
  totalDelayUs,
  waitingJobs,
} from '../../../../workers/engines/spark/scheduling/jobScheduler.ts';
import { recover } from '../../../../workers/engines/spark/scheduling/recovery.ts';
import {
  isForgotten,
  ownRemember,
  parentRemember,
} from '../../../../workers/engines/spark/scheduling/remember.ts';

test('one job at a time: scheduling delays of batches that take too long', () => {
  // Section 1: start_k = max(submit_k, end_{k-1}), one batch a second.
  const costs = [400, 1500, 1500, 1500, 300, 300, 300, 300];
  const scheduler = createJobScheduler(1);
  const delays: number[] = [];
  let freeMs = 0;
  costs.forEach((_cost, k) => submitJobSet(scheduler, (k + 1) * 1000, 1, 10, (k + 1) * 1_000_000));
  for (const [k, cost] of costs.entries()) {
    const startMs = Math.max((k + 1) * 1000, freeMs);
    const job = startNextJob(scheduler, startMs * 1000);
    expect(job).toEqual({ batchMs: (k + 1) * 1000, outputOpId: 0 });
    expect(startNextJob(scheduler, startMs * 1000)).toBeNull();
    freeMs = startMs + cost;
    const batch = job && finishJob(scheduler, job, true, freeMs * 1000);
    if (!batch) throw new Error('the only job of a batch completes it');
    delays.push(schedulingDelayUs(batch) / 1000);
    expect(processingDelayUs(batch)).toBe(cost * 1000);
    expect(totalDelayUs(batch, (k + 1) * 1_000_000)).toBe((freeMs - (k + 1) * 1000) * 1000);
  }
  expect(delays).toEqual([0, 0, 500, 1000, 1500, 800, 100, 0]);
  expect(pendingTimes(scheduler)).toEqual([]);
});

test('with two threads batches overlap, and with two outputs a batch ends with its last job', () => {
  const scheduler = createJobScheduler(2);
  submitJobSet(scheduler, 1000, 2, 5, 1_000_000);
  submitJobSet(scheduler, 2000, 1, 5, 2_000_000);
  submitJobSet(scheduler, 3000, 0, 5, 3_000_000);
  const first = startNextJob(scheduler, 2_000_000);
  const second = startNextJob(scheduler, 2_000_000);
  expect(waitingJobs(scheduler)).toBe(1);
  if (!first || !second) throw new Error('two threads take two jobs');
  expect(finishJob(scheduler, first, true, 2_100_000)).toBeNull();
  expect(startNextJob(scheduler, 2_100_000)?.batchMs).toBe(2000);
  expect(finishJob(scheduler, second, false, 2_200_000)?.batchMs).toBe(1000);
  // Its last job failed, so batch 1000 stays pending; batch 3000 had no job and is nowhere.
  expect(pendingTimes(scheduler)).toEqual([1000, 2000]);
});

test.each([
  // batch interval, mapWithState default = 10 slides
  [100, 1000],
  [1000, 10_000],
  [10_000, 100_000],
])('C16 mapWithState with batches of %i ms is checkpointed every %i ms', (slide, interval) => {
  expect(mapWithStateCheckpointInterval(slide)).toBe(interval);
});

test.each([
  [500, 10_000],
  [1000, 10_000],
  [3000, 12_000],
  [15_000, 15_000],
])('state with a slide of %i ms is checkpointed every %i ms', (slide, interval) => {
  expect(defaultCheckpointInterval(slide)).toBe(interval);
});

const stream = {
  className: 'ReducedWindowedDStream',
  slideMs: 4000,
  checkpointMs: 12_000,
  rememberMs: 24_000,
  directorySet: true,
};

test.each([
  [
    { directorySet: false },
    'The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
  ],
  [
    { checkpointMs: 2000 },
    'The checkpoint interval for ReducedWindowedDStream has been set to 2000 ms which is lower than its slide time (4000 ms). Please set it to at least 4000 ms.',
  ],
  [
    { checkpointMs: 10_000 },
    'The checkpoint interval for ReducedWindowedDStream has been set to  10000 ms which not a multiple of its slide time (4000 ms). Please set it to a multiple of 4000 ms.',
  ],
  [
    { rememberMs: 12_000 },
    'The remember duration for ReducedWindowedDStream has been set to  12000 ms which is not more than the checkpoint interval (12000 ms). Please set it to a value higher than 12000 ms.',
  ],
])('%o does not start', (changes, message) => {
  expect(refuseCheckpoint({ ...stream, ...changes })?.message).toBe(
    `requirement failed: ${message}`,
  );
});

test('what fits starts, and a program without outputs does not', () => {
  expect(refuseCheckpoint(stream)).toBeNull();
  expect(refuseWithoutOutput(1)).toBeNull();
  expect(refuseWithoutOutput(0)?.message).toBe(
    'requirement failed: No output operations registered, so nothing to execute',
  );
});

test('C20 rdd cleanup: windows of windows add up what their parents remember', () => {
  // map -> window(2 s, 1 s) -> window(4 s, 2 s), ssc.remember(3 s), after batch 10
  const window2 = Math.max(ownRemember(2000, null), 3000);
  const window1 = Math.max(ownRemember(1000, null), parentRemember(window2, 4000));
  const map = Math.max(ownRemember(1000, null), parentRemember(window1, 2000));
  expect([window2, window1, map]).toEqual([3000, 7000, 9000]);
  const kept = (rememberMs: number, slideMs: number): number[] => {
    const times = [];
    for (let t = slideMs; t <= 10_000; t += slideMs) {
      if (!isForgotten(t, 10_000, rememberMs)) times.push(t / 1000);
    }
    return times;
  };
  expect(kept(window2, 2000)).toEqual([8, 10]);
  expect(kept(window1, 1000)).toEqual([4, 5, 6, 7, 8, 9, 10]);
  expect(kept(map, 1000)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('C20 updateStateByKey with a checkpoint interval of 3 s remembers 6 s', () => {
  const rememberMs = ownRemember(1000, 3000);
  expect(rememberMs).toBe(6000);
  expect(isForgotten(4000, 10_000, rememberMs)).toBe(true);
  expect(isForgotten(10_000, 10_000, rememberMs)).toBe(false);
});

test('C21 a restart after batch 7 runs batch 7 again', () => {
  // p = 500 ms; the newest checkpoint is of batch 7 (3500 ms) and the driver is back at once.
  const again = recover({ zeroTimeMs: 0, checkpointTimeMs: 3500, pendingTimesMs: [] }, 500, 3500);
  expect(again).toEqual({ rescheduleMs: [3500], nextTickMs: 4000 });
});

test('C23 the batches of the down time are rerun at once', () => {
  // p = 2 s; batch 6000 hung, 8000 was generated, the clock is at 15 000 at the restart.
  const checkpoint = { zeroTimeMs: 0, checkpointTimeMs: 8000, pendingTimesMs: [8000, 6000] };
  expect(recover(checkpoint, 2000, 15_000)).toEqual({
    rescheduleMs: [6000, 8000, 10_000, 12_000, 14_000],
    nextTickMs: 16_000,
  });
});
