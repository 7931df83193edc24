/**
 * Exactly-once needs to know, at each task, which records belong before a checkpoint. Barriers divide them: a channel
 * that has delivered its barrier waits (aligned) until all others have delivered theirs, and then the task snapshots.
 * Unaligned, the task snapshots at the first barrier, blocks nobody, and keeps what still arrives ahead of the other
 * barriers as channel state. Alternating (`aligned-checkpoint-timeout` > 0), it starts aligned and gives up waiting.
 *
 * Follows Flink 1.20 `SingleCheckpointBarrierHandler`. Barriers that are announced while data still waits before them,
 * and overtake it when the alignment times out, are left out.
 */

export type BarrierMode = 'aligned' | 'unaligned' | 'alternating';

export interface BarrierAligner {
  readonly mode: BarrierMode;
  readonly checkpointsAfterTasksFinish: boolean;
  readonly openChannels: boolean[];
  /** The newest checkpoint seen; 0 before the first. */
  currentCheckpointId: number;
  lastCancelledOrCompletedId: number;
  /** Channels that delivered the current barrier, or ended. */
  readonly delivered: boolean[];
  /** Channels that wait. */
  readonly blocked: boolean[];
  /** Whether the pending checkpoint has its snapshot before all barriers are in. */
  overtaken: boolean;
}

export type CheckpointFailureReason =
  | 'CHECKPOINT_DECLINED_SUBSUMED'
  | 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER'
  | 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM';

/** What an input made happen; at most one checkpoint is triggered and at most one aborted by one input. */
export interface BarrierOutcome {
  triggered: number | null;
  aborted: { id: number; reason: CheckpointFailureReason } | null;
  /** All barriers of this checkpoint are in. */
  completed: number | null;
}

export function createBarrierAligner(
  channelCount: number,
  mode: BarrierMode = 'aligned',
  checkpointsAfterTasksFinish = true,
): BarrierAligner {
  return {
    mode,
    checkpointsAfterTasksFinish,
    openChannels: Array.from({ length: channelCount }, () => true),
    currentCheckpointId: 0,
    lastCancelledOrCompletedId: 0,
    delivered: Array.from({ length: channelCount }, () => false),
    blocked: Array.from({ length: channelCount }, () => false),
    overtaken: false,
  };
}

/** @param overdue whether the barrier comes later than the alignment's timeout after its checkpoint began */
export function processBarrier(
  aligner: BarrierAligner,
  channel: number,
  checkpointId: number,
  overdue = false,
): BarrierOutcome {
  const outcome = nothing();
  // A barrier of an old or aborted checkpoint holds nobody up.
  if (checkpointId < aligner.currentCheckpointId) return outcome;
  if (checkpointId === aligner.currentCheckpointId && !isPending(aligner)) return outcome;
  if (checkpointId > aligner.currentCheckpointId) {
    if (isPending(aligner)) {
      const { currentCheckpointId } = aligner;
      outcome.aborted = abort(aligner, currentCheckpointId, 'CHECKPOINT_DECLINED_SUBSUMED');
    }
    aligner.currentCheckpointId = checkpointId;
    aligner.delivered.fill(false);
  }
  if (aligner.mode !== 'unaligned') aligner.blocked[channel] = true;
  if (aligner.mode === 'unaligned' || overdue) overtake(aligner, outcome);
  deliver(aligner, channel, outcome);
  return outcome;
}

/** The alignment has taken too long: the snapshot is taken now, and channels that wait go on waiting. */
export function timeOutAlignment(aligner: BarrierAligner): BarrierOutcome {
  const outcome = nothing();
  if (isPending(aligner)) overtake(aligner, outcome);
  return outcome;
}

export function processCancellation(aligner: BarrierAligner, checkpointId: number): BarrierOutcome {
  const outcome = nothing();
  const { currentCheckpointId, delivered } = aligner;
  const begun =
    checkpointId === currentCheckpointId && isPending(aligner) && delivered.includes(true);
  if (checkpointId > currentCheckpointId || begun)
    outcome.aborted = abort(aligner, checkpointId, 'CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER');
  return outcome;
}

/** A channel that ended counts as having delivered its barrier. */
export function processEndOfChannel(aligner: BarrierAligner, channel: number): BarrierOutcome {
  const outcome = nothing();
  aligner.openChannels[channel] = false;
  if (!isPending(aligner)) return outcome;
  if (aligner.checkpointsAfterTasksFinish) deliver(aligner, channel, outcome);
  else {
    const { currentCheckpointId } = aligner;
    const reason = 'CHECKPOINT_DECLINED_INPUT_END_OF_STREAM';
    outcome.aborted = abort(aligner, currentCheckpointId, reason);
  }
  return outcome;
}

/** Whether data on this channel now belongs into the channel state of an unaligned checkpoint. */
export function persistsData(aligner: BarrierAligner, channel: number): boolean {
  return aligner.overtaken && isPending(aligner) && aligner.delivered[channel] !== true;
}

export function isPending(aligner: BarrierAligner): boolean {
  return aligner.currentCheckpointId !== aligner.lastCancelledOrCompletedId;
}

function overtake(aligner: BarrierAligner, outcome: BarrierOutcome): void {
  if (aligner.overtaken) return;
  aligner.overtaken = true;
  outcome.triggered = aligner.currentCheckpointId;
}

function deliver(aligner: BarrierAligner, channel: number, outcome: BarrierOutcome): void {
  aligner.delivered[channel] = true;
  if (!aligner.openChannels.every((open, i) => !open || aligner.delivered[i] === true)) return;
  if (!aligner.overtaken) outcome.triggered = aligner.currentCheckpointId;
  outcome.completed = aligner.currentCheckpointId;
  aligner.lastCancelledOrCompletedId = aligner.currentCheckpointId;
  release(aligner);
}

function abort(
  aligner: BarrierAligner,
  id: number,
  reason: CheckpointFailureReason,
): { id: number; reason: CheckpointFailureReason } {
  aligner.lastCancelledOrCompletedId = Math.max(id, aligner.lastCancelledOrCompletedId);
  aligner.currentCheckpointId = Math.max(id, aligner.currentCheckpointId);
  release(aligner);
  return { id, reason };
}

function release(aligner: BarrierAligner): void {
  aligner.blocked.fill(false);
  aligner.delivered.fill(false);
  aligner.overtaken = false;
}

function nothing(): BarrierOutcome {
  return { triggered: null, aborted: null, completed: null };
}
