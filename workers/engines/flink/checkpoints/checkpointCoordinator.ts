/**
 * The job manager's clockwork for checkpoints: when one is triggered, when it is complete, and when it counts as a
 * failure. The first delay after a start is random in [min-pause, interval], so that jobs do not checkpoint in step.
 *
 * Follows Flink 1.20 `CheckpointCoordinator`, `CheckpointRequestDecider` and `CheckpointFailureManager`. Metadata is
 * written in no time; the cleaning of old checkpoints, operator coordinators and stop-with-savepoint are left out.
 */
import { assert } from '../../../kernel/assert.ts';
import { countsAsFailure, failureMessage, type FailureReason } from './failureReasons.ts';

/** `execution.checkpointing.*`, in milliseconds. */
export interface CoordinatorConfig {
  readonly intervalMs: number;
  readonly minPauseMs: number;
  readonly maxConcurrentCheckpoints: number;
  readonly timeoutMs: number;
  readonly tolerableFailedCheckpoints: number;
  readonly unaligned: boolean;
}

export interface PendingCheckpoint {
  readonly id: number;
  readonly savepoint: boolean;
  readonly triggeredMs: number;
  /** Tasks that have not acknowledged yet. */
  readonly waitingFor: string[];
}

interface CheckpointRequest {
  readonly savepoint: boolean;
  readonly requestedMs: number;
}

export interface CheckpointCoordinator {
  /** Grows across restarts. */
  nextCheckpointId: number;
  readonly pending: PendingCheckpoint[];
  /** Savepoints first, then by age. */
  readonly queued: CheckpointRequest[];
  lastCompletionMs: number | null;
  /** When the periodic timer runs next; null while the scheduler is stopped. */
  nextTriggerMs: number | null;
  consecutiveFailures: number;
  /** The newest checkpoint that completed; 0 before the first. A failure of an older one does not count. */
  lastSucceededId: number;
}

export function createCheckpointCoordinator(): CheckpointCoordinator {
  return {
    nextCheckpointId: 1,
    pending: [],
    queued: [],
    lastCompletionMs: null,
    nextTriggerMs: null,
    consecutiveFailures: 0,
    lastSucceededId: 0,
  };
}

/** A pause longer than the interval stretches the interval. */
export function effectiveIntervalMs(config: CoordinatorConfig): number {
  return Math.max(config.intervalMs, config.minPauseMs);
}

/** All tasks run: arms the periodic timer. @param draw a whole number from 0 up to, and without, its argument */
export function startScheduler(
  config: CoordinatorConfig,
  coordinator: CheckpointCoordinator,
  nowMs: number,
  draw: (bound: number) => number,
): void {
  const { minPauseMs } = config;
  coordinator.nextTriggerMs =
    nowMs + minPauseMs + draw(effectiveIntervalMs(config) - minPauseMs + 1);
}

/** The job stopped running: nothing is triggered any more, and all that is pending is aborted. @returns what was */
export function stopScheduler(coordinator: CheckpointCoordinator): PendingCheckpoint[] {
  coordinator.nextTriggerMs = null;
  coordinator.queued.length = 0;
  return coordinator.pending.splice(0);
}

/** The periodic timer ran at `nextTriggerMs`. @returns the checkpoint that begins now, or null */
export function onPeriodicTimer(
  config: CoordinatorConfig,
  coordinator: CheckpointCoordinator,
  nowMs: number,
  tasks: readonly string[],
): PendingCheckpoint | null {
  assert(coordinator.nextTriggerMs === nowMs, 'the periodic timer ran at the wrong time');
  coordinator.nextTriggerMs = nowMs + effectiveIntervalMs(config);
  coordinator.queued.push({ savepoint: false, requestedMs: nowMs });
  return triggerNext(config, coordinator, nowMs, tasks);
}

/** Somebody asks for a savepoint, which goes to the head of the queue. */
export function requestSavepoint(
  config: CoordinatorConfig,
  coordinator: CheckpointCoordinator,
  nowMs: number,
  tasks: readonly string[],
): PendingCheckpoint | null {
  const at = coordinator.queued.findIndex((request) => !request.savepoint);
  const request = { savepoint: true, requestedMs: nowMs };
  coordinator.queued.splice(at < 0 ? coordinator.queued.length : at, 0, request);
  return triggerNext(config, coordinator, nowMs, tasks);
}

/** `chooseRequestToExecute`. A periodic request that comes within the pause is dropped and the timer set anew. */
function triggerNext(
  config: CoordinatorConfig,
  coordinator: CheckpointCoordinator,
  nowMs: number,
  tasks: readonly string[],
): PendingCheckpoint | null {
  const request = coordinator.queued[0];
  if (request === undefined) return null;
  const forced = request.savepoint && !config.unaligned;
  if (coordinator.pending.length >= config.maxConcurrentCheckpoints && !forced) return null;
  coordinator.queued.shift();
  const { lastCompletionMs } = coordinator;
  const pauseLeftMs = lastCompletionMs === null ? 0 : lastCompletionMs + config.minPauseMs - nowMs;
  if (!request.savepoint && pauseLeftMs > 0) {
    coordinator.nextTriggerMs = nowMs + pauseLeftMs;
    return null;
  }
  const checkpoint = {
    id: coordinator.nextCheckpointId,
    savepoint: request.savepoint,
    triggeredMs: nowMs,
    waitingFor: [...tasks],
  };
  coordinator.nextCheckpointId++;
  coordinator.pending.push(checkpoint);
  return checkpoint;
}

/** What waits in the queue, as long as there is room for it: to be asked whenever a pending checkpoint is gone. */
export function triggerQueued(
  config: CoordinatorConfig,
  coordinator: CheckpointCoordinator,
  nowMs: number,
  tasks: readonly string[],
): PendingCheckpoint[] {
  const triggered: PendingCheckpoint[] = [];
  for (;;) {
    const checkpoint = triggerNext(config, coordinator, nowMs, tasks);
    if (checkpoint === null) return triggered;
    triggered.push(checkpoint);
  }
}

export interface Acknowledged {
  /** Set when this was the last acknowledgement. */
  readonly completed: PendingCheckpoint | null;
  /** Older pending checkpoints that the completed one made superfluous. */
  readonly subsumed: readonly PendingCheckpoint[];
}

/** A task acknowledged; an acknowledgement of a checkpoint that is gone is discarded. */
export function acknowledge(
  coordinator: CheckpointCoordinator,
  id: number,
  task: string,
  nowMs: number,
): Acknowledged {
  const checkpoint = coordinator.pending.find((pending) => pending.id === id);
  const at = checkpoint?.waitingFor.indexOf(task) ?? -1;
  if (checkpoint === undefined || at < 0) return { completed: null, subsumed: [] };
  checkpoint.waitingFor.splice(at, 1);
  if (checkpoint.waitingFor.length > 0) return { completed: null, subsumed: [] };
  remove(coordinator, checkpoint);
  if (id > coordinator.lastSucceededId) {
    coordinator.lastSucceededId = id;
    coordinator.consecutiveFailures = 0;
  }
  coordinator.lastCompletionMs = nowMs;
  // A savepoint is no recovery point, so it makes nothing superfluous; nor is one ever subsumed.
  const older = checkpoint.savepoint
    ? []
    : coordinator.pending.filter((pending) => pending.id < id && !pending.savepoint);
  for (const pending of older) remove(coordinator, pending);
  return { completed: checkpoint, subsumed: older };
}

export interface FailedCheckpoint {
  /** The checkpoint that is gone, or null when it was gone before. */
  readonly checkpoint: PendingCheckpoint | null;
  /** The message with which the job fails, or null when the failure is tolerated. */
  readonly failsJob: string | null;
}

/** A pending checkpoint expired, was declined or could not be finished. */
export function failCheckpoint(
  config: CoordinatorConfig,
  coordinator: CheckpointCoordinator,
  id: number,
  reason: FailureReason,
): FailedCheckpoint {
  const checkpoint = coordinator.pending.find((pending) => pending.id === id) ?? null;
  if (checkpoint === null) return { checkpoint, failsJob: null };
  remove(coordinator, checkpoint);
  // What the coordinator itself gives up counts for checkpoints only, what a task declines also for savepoints.
  const mayFailJob = !(checkpoint.savepoint && reason === 'CHECKPOINT_EXPIRED');
  if (!mayFailJob || id <= coordinator.lastSucceededId) return { checkpoint, failsJob: null };
  if (countsAsFailure(reason)) coordinator.consecutiveFailures++;
  if (coordinator.consecutiveFailures <= config.tolerableFailedCheckpoints)
    return { checkpoint, failsJob: null };
  coordinator.consecutiveFailures = 0;
  return { checkpoint, failsJob: failureMessage(reason) };
}

function remove(coordinator: CheckpointCoordinator, checkpoint: PendingCheckpoint): void {
  coordinator.pending.splice(coordinator.pending.indexOf(checkpoint), 1);
}

/** The refusals of `CheckpointConfig` and `CheckpointCoordinatorConfiguration`, or null. */
export function refusalOfCheckpointing(config: CoordinatorConfig): string | null {
  if (config.intervalMs < MINIMAL_CHECKPOINT_TIME)
    return `Checkpoint interval must be larger than or equal to ${MINIMAL_CHECKPOINT_TIME} ms`;
  if (config.timeoutMs < MINIMAL_CHECKPOINT_TIME)
    return `Checkpoint timeout must be larger than or equal to ${MINIMAL_CHECKPOINT_TIME} ms`;
  if (config.minPauseMs < 0) return 'Pause value must be zero or positive';
  if (config.maxConcurrentCheckpoints < 1)
    return 'The maximum number of concurrent attempts must be at least one.';
  if (config.tolerableFailedCheckpoints < 0)
    return 'The tolerable failure checkpoint number must be non-negative.';
  if (config.unaligned && config.maxConcurrentCheckpoints > 1)
    return "maxConcurrentCheckpoints can't be > 1 if UnalignedCheckpoints enabled";
  return null;
}

const MINIMAL_CHECKPOINT_TIME = 10;
