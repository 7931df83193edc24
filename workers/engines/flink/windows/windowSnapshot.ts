/**
 * The keyed state that a window operator puts into a checkpoint: contents, trigger state and timers. Not
 * the watermark: after a restore the operator is at Long.MIN_VALUE again, so that records which were
 * late before the crash are taken, and fire their old windows once more with only what came after.
 *
 * Follows Flink 1.20 heap snapshots (`HeapPriorityQueueStateSnapshot`). Timers come back key group by key group and,
 * within one, as they stood in the old heap, so that windows which close together fire in another order than before.
 */
import { keyGroupOf } from '../keyGroups.ts';
import { copyPane, type Pane } from './pane.ts';
import { addTimer, type Timer, type TimerHeap } from './timerHeap.ts';
import { createWindowOperator, type WindowOperator } from './windowOperator.ts';

export interface WindowSnapshot {
  readonly panesByKey: ReadonlyMap<string, readonly Pane[]>;
  readonly eventTimers: readonly Timer[];
  readonly processingTimers: readonly Timer[];
  readonly stateEntries: number;
}

/** A copy that later changes of the operator do not touch (copy-on-write in the real one). */
export function snapshotWindows(operator: WindowOperator): WindowSnapshot {
  return {
    panesByKey: copyPanes(operator.panesByKey),
    eventTimers: timersOf(operator.timers.eventTimers),
    processingTimers: timersOf(operator.timers.processingTimers),
    stateEntries: operator.stateEntries,
  };
}

/** A fresh operator that holds the snapshot's state. The snapshot stays usable. */
export function restoreWindows(snapshot: WindowSnapshot, maxParallelism: number): WindowOperator {
  const operator = createWindowOperator();
  for (const [key, panes] of copyPanes(snapshot.panesByKey)) operator.panesByKey.set(key, panes);
  refill(operator.timers.eventTimers, snapshot.eventTimers, maxParallelism);
  refill(operator.timers.processingTimers, snapshot.processingTimers, maxParallelism);
  operator.stateEntries = snapshot.stateEntries;
  return operator;
}

function copyPanes(panesByKey: ReadonlyMap<string, readonly Pane[]>): Map<string, Pane[]> {
  const copy = new Map<string, Pane[]>();
  for (const [key, panes] of panesByKey) copy.set(key, panes.map(copyPane));
  return copy;
}

function timersOf(heap: TimerHeap): Timer[] {
  return heap.slice(1) as Timer[];
}

function refill(heap: TimerHeap, timers: readonly Timer[], maxParallelism: number): void {
  const groups = new Map<string, number>();
  for (const { key } of timers)
    if (!groups.has(key)) groups.set(key, keyGroupOf(key, maxParallelism));
  const byKeyGroup = [...timers].sort(
    (a, b) => (groups.get(a.key) as number) - (groups.get(b.key) as number),
  );
  for (const timer of byKeyGroup) addTimer(heap, timer);
}
