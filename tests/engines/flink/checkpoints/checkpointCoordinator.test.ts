import { describe, expect, test } from 'vitest';
import {
  acknowledge,
  createCheckpointCoordinator,
  effectiveIntervalMs,
  failCheckpoint,
  onPeriodicTimer,
  refusalOfCheckpointing,
  requestSavepoint,
  startScheduler,
  stopScheduler,
  triggerQueued,
  type CoordinatorConfig,
} from '../../../../workers/engines/flink/checkpoints/checkpointCoordinator.ts';

const config: CoordinatorConfig = {
  intervalMs: 10,
  minPauseMs: 0,
  maxConcurrentCheckpoints: 1,
  timeoutMs: 600_000,
  tolerableFailedCheckpoints: 0,
  unaligned: false,
};
const tasks = ['a', 'b'];

/** A coordinator whose first timer runs at 10. */
function started(changes: Partial<CoordinatorConfig> = {}) {
  const coordinator = createCheckpointCoordinator();
  startScheduler({ ...config, ...changes }, coordinator, 0, (bound) => bound - 1);
  return coordinator;
}

describe('C27 checkpoint coordinator', () => {
  test('the first delay lies between the pause and the interval', () => {
    const spaced = { ...config, minPauseMs: 4 };
    const coordinator = createCheckpointCoordinator();
    startScheduler(spaced, coordinator, 100, () => 0);
    expect(coordinator.nextTriggerMs).toBe(104);
    startScheduler(spaced, coordinator, 100, (bound) => bound - 1);
    expect(coordinator.nextTriggerMs).toBe(110);
    expect(effectiveIntervalMs({ ...config, minPauseMs: 50 })).toBe(50);
  });

  test('testMaxConcurrentAttempts1: no second until the first is acknowledged, then one more', () => {
    const coordinator = started();
    expect(onPeriodicTimer(config, coordinator, 10, tasks)?.id).toBe(1);
    expect(onPeriodicTimer(config, coordinator, 20, tasks)).toBe(null);
    expect(acknowledge(coordinator, 1, 'a', 21).completed).toBe(null);
    expect(acknowledge(coordinator, 1, 'b', 22).completed?.id).toBe(1);
    expect(triggerQueued(config, coordinator, 22, tasks).map(({ id }) => id)).toEqual([2]);
    expect(triggerQueued(config, coordinator, 22, tasks)).toEqual([]);
  });

  test('testSuccessfulCheckpointSubsumesUnsuccessful', () => {
    const two = { ...config, maxConcurrentCheckpoints: 2 };
    const coordinator = started();
    onPeriodicTimer(two, coordinator, 10, tasks);
    onPeriodicTimer(two, coordinator, 20, tasks);
    acknowledge(coordinator, 1, 'a', 21);
    acknowledge(coordinator, 2, 'a', 22);
    const { completed, subsumed } = acknowledge(coordinator, 2, 'b', 23);
    expect([completed?.id, subsumed.map(({ id }) => id)]).toEqual([2, [1]]);
    expect(acknowledge(coordinator, 1, 'b', 24)).toEqual({ completed: null, subsumed: [] });
    expect(coordinator.pending).toEqual([]);
  });

  test('testSavepointsAreNotSubsumed, and none waits for a free place', () => {
    const coordinator = started();
    onPeriodicTimer(config, coordinator, 10, tasks);
    expect(requestSavepoint(config, coordinator, 11, tasks)?.id).toBe(2);
    onPeriodicTimer(config, coordinator, 20, tasks);
    acknowledge(coordinator, 1, 'a', 21);
    acknowledge(coordinator, 1, 'b', 21);
    expect(coordinator.pending.map(({ id }) => id)).toEqual([2]);
    expect(requestSavepoint({ ...config, unaligned: true }, coordinator, 22, tasks)).toBe(null);
  });

  test('testMinCheckpointPause: a request within the pause sets the timer anew', () => {
    const paused = { ...config, intervalMs: 1000, minPauseMs: 1000 };
    const coordinator = createCheckpointCoordinator();
    startScheduler(paused, coordinator, 0, () => 0);
    expect(onPeriodicTimer(paused, coordinator, 1000, ['a'])?.id).toBe(1);
    acknowledge(coordinator, 1, 'a', 1500);
    // Completed at 1500, so nothing before 2500; the timer ran at 2000.
    expect(onPeriodicTimer(paused, coordinator, 2000, ['a'])).toBe(null);
    expect(coordinator.nextTriggerMs).toBe(2500);
    expect(onPeriodicTimer(paused, coordinator, 2500, ['a'])?.id).toBe(2);
  });

  test('testCheckpointTimeoutIsolated: an expired checkpoint is gone and counts', () => {
    const coordinator = started();
    onPeriodicTimer(config, coordinator, 10, tasks);
    const tolerant = { ...config, tolerableFailedCheckpoints: 1 };
    const failed = failCheckpoint(tolerant, coordinator, 1, 'CHECKPOINT_EXPIRED');
    expect([failed.checkpoint?.id, failed.failsJob]).toEqual([1, null]);
    expect(acknowledge(coordinator, 1, 'a', 30).completed).toBe(null);
    expect(failCheckpoint(tolerant, coordinator, 1, 'CHECKPOINT_EXPIRED').checkpoint).toBe(null);
  });

  test('by default the first counted failure fails the job; a success resets the count', () => {
    const coordinator = started();
    onPeriodicTimer(config, coordinator, 10, tasks);
    const { failsJob } = failCheckpoint(config, coordinator, 1, 'CHECKPOINT_EXPIRED');
    expect(failsJob).toBe(
      'Exceeded checkpoint tolerable failure threshold. The latest checkpoint failed due to ' +
        'Checkpoint expired before completing., view the Checkpoint History tab or the Job Manager ' +
        'log to find out why continuous checkpoints failed.',
    );
    onPeriodicTimer(config, coordinator, 20, tasks);
    const subsumed = failCheckpoint(config, coordinator, 2, 'CHECKPOINT_DECLINED_SUBSUMED');
    expect(subsumed.failsJob).toBe(null);
  });

  test('stopping aborts what is pending', () => {
    const coordinator = started();
    onPeriodicTimer(config, coordinator, 10, tasks);
    expect(stopScheduler(coordinator).map(({ id }) => id)).toEqual([1]);
    expect(coordinator.nextTriggerMs).toBe(null);
    expect(coordinator.nextCheckpointId).toBe(2);
  });
});

test.each([
  [{ intervalMs: 9 }, 'Checkpoint interval must be larger than or equal to 10 ms'],
  [{ timeoutMs: 9 }, 'Checkpoint timeout must be larger than or equal to 10 ms'],
  [{ minPauseMs: -1 }, 'Pause value must be zero or positive'],
  [
    { maxConcurrentCheckpoints: 0 },
    'The maximum number of concurrent attempts must be at least one.',
  ],
  [
    { tolerableFailedCheckpoints: -1 },
    'The tolerable failure checkpoint number must be non-negative.',
  ],
  [
    { unaligned: true, maxConcurrentCheckpoints: 2 },
    "maxConcurrentCheckpoints can't be > 1 if UnalignedCheckpoints enabled",
  ],
  [{}, null],
])('refusal of %o', (changes, message) => {
  expect(refusalOfCheckpointing({ ...config, ...changes })).toBe(message);
});

test('an expired savepoint fails no job, nor does one that is older than the last success', () => {
  const coordinator = createCheckpointCoordinator();
  const fail = (id: number, reason: 'CHECKPOINT_EXPIRED' | 'CHECKPOINT_DECLINED') =>
    failCheckpoint(config, coordinator, id, reason).failsJob === null;
  for (let i = 0; i < 4; i++) requestSavepoint(config, coordinator, 0, tasks);
  expect(fail(1, 'CHECKPOINT_EXPIRED')).toBe(true);
  for (const task of tasks) acknowledge(coordinator, 3, task, 0);
  expect(fail(2, 'CHECKPOINT_DECLINED')).toBe(true);
  expect(fail(4, 'CHECKPOINT_DECLINED')).toBe(false);
});
