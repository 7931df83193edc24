/**
 * How a window task takes part in checkpoints: it counts barriers, writes down its state, keeps what an unaligned barrier
 * overtook, and acknowledges when all of that is stored.
 *
 * Follows Flink 1.20 `SubtaskCheckpointCoordinatorImpl` and `ChannelStateWriterImpl`. Simplified: a buffer that is being
 * worked on counts as in flight; channel state adds nothing to the time of the upload.
 */
import { assert, present } from '../../kernel/assert.ts';
import { processBarrier } from './checkpoints/barrierAligner.ts';
import { trackBarrier } from './checkpoints/barrierTracker.ts';
import { preCommit } from './checkpoints/twoPhaseCommit.ts';
import type {
  FlinkEnvironment,
  FlinkState,
  StreamElement,
  WindowTask,
  WindowTaskSnapshot,
} from './job.ts';
import { commitSink } from './sink.ts';
import { snapshotWindows } from './windows/windowSnapshot.ts';

/** A barrier takes effect: behind the data before it, or, unaligned, ahead of it. */
export function receiveBarrier(
  state: FlinkState,
  subtask: number,
  channel: number,
  checkpointId: number,
  env: FlinkEnvironment,
): void {
  const task = present(state.windows[subtask], 'the window task');
  const { aligner, tracker } = task;
  if (aligner === null) {
    const { triggered } = trackBarrier(present(tracker, 'the tracker'), channel, checkpointId);
    if (triggered !== null)
      store(state, subtask, triggered, snapshotOf(state, subtask, triggered), env);
    return;
  }
  const { triggered, completed } = processBarrier(aligner, channel, checkpointId);
  if (triggered !== null) {
    const inFlight =
      aligner.mode === 'unaligned' ? task.gate.map((_, from) => waitingOn(task, from)) : [];
    task.capture = {
      checkpointId: triggered,
      snapshot: snapshotOf(state, subtask, triggered),
      inFlight,
    };
  }
  if (completed !== null) {
    const captured = present(task.capture, 'the snapshot of a completed checkpoint');
    assert(captured.checkpointId === completed, 'barriers complete the snapshot that they began');
    const { snapshot, inFlight } = captured;
    task.capture = null;
    store(state, subtask, completed, { ...snapshot, inFlight }, env);
  }
  if (aligner.mode === 'unaligned' || state.parallelism === 1 || aligner.blocked.includes(true))
    return;
  // Aligned: the senders, which stopped behind their barriers, may go on.
  const { attempt } = state.jobManager;
  state.taskManagers.forEach((process, source) => {
    const latencyUs = source === subtask ? 0 : env.costs.linkLatencyUs;
    env.after(process, latencyUs, {
      type: 'resume consumption',
      subtask: source,
      attempt,
      output: subtask,
    });
  });
}

/** What came on a channel and has not taken effect yet. */
function waitingOn(task: WindowTask, channel: number): StreamElement[] {
  const atWork = task.working?.channel === channel ? task.working.elements : [];
  const queued = (task.gate[channel] ?? []).flatMap((item) =>
    item.kind === 'buffer' ? item.elements : [],
  );
  return [...atWork, ...queued];
}

function snapshotOf(state: FlinkState, subtask: number, checkpointId: number): WindowTaskSnapshot {
  const task = present(state.windows[subtask], 'the window task');
  return {
    windows: snapshotWindows(task.operator),
    totals: new Map(task.totals),
    transactions: preCommit(task.sink, checkpointId),
    counted: present(state.counted[subtask], 'the counted tuples').length,
    inFlight: [],
  };
}

/** Uploads a snapshot and acknowledges it. */
function store(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  snapshot: WindowTaskSnapshot,
  env: FlinkEnvironment,
): void {
  const process = present(state.taskManagers[subtask], 'a task manager');
  const uploadUs = env.costs.flinkSnapshotUs * env.slowness(process) + env.costs.linkLatencyUs;
  env.after(state.jobManagerProcess, uploadUs, {
    type: 'acknowledge checkpoint',
    subtask,
    attempt: state.jobManager.attempt,
    checkpointId,
    snapshot: { task: 'window', snapshot },
  });
}

/** `notifyCheckpointComplete`: the sink commits. */
export function completeCheckpoint(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  env: FlinkEnvironment,
): void {
  commitSink(state, subtask, checkpointId, env);
}
