/** Barriers and the transactional sink, on benches. */
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
