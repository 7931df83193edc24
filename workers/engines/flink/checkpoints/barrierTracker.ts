/**
 * At-least-once checkpoints wait for barriers but block nobody: the task snapshots when the last barrier comes, and
 * records that overtook it on faster channels are already in the state, to be counted again after a restore.
 *
 * Follows Flink 1.20 `CheckpointBarrierTracker`. Channels that end are left out.
 */

/** Older pending checkpoints than these are forgotten. */
export const MAX_CHECKPOINTS_TO_TRACK = 50;

interface TrackedCheckpoint {
  readonly id: number;
  readonly delivered: boolean[];
  aborted: boolean;
}

export interface BarrierTracker {
  readonly channelCount: number;
  /** Pending checkpoints, oldest first. */
  readonly pending: TrackedCheckpoint[];
  latestPendingId: number;
}

export interface TrackerOutcome {
  triggered: number | null;
  /** Checkpoints given up now, oldest first. */
  aborted: number[];
}

export function createBarrierTracker(channelCount: number): BarrierTracker {
  return {
    channelCount,
    pending: [],
    latestPendingId: 0,
  };
}

export function trackBarrier(tracker: BarrierTracker, channel: number, id: number): TrackerOutcome {
  const outcome: TrackerOutcome = { triggered: null, aborted: [] };
  const checkpoint = pendingCheckpoint(tracker, id);
  if (checkpoint !== null) deliver(tracker, checkpoint, channel, outcome);
  return outcome;
}

/** A cancellation gives up the checkpoint and all older ones that are still pending. */
export function trackCancellation(
  tracker: BarrierTracker,
  channel: number,
  id: number,
): TrackerOutcome {
  const outcome: TrackerOutcome = { triggered: null, aborted: [] };
  while (tracker.pending[0] !== undefined && tracker.pending[0].id < id) {
    giveUp(tracker.pending[0], outcome);
    tracker.pending.shift();
  }
  const checkpoint = pendingCheckpoint(tracker, id);
  if (checkpoint === null) return outcome;
  giveUp(checkpoint, outcome);
  deliver(tracker, checkpoint, channel, outcome);
  return outcome;
}

function giveUp(checkpoint: TrackedCheckpoint, outcome: TrackerOutcome): void {
  if (checkpoint.aborted) return;
  checkpoint.aborted = true;
  outcome.aborted.push(checkpoint.id);
}

/** The tracked checkpoint, begun if it is newer than all; null if it was completed or overtaken. */
function pendingCheckpoint(tracker: BarrierTracker, id: number): TrackedCheckpoint | null {
  const known = tracker.pending.find((checkpoint) => checkpoint.id === id);
  if (known !== undefined) return known;
  if (id <= tracker.latestPendingId) return null;
  tracker.latestPendingId = id;
  const begun = {
    id,
    delivered: Array.from({ length: tracker.channelCount }, () => false),
    aborted: false,
  };
  tracker.pending.push(begun);
  if (tracker.pending.length > MAX_CHECKPOINTS_TO_TRACK) tracker.pending.shift();
  return begun;
}

/** Completing a checkpoint forgets all older ones without a word. */
function deliver(
  tracker: BarrierTracker,
  checkpoint: TrackedCheckpoint,
  channel: number,
  outcome: TrackerOutcome,
): void {
  checkpoint.delivered[channel] = true;
  if (!checkpoint.delivered.every((delivered) => delivered)) return;
  tracker.pending.splice(0, tracker.pending.indexOf(checkpoint) + 1);
  if (!checkpoint.aborted) outcome.triggered = checkpoint.id;
}
