/**
 * Which received blocks belong to a batch: all that were reported to the driver and not yet given
 * away when the batch is generated, whatever their records' times. Asking twice for one batch
 * changes nothing, which is what makes a rerun after a crash see the same blocks again.
 *
 * Follows ReceivedBlockTracker of Spark Streaming 3.5, for one receiver stream. What it writes to
 * the driver's write-ahead log is the list of its events, from which `recoverTracker` rebuilds it.
 *
 * A component of its own: the lane reads Kafka directly, without a receiver.
 */
export type TrackerEvent =
  | { readonly kind: 'block added'; readonly block: string }
  | {
      readonly kind: 'batch allocated';
      readonly batchMs: number;
      readonly blocks: readonly string[];
    };

export interface ReceivedBlockTracker {
  unallocated: string[];
  readonly allocated: Map<number, readonly string[]>;
  lastAllocatedMs: number;
}

export function createReceivedBlockTracker(): ReceivedBlockTracker {
  return { unallocated: [], allocated: new Map(), lastAllocatedMs: -1 };
}

export function addBlock(tracker: ReceivedBlockTracker, block: string): void {
  tracker.unallocated.push(block);
}

/**
 * Gives all waiting blocks to a batch later than the last one, if the log accepts the event.
 * @param logEvent writes to the write-ahead log; false means that the write failed, and then the
 *   blocks wait for the next batch.
 */
export function allocateBlocksToBatch(
  tracker: ReceivedBlockTracker,
  batchMs: number,
  logEvent: (event: TrackerEvent) => boolean,
): void {
  if (batchMs <= tracker.lastAllocatedMs) return;
  const blocks = tracker.unallocated;
  if (!logEvent({ kind: 'batch allocated', batchMs, blocks })) return;
  tracker.allocated.set(batchMs, blocks);
  tracker.unallocated = [];
  tracker.lastAllocatedMs = batchMs;
}

export function blocksOfBatch(tracker: ReceivedBlockTracker, batchMs: number): readonly string[] {
  return tracker.allocated.get(batchMs) ?? [];
}

/** The tracker that a restarted driver reads out of its write-ahead log. */
export function recoverTracker(log: readonly TrackerEvent[]): ReceivedBlockTracker {
  const tracker = createReceivedBlockTracker();
  for (const event of log) {
    if (event.kind === 'block added') {
      addBlock(tracker, event.block);
    } else {
      const given = new Set(event.blocks);
      tracker.unallocated = tracker.unallocated.filter((block) => !given.has(block));
      tracker.allocated.set(event.batchMs, event.blocks);
      tracker.lastAllocatedMs = event.batchMs;
    }
  }
  return tracker;
}
