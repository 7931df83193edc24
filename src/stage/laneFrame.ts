import type { LaneIndex } from '../run/LaneIndex.ts';
import { countUntil } from '../run/search.ts';
import type { BatchFrame, CheckpointFrame, LaneFrame } from './frame.ts';

/** The batches that a stage may have room for. */
const MOST_BATCHES = 24;

export function laneFrameAt(lane: LaneIndex, timeUs: number): LaneFrame {
  return {
    batches: batchesAt(lane, timeUs),
    batchesShown: batchesShown(lane),
    openWindows: lane.openWindowsAt(timeUs),
    lastFired: lastFiredAt(lane, timeUs),
    checkpoints: checkpointsAt(lane, timeUs),
    watermarkUs: lane.watermarkAt(timeUs),
  };
}

/** Enough for the window that fired last until the next one fires, and for the batch that is filling. */
function batchesShown({ lane: { batchUs, sizeUs, slideUs } }: LaneIndex): number {
  if (batchUs === null) return 0;
  return Math.max(4, Math.ceil(((sizeUs ?? 0) + (slideUs ?? 0)) / batchUs) + 1);
}

function lastFiredAt(lane: LaneIndex, timeUs: number): LaneFrame['lastFired'] {
  const output = lane.outputs[lane.visibleCount(timeUs) - 1];
  if (output === undefined || output.window < 0) return null;
  const { startUs, endUs } = output;
  return { startUs, endUs, count: lane.membersOf(output).length };
}

/** The batches up to `timeUs`, oldest first; the last one is still filling. */
export function batchesAt(lane: LaneIndex, timeUs: number): BatchFrame[] {
  const { batchUs } = lane.lane;
  if (batchUs === null) return [];
  const { record, timeUs: reachedUs } = lane.input;
  const jobs = new Map(lane.spans('batch').map((span) => [span.startUs, span]));
  const newest = Math.floor(timeUs / batchUs);
  const batches: BatchFrame[] = [];
  for (let n = Math.max(0, newest - MOST_BATCHES + 1); n <= newest; n += 1) {
    const startUs = n * batchUs;
    const endUs = startUs + batchUs;
    // A direct stream's batch holds offsets below those at its batch time: what came in [start, end).
    const from = countUntil(reachedUs, startUs - 1);
    const to = countUntil(reachedUs, Math.min(timeUs, endUs - 1));
    const job = jobs.get(startUs);
    batches.push({
      startUs,
      endUs,
      records: Array.from(record.subarray(from, to)),
      open: n === newest,
      running: job !== undefined && job.beganUs <= timeUs && timeUs < job.endUs,
    });
  }
  return batches;
}

/** Checkpoints begun by `timeUs`. Only the newest completed one is retained, as by default. */
export function checkpointsAt(lane: LaneIndex, timeUs: number): CheckpointFrame[] {
  const begun = lane.spans('checkpoint').filter((span) => span.beganUs <= timeUs);
  const completed = begun.filter((span) => span.endUs <= timeUs && span.value === 1);
  const newest = completed.at(-1)?.number;
  return begun.map(({ number, endUs, value }) => {
    if (endUs > timeUs) return { number, state: 'running' };
    if (value !== 1) return { number, state: 'aborted' };
    return { number, state: number === newest ? 'retained' : 'subsumed' };
  });
}
