/** The checkpoint coordinator on a bench, where the script plays the tasks and the clock. */
import * as v from 'valibot';
import {
  acknowledge,
  createCheckpointCoordinator,
  failCheckpoint,
  onPeriodicTimer,
  refusalOfCheckpointing,
  requestSavepoint,
  startScheduler,
  stopScheduler,
  triggerQueued,
  type CheckpointCoordinator,
  type CoordinatorConfig,
  type PendingCheckpoint,
} from '../checkpoints/checkpointCoordinator.ts';
import { failureReasons, type FailureReason } from '../checkpoints/failureReasons.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs, small } from './schemas.ts';

const config = v.pipe(
  v.strictObject({
    tasks: v.array(v.string()),
    'execution.checkpointing.interval': longMs,
    'execution.checkpointing.min-pause': v.optional(longMs, 0),
    'execution.checkpointing.max-concurrent-checkpoints': v.optional(longMs, 1),
    'execution.checkpointing.timeout': v.optional(longMs, 600_000),
    'execution.checkpointing.tolerable-failed-checkpoints': v.optional(longMs, 0),
    'execution.checkpointing.unaligned.enabled': v.optional(v.boolean(), false),
  }),
  v.transform((keys): CoordinatorConfig & { readonly tasks: readonly string[] } => ({
    tasks: keys.tasks,
    intervalMs: keys['execution.checkpointing.interval'],
    minPauseMs: keys['execution.checkpointing.min-pause'],
    maxConcurrentCheckpoints: keys['execution.checkpointing.max-concurrent-checkpoints'],
    timeoutMs: keys['execution.checkpointing.timeout'],
    tolerableFailedCheckpoints: keys['execution.checkpointing.tolerable-failed-checkpoints'],
    unaligned: keys['execution.checkpointing.unaligned.enabled'],
  })),
);

type Config = v.InferOutput<typeof config>;

interface RunningJob {
  readonly coordinator: CheckpointCoordinator;
  nowMs: number;
}

/** What happened in one step. */
interface Told {
  readonly triggered: number[];
  readonly completed: number[];
  readonly aborted: { id: number; reason: FailureReason }[];
  failsJob: string | null;
}

export const checkpointCoordinatorBench = benchOf({
  component: 'flink/checkpoint-coordinator',
  meaning:
    'CheckpointCoordinator of a job with some tasks. Steps: {firstTriggerMs} (all tasks run; the first delay is random, ' +
    'and the script says when it ends), {clockMs}, {savepoint: true}, {acknowledge: id, task}, {decline: id, task, ' +
    'reason}, {stop: true} (the tasks run no longer).',
  config,
  step: v.union([
    v.strictObject({ firstTriggerMs: longMs }),
    v.strictObject({ clockMs: longMs }),
    v.strictObject({ savepoint: v.literal(true) }),
    v.strictObject({ stop: v.literal(true) }),
    v.strictObject({ acknowledge: small, task: v.string() }),
    v.strictObject({ decline: small, task: v.string(), reason: v.picklist(failureReasons) }),
  ]),
  refusal: refusalOfCheckpointing,
  create: (): RunningJob => ({ coordinator: createCheckpointCoordinator(), nowMs: 0 }),
  play(job, step, settings) {
    const { coordinator, nowMs } = job;
    const told: Told = { triggered: [], completed: [], aborted: [], failsJob: null };
    if ('clockMs' in step) passTime(settings, job, step.clockMs, told);
    else if ('firstTriggerMs' in step)
      startScheduler(
        settings,
        coordinator,
        nowMs,
        () => step.firstTriggerMs - nowMs - settings.minPauseMs,
      );
    else if ('savepoint' in step) {
      const savepoint = requestSavepoint(settings, coordinator, nowMs, settings.tasks);
      if (savepoint !== null) told.triggered.push(savepoint.id);
    } else if ('stop' in step)
      abort(stopScheduler(coordinator), 'CHECKPOINT_COORDINATOR_SUSPEND', told);
    else if ('acknowledge' in step) {
      const outcome = acknowledge(coordinator, step.acknowledge, step.task, nowMs);
      if (outcome.completed !== null) told.completed.push(outcome.completed.id);
      abort(outcome.subsumed, 'CHECKPOINT_SUBSUMED', told);
      if (outcome.completed !== null) triggerWaiting(settings, job, told);
    } else fail(settings, job, step.decline, step.reason, told);
    return { ...told, nextTriggerMs: coordinator.nextTriggerMs };
  },
});

/** Lets the timer and the time limits of pending checkpoints run, in the order of their times. */
function passTime(settings: Config, job: RunningJob, clockMs: number, told: Told): void {
  const { coordinator } = job;
  for (;;) {
    const oldest = coordinator.pending[0];
    const expiryMs = oldest === undefined ? Infinity : oldest.triggeredMs + settings.timeoutMs;
    const triggerMs = coordinator.nextTriggerMs ?? Infinity;
    if (Math.min(expiryMs, triggerMs) > clockMs) break;
    job.nowMs = Math.min(expiryMs, triggerMs);
    if (oldest !== undefined && expiryMs <= triggerMs)
      fail(settings, job, oldest.id, 'CHECKPOINT_EXPIRED', told);
    else {
      const checkpoint = onPeriodicTimer(settings, coordinator, job.nowMs, settings.tasks);
      if (checkpoint !== null) told.triggered.push(checkpoint.id);
    }
  }
  job.nowMs = clockMs;
}

function fail(settings: Config, job: RunningJob, id: number, reason: FailureReason, told: Told) {
  const { checkpoint, failsJob } = failCheckpoint(settings, job.coordinator, id, reason);
  if (checkpoint === null) return;
  told.aborted.push({ id, reason });
  told.failsJob = failsJob;
  triggerWaiting(settings, job, told);
}

function triggerWaiting(settings: Config, { coordinator, nowMs }: RunningJob, told: Told): void {
  for (const { id } of triggerQueued(settings, coordinator, nowMs, settings.tasks))
    told.triggered.push(id);
}

function abort(checkpoints: readonly PendingCheckpoint[], reason: FailureReason, told: Told): void {
  for (const { id } of checkpoints) told.aborted.push({ id, reason });
}
