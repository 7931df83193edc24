/**
 * The job manager: it triggers checkpoints, gathers what the tasks acknowledge, and when a task manager is lost restarts
 * the whole job from the latest completed checkpoint. The whole job, because a `keyBy` joins all tasks into one region.
 *
 * Follows Flink 1.20 `JobMaster`, `CheckpointCoordinator` and `RestartPipelinedRegionFailoverStrategy`. Simplified:
 * cancelling tasks takes no time; a lost task manager is noticed by its closed connections, never by a missed
 * heartbeat; checkpoints lie in the job manager's memory (`execution.checkpointing.dir` is not set) and there is no
 * high availability, so an application whose job manager dies starts anew.
 */
import { append, createAppendLog, itemAt } from '../../kernel/appendLog.ts';
import { present } from '../../kernel/assert.ts';
import { nextInt } from '../../kernel/random.ts';
import {
  acknowledge,
  createCheckpointCoordinator,
  failCheckpoint,
  onPeriodicTimer,
  startScheduler,
  stopScheduler,
  triggerQueued,
  type CoordinatorConfig,
  type PendingCheckpoint,
} from './checkpoints/checkpointCoordinator.ts';
import { reasonMessage, type FailureReason } from './checkpoints/failureReasons.ts';
import { barrierModeOf, type FlinkConfig } from './config.ts';
import {
  createExponentialDelay,
  exponentialDelayDefaults,
  notifyFailure,
  type ExponentialDelayConfig,
} from './exponentialDelay.ts';
import {
  log,
  post,
  wallClockMs,
  type FlinkEnvironment,
  type FlinkState,
  type JobManager,
  type JobStatus,
  type PendingSnapshots,
  type SourceSnapshot,
  type StoredCheckpoint,
  type TaskSnapshot,
  type WindowTaskSnapshot,
} from './job.ts';
import { forgetCounted, forgetEverything } from './laneLedger.ts';
import { startSource } from './sourceTask.ts';
import { startWindowTask } from './windowTask.ts';

const JOB_ID = '00000000000000000000000000000000';
const JOB = `job ${JOB_ID}`;

export function createJobManager(taskManagers: number): JobManager {
  return {
    isUp: true,
    status: 'CREATED',
    attempt: 0,
    waitsForSlots: true,
    registered: Array.from({ length: taskManagers }, () => true),
    restarts: createExponentialDelay(),
    coordinator: createCheckpointCoordinator(),
    snapshots: new Map(),
    completed: createAppendLog(),
    stored: createAppendLog(),
    log: [],
  };
}

/** The job's checkpointing; null when it is off. */
export function coordinatorConfigOf(config: FlinkConfig): CoordinatorConfig | null {
  const intervalMs = config['execution.checkpointing.interval'];
  if (intervalMs === null) return null;
  return {
    intervalMs,
    minPauseMs: config['execution.checkpointing.min-pause'],
    maxConcurrentCheckpoints: config['execution.checkpointing.max-concurrent-checkpoints'],
    timeoutMs: config['execution.checkpointing.timeout'],
    tolerableFailedCheckpoints: config['execution.checkpointing.tolerable-failed-checkpoints'],
    unaligned: barrierModeOf(config) === 'unaligned',
  };
}

/** The latest completed checkpoint, or null. */
export function latestCheckpoint(state: FlinkState): StoredCheckpoint | null {
  const { stored } = state.jobManager;
  return stored.length === 0 ? null : itemAt(stored, 0);
}

/** Deploys all tasks as soon as each has a slot. */
export function deployWhenPossible(state: FlinkState, env: FlinkEnvironment): void {
  const { jobManager } = state;
  if (!jobManager.isUp || !jobManager.waitsForSlots) return;
  if (jobManager.registered.includes(false)) return;
  jobManager.waitsForSlots = false;
  jobManager.attempt++;
  const checkpoint = latestCheckpoint(state);
  if (jobManager.status === 'RESTARTING')
    log(
      state,
      env,
      checkpoint === null
        ? 'No checkpoint found during restore.'
        : `Restoring ${JOB} from Checkpoint ${checkpoint.id} @ ${env.startEpochMs + checkpoint.triggeredMs} for ${JOB} located at <checkpoint-not-externally-addressable>.`,
    );
  jobManager.status = 'RUNNING';
  const { attempt } = jobManager;
  state.taskManagers.forEach((process, subtask) => {
    post(env, process, { type: 'deploy', subtask, attempt });
  });
  startPeriodicCheckpoints(state, env);
}

/** A task manager starts its two tasks, with the state of the latest checkpoint. */
export function deployTasks(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const checkpoint = latestCheckpoint(state);
  if (state.jobManager.attempt > 1) state.restoredOccurrences = env.results?.mark() ?? 0;
  startWindowTask(state, subtask, checkpoint?.windows[subtask] ?? null, env);
  startSource(state, subtask, checkpoint?.sources[subtask] ?? null, env);
}

function startPeriodicCheckpoints(state: FlinkState, env: FlinkEnvironment): void {
  const config = coordinatorConfigOf(state.config);
  if (config === null) return;
  const { coordinator } = state.jobManager;
  const stream = env.random('first checkpoint');
  startScheduler(config, coordinator, runMs(env), (bound) => nextInt(stream, bound));
  schedulePeriodicTrigger(state, env);
}

function schedulePeriodicTrigger(state: FlinkState, env: FlinkEnvironment): void {
  const { coordinator, attempt } = state.jobManager;
  const atMs = coordinator.nextTriggerMs;
  if (atMs === null) return;
  env.at(state.jobManagerProcess, atMs * 1000, { type: 'periodic trigger', atMs, attempt });
}

/** The periodic timer; one that was set anew in the meantime is ignored. */
export function runPeriodicTrigger(state: FlinkState, atMs: number, env: FlinkEnvironment): void {
  const config = present(coordinatorConfigOf(state.config), 'checkpointing');
  const { coordinator } = state.jobManager;
  if (coordinator.nextTriggerMs !== atMs) return;
  const checkpoint = onPeriodicTimer(config, coordinator, atMs, tasksOf(state));
  schedulePeriodicTrigger(state, env);
  if (checkpoint !== null) beginCheckpoint(state, config, checkpoint, env);
}

function beginCheckpoint(
  state: FlinkState,
  config: CoordinatorConfig,
  checkpoint: PendingCheckpoint,
  env: FlinkEnvironment,
): void {
  const { jobManager, numbers } = state;
  const { id } = checkpoint;
  const none = () => null;
  const span = state.checkpointSpans++;
  jobManager.snapshots.set(id, {
    span,
    sources: state.taskManagers.map(none),
    windows: state.taskManagers.map(none),
  });
  env.trace.begin(numbers.checkpointSeries, span, env.nowUs);
  const type = "CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}";
  log(state, env, `Triggering checkpoint ${id} (type=${type}) @ ${wallClockMs(env)} for ${JOB}.`);
  const { attempt } = jobManager;
  state.taskManagers.forEach((process, subtask) => {
    post(env, process, { type: 'trigger checkpoint', subtask, attempt, checkpointId: id });
  });
  env.after(state.jobManagerProcess, config.timeoutMs * 1000, {
    type: 'checkpoint expires',
    checkpointId: id,
  });
}

/** A task's snapshot is stored; with the last of them the checkpoint is complete. */
export function receiveAcknowledgement(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  acknowledged: TaskSnapshot,
  env: FlinkEnvironment,
): void {
  const { coordinator, snapshots } = state.jobManager;
  const gathered = snapshots.get(checkpointId);
  if (gathered === undefined) return;
  if (acknowledged.task === 'source') gathered.sources[subtask] = acknowledged.snapshot;
  else gathered.windows[subtask] = acknowledged.snapshot;
  const name = taskName(acknowledged.task, subtask);
  const { completed, subsumed } = acknowledge(coordinator, checkpointId, name, runMs(env));
  for (const { id } of subsumed) dropCheckpoint(state, id, 'CHECKPOINT_SUBSUMED', env);
  if (completed !== null) completeCheckpoint(state, completed, gathered, env);
}

function completeCheckpoint(
  state: FlinkState,
  { id, triggeredMs }: PendingCheckpoint,
  gathered: PendingSnapshots,
  env: FlinkEnvironment,
): void {
  const { jobManager, numbers } = state;
  const completedMs = runMs(env);
  const sources = gathered.sources.map((snapshot) => present(snapshot, 'a source snapshot'));
  const windows = gathered.windows.map((snapshot) => present(snapshot, 'a window snapshot'));
  const offsets: SourceSnapshot['offsets'][number][] = [];
  for (const source of sources) offsets.push(...source.offsets);
  jobManager.stored = createAppendLog();
  append(jobManager.stored, { id, triggeredMs, sources, windows });
  append(jobManager.completed, {
    id,
    triggeredMs,
    completedMs,
    offsets,
    stateEntries: windows.reduce((sum, task) => sum + entriesOf(task), 0),
  });
  jobManager.snapshots.delete(id);
  env.trace.end(numbers.checkpointSeries, gathered.span, 1);
  log(
    state,
    env,
    `Completed checkpoint ${id} for ${JOB} (checkpointDuration=${completedMs - triggeredMs} ms).`,
  );
  const { attempt } = jobManager;
  state.taskManagers.forEach((process, subtask) => {
    post(env, process, { type: 'checkpoint complete', subtask, attempt, checkpointId: id });
  });
  beginQueued(state, env);
}

function entriesOf({ windows, totals }: WindowTaskSnapshot): number {
  return windows.stateEntries + totals.size;
}

/** The checkpoint's time is up. */
export function expireCheckpoint(state: FlinkState, id: number, env: FlinkEnvironment): void {
  const config = present(coordinatorConfigOf(state.config), 'checkpointing');
  const { coordinator } = state.jobManager;
  const failed = failCheckpoint(config, coordinator, id, 'CHECKPOINT_EXPIRED');
  if (failed.checkpoint === null) return;
  dropCheckpoint(state, id, 'CHECKPOINT_EXPIRED', env);
  if (failed.failsJob !== null) failJob(state, failed.failsJob, env);
  else beginQueued(state, env);
}

function beginQueued(state: FlinkState, env: FlinkEnvironment): void {
  const config = present(coordinatorConfigOf(state.config), 'checkpointing');
  const { coordinator } = state.jobManager;
  const timerMs = coordinator.nextTriggerMs;
  const checkpoints = triggerQueued(config, coordinator, runMs(env), tasksOf(state));
  if (coordinator.nextTriggerMs !== timerMs) schedulePeriodicTrigger(state, env);
  for (const checkpoint of checkpoints) beginCheckpoint(state, config, checkpoint, env);
}

function dropCheckpoint(
  state: FlinkState,
  id: number,
  reason: FailureReason,
  env: FlinkEnvironment,
): void {
  const { snapshots } = state.jobManager;
  const { span } = present(snapshots.get(id), 'the snapshots of a pending checkpoint');
  snapshots.delete(id);
  env.trace.end(state.numbers.checkpointSeries, span, 0);
  const message = reasonMessage(reason);
  log(state, env, `Failed to trigger or complete checkpoint ${id} for ${JOB}. ${message}`);
}

/** A task failed: everything stops, and after the backoff starts again from the latest checkpoint. */
export function failJob(state: FlinkState, cause: string, env: FlinkEnvironment): void {
  const { jobManager } = state;
  if (jobManager.status !== 'RUNNING') return;
  stopTasks(state, env);
  log(state, env, cause);
  if (coordinatorConfigOf(state.config) === null) {
    switchStatus(state, 'FAILING', env);
    const recovery = 'Recovery is suppressed by NoRestartBackoffTimeStrategy';
    log(state, env, `org.apache.flink.runtime.JobException: ${recovery}`);
    switchStatus(state, 'FAILED', env);
    return;
  }
  switchStatus(state, 'RESTARTING', env);
  const stream = env.random('restart backoff');
  const config = exponentialDelayOf(state.config);
  notifyFailure(config, jobManager.restarts, runMs(env), (bound) => nextInt(stream, bound));
  const { attempt, restarts } = jobManager;
  env.at(state.jobManagerProcess, Math.max(env.nowUs, restarts.nextRestartMs * 1000), {
    type: 'backoff over',
    attempt,
  });
}

function switchStatus(state: FlinkState, status: JobStatus, env: FlinkEnvironment): void {
  const { jobManager, config } = state;
  const change = `switched from state ${jobManager.status} to ${status}.`;
  log(state, env, `Job ${config.id} (${JOB_ID}) ${change}`);
  jobManager.status = status;
}

/** Cancels the tasks. What they had counted since the latest checkpoint is forgotten, and will be read again. */
export function stopTasks(state: FlinkState, env: FlinkEnvironment): void {
  const { jobManager } = state;
  // Whatever this attempt still has under way is void.
  jobManager.attempt++;
  for (const { id } of stopScheduler(jobManager.coordinator))
    dropCheckpoint(state, id, 'CHECKPOINT_COORDINATOR_SUSPEND', env);
  const checkpoint = latestCheckpoint(state);
  state.sources.fill(null);
  state.windows.fill(null);
  if (checkpoint === null) forgetEverything(state, env);
  else
    checkpoint.windows.forEach(({ counted }, subtask) => {
      forgetCounted(state, subtask, counted, env);
    });
}

/** The job manager is back, with nothing: its checkpoints were in its memory. */
export function startAnew(state: FlinkState, env: FlinkEnvironment): void {
  const { jobManager } = state;
  const fresh = createJobManager(state.parallelism);
  state.taskManagersUp.forEach((isUp, taskManager) => {
    jobManager.registered[taskManager] = isUp;
  });
  state.committed.fill(0);
  jobManager.isUp = true;
  jobManager.status = 'RESTARTING';
  jobManager.waitsForSlots = true;
  Object.assign(jobManager.restarts, fresh.restarts);
  Object.assign(jobManager.coordinator, fresh.coordinator);
  deployWhenPossible(state, env);
}

export function exponentialDelayOf(config: FlinkConfig): ExponentialDelayConfig {
  return {
    ...exponentialDelayDefaults,
    initialBackoffMs: config['restart-strategy.exponential-delay.initial-backoff'],
    maxBackoffMs: config['restart-strategy.exponential-delay.max-backoff'],
  };
}

/** The names under which tasks acknowledge. */
function tasksOf(state: FlinkState): string[] {
  const names: string[] = [];
  for (let subtask = 0; subtask < state.parallelism; subtask++)
    names.push(taskName('source', subtask), taskName('window', subtask));
  return names;
}

function taskName(task: TaskSnapshot['task'], subtask: number): string {
  return `${task}-${subtask + 1}`;
}

/** Milliseconds since the run's start: the clock of coordinator and restart strategy. */
function runMs(env: FlinkEnvironment): number {
  return Math.floor(env.nowUs / 1000);
}
