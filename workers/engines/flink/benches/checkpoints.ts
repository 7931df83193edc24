/** Barriers, the checkpoint coordinator and the transactional sink, on benches. */
import * as v from 'valibot';
import {
  createBarrierAligner,
  persistsData,
  processBarrier,
  processCancellation,
  processEndOfChannel,
  timeOutAlignment,
  type BarrierAligner,
  type BarrierOutcome,
} from '../checkpoints/barrierAligner.ts';
import {
  createBarrierTracker,
  trackBarrier,
  trackCancellation,
} from '../checkpoints/barrierTracker.ts';
import {
  acknowledge,
  createCheckpointCoordinator,
  failCheckpoint,
  onPeriodicTimer,
  refusalOfCheckpointing,
  requestSavepoint,
  startScheduler,
  stopScheduler,
  triggerNext,
} from '../checkpoints/checkpointCoordinator.ts';
import { failureReasons } from '../checkpoints/failureReasons.ts';
import {
  commitUpTo,
  createTwoPhaseCommit,
  preCommit,
  recoverAndCommit,
  write,
  type Transaction,
} from '../checkpoints/twoPhaseCommit.ts';
import { LONG_MAX } from '../long.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs, small } from './schemas.ts';

const TIMEOUT = 'execution.checkpointing.aligned-checkpoint-timeout';
const AFTER_FINISH = 'execution.checkpointing.checkpoints-after-tasks-finish';

interface BarrierGate {
  readonly aligner: BarrierAligner;
  nowMs: number;
  /** When the alignment gives up waiting. */
  timeoutAtMs: number;
}

export const barrierAlignerBench = benchOf({
  component: 'flink/barrier-aligner',
  meaning:
    'SingleCheckpointBarrierHandler. Steps: {channel, barrier: id, triggeredMs?}, {channel, cancel: id}, ' +
    '{channel, end: true}, {channel, data: true}, {clockMs}. Data answers whether it becomes channel state, the others ' +
    'what was triggered, aborted or completed, and which channels are blocked.',
  config: v.strictObject({
    channels: small,
    mode: v.optional(v.picklist(['aligned', 'unaligned', 'alternating']), 'aligned'),
    [TIMEOUT]: v.optional(longMs, 0),
    [AFTER_FINISH]: v.optional(v.boolean(), true),
  }),
  step: v.union([
    v.strictObject({ channel: small, barrier: small, triggeredMs: v.optional(longMs, 0) }),
    v.strictObject({ channel: small, cancel: small }),
    v.strictObject({ channel: small, end: v.literal(true) }),
    v.strictObject({ channel: small, data: v.literal(true) }),
    v.strictObject({ clockMs: longMs }),
  ]),
  create: ({ channels, mode, ...keys }): BarrierGate => ({
    aligner: createBarrierAligner(channels, mode, keys[AFTER_FINISH]),
    nowMs: 0,
    timeoutAtMs: LONG_MAX,
  }),
  play(gate, step, { mode, ...keys }) {
    const { aligner } = gate;
    if ('data' in step) return { persisted: persistsData(aligner, step.channel) };
    let outcome: BarrierOutcome;
    if ('barrier' in step) {
      const timeoutAtMs = mode === 'alternating' ? step.triggeredMs + keys[TIMEOUT] : LONG_MAX;
      if (step.barrier > aligner.currentCheckpointId) gate.timeoutAtMs = timeoutAtMs;
      outcome = processBarrier(aligner, step.channel, step.barrier, timeoutAtMs < gate.nowMs);
    } else if ('cancel' in step) outcome = processCancellation(aligner, step.cancel);
    else if ('end' in step) outcome = processEndOfChannel(aligner, step.channel);
    else outcome = passTime(gate, step.clockMs);
    return { ...outcome, blocked: aligner.blocked.flatMap((is, i) => (is ? [i] : [])) };
  },
});

function passTime(gate: BarrierGate, clockMs: number): BarrierOutcome {
  gate.nowMs = clockMs;
  if (gate.timeoutAtMs > clockMs) return { triggered: null, aborted: null, completed: null };
  gate.timeoutAtMs = LONG_MAX;
  return timeOutAlignment(gate.aligner);
}

export const barrierTrackerBench = benchOf({
  component: 'flink/barrier-tracker',
  meaning:
    'CheckpointBarrierTracker (at least once). Steps: {channel, barrier | cancel: id}; answers what was triggered and ' +
    'aborted.',
  config: v.strictObject({ channels: small }),
  step: v.union([
    v.strictObject({ channel: small, barrier: small }),
    v.strictObject({ channel: small, cancel: small }),
  ]),
  create: ({ channels }) => createBarrierTracker(channels),
  play: (tracker, step) =>
    'barrier' in step
      ? trackBarrier(tracker, step.channel, step.barrier)
      : trackCancellation(tracker, step.channel, step.cancel),
});

export const checkpointCoordinatorBench = benchOf({
  component: 'flink/checkpoint-coordinator',
  meaning:
    'CheckpointCoordinator for some tasks. Steps, each with atMs: {do: start, drawn} (drawn: the random delay beyond the ' +
    'pause), {do: timer | savepoint | queued | stop}, {do: acknowledge, id, task}, {do: fail, id, reason}.',
  config: v.strictObject({
    intervalMs: longMs,
    minPauseMs: v.optional(longMs, 0),
    maxConcurrentCheckpoints: v.optional(longMs, 1),
    timeoutMs: v.optional(longMs, 600_000),
    tolerableFailedCheckpoints: v.optional(longMs, 0),
    unaligned: v.optional(v.boolean(), false),
    tasks: v.array(v.string()),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('start'), atMs: longMs, drawn: longMs }),
    v.strictObject({ do: v.picklist(['timer', 'savepoint', 'queued', 'stop']), atMs: longMs }),
    v.strictObject({ do: v.literal('acknowledge'), atMs: longMs, id: small, task: v.string() }),
    v.strictObject({
      do: v.literal('fail'),
      atMs: longMs,
      id: small,
      reason: v.picklist(failureReasons),
    }),
  ]),
  refusal: refusalOfCheckpointing,
  create: createCheckpointCoordinator,
  play(coordinator, step, config) {
    const { atMs } = step;
    switch (step.do) {
      case 'start':
        startScheduler(config, coordinator, atMs, () => step.drawn);
        return { nextTriggerMs: coordinator.nextTriggerMs };
      case 'timer':
        return triggered(onPeriodicTimer(config, coordinator, atMs, config.tasks), coordinator);
      case 'savepoint':
        return triggered(requestSavepoint(config, coordinator, atMs, config.tasks), coordinator);
      case 'queued':
        return triggered(triggerNext(config, coordinator, atMs, config.tasks), coordinator);
      case 'stop':
        return { aborted: stopScheduler(coordinator).map(({ id }) => id) };
      case 'acknowledge': {
        const { completed, subsumed } = acknowledge(coordinator, step.id, step.task, atMs);
        return { completed: completed?.id ?? null, subsumed: subsumed.map(({ id }) => id) };
      }
      case 'fail': {
        const { id, reason } = step;
        const { checkpoint, failsJob } = failCheckpoint(config, coordinator, id, reason);
        return { aborted: checkpoint?.id ?? null, failsJob };
      }
    }
  },
});

function triggered(
  checkpoint: { readonly id: number } | null,
  { nextTriggerMs }: { readonly nextTriggerMs: number | null },
) {
  return { triggered: checkpoint?.id ?? null, nextTriggerMs };
}

export const twoPhaseCommitBench = benchOf({
  component: 'flink/two-phase-commit',
  meaning:
    'TwoPhaseCommitSinkFunction. Steps: {write}, {snapshot: id}, {notify: id}, {restore: id} (a crash, and the snapshot ' +
    'of that checkpoint); answers what becomes visible.',
  config: v.strictObject({}),
  step: v.union([
    v.strictObject({ write: v.string() }),
    v.strictObject({ snapshot: small }),
    v.strictObject({ notify: small }),
    v.strictObject({ restore: small }),
  ]),
  create: () => ({
    sink: createTwoPhaseCommit<string>(),
    snapshots: new Map<number, readonly Transaction<string>[]>(),
  }),
  play(state, step) {
    const { sink, snapshots } = state;
    if ('write' in step) write(sink, step.write);
    else if ('snapshot' in step) snapshots.set(step.snapshot, preCommit(sink, step.snapshot));
    else if ('notify' in step) return commitUpTo(sink, step.notify);
    else {
      state.sink = createTwoPhaseCommit();
      return recoverAndCommit(snapshots.get(step.restore) ?? []);
    }
    return [];
  },
});
