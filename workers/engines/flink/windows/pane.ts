/**
 * What a window operator keeps for one key and one window: the accumulator (or the elements, if somebody
 * wants them all), the trigger's own state, and which timers are registered.
 *
 * Follows the state of Flink 1.20 `WindowOperator` on the heap backend. Flink keeps contents, trigger state
 * and timers in separate tables under the same (key, window); here they are one object, which lives as long
 * as any of the three does. Panes of a key are sorted by start.
 */
import type { TimeWindow } from './timeWindow.ts';

/** How contents are folded; `list` keeps all elements, as `process`, `apply` and evictors need. */
export type Fold = 'sum' | 'min' | 'max' | 'list';

export interface Element {
  readonly value: number;
  readonly timestampMs: number;
}

export interface Pane {
  readonly startMs: number;
  readonly endMs: number;
  /** Elements added since the contents were last cleared; 0 means that there are no contents. */
  size: number;
  value: number;
  elements: Element[] | null;
  /** CountTrigger's `count`. */
  triggerCount: number;
  /** `fire-time` of the continuous triggers. */
  fireTimeMs: number | null;
  eventTimers: number[];
  processingTimers: number[] | null;
  /** A session that grew together keeps its contents under the window of one of its parts. */
  heldByPart: boolean;
}

export function createPane(startMs: number, endMs: number): Pane {
  return {
    startMs,
    endMs,
    size: 0,
    value: 0,
    elements: null,
    triggerCount: 0,
    fireTimeMs: null,
    eventTimers: [],
    processingTimers: null,
    heldByPart: false,
  };
}

export function addToPane(pane: Pane, fold: Fold, value: number, timestampMs: number): void {
  if (fold === 'list') (pane.elements ??= []).push({ value, timestampMs });
  else pane.value = pane.size === 0 ? value : combine(fold, pane.value, value);
  pane.size++;
}

function combine(fold: 'sum' | 'min' | 'max', a: number, b: number): number {
  switch (fold) {
    case 'sum':
      return a + b;
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}

/** Moves the contents of `from` behind those of `into`. */
export function mergeContents(into: Pane, from: Pane, fold: Fold): void {
  if (from.size === 0) return;
  if (fold === 'list') into.elements = [...(into.elements ?? []), ...(from.elements ?? [])];
  else into.value = into.size === 0 ? from.value : combine(fold, into.value, from.value);
  into.size += from.size;
  clearContents(from);
}

/** A purge: the contents only. Trigger state and timers stay. */
export function clearContents(pane: Pane): void {
  pane.size = 0;
  pane.value = 0;
  pane.elements = null;
}

/** Whether nothing at all is left, so that the pane may be forgotten. */
export function isForgettable(pane: Pane): boolean {
  return (
    pane.size === 0 &&
    pane.triggerCount === 0 &&
    pane.fireTimeMs === null &&
    pane.eventTimers.length === 0 &&
    (pane.processingTimers === null || pane.processingTimers.length === 0)
  );
}

/** A pane that shares nothing with the original. */
export function copyPane(pane: Pane): Pane {
  return {
    startMs: pane.startMs,
    endMs: pane.endMs,
    size: pane.size,
    value: pane.value,
    elements: pane.elements?.slice() ?? null,
    triggerCount: pane.triggerCount,
    fireTimeMs: pane.fireTimeMs,
    eventTimers: pane.eventTimers.slice(),
    processingTimers: pane.processingTimers?.slice() ?? null,
    heldByPart: pane.heldByPart,
  };
}

/** Index of a window among panes sorted by start (and, for sessions, distinct in start), or -1. */
export function indexOfPane(panes: readonly Pane[], startMs: number, endMs: number): number {
  let low = 0;
  let high = panes.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const pane = panes[middle] as Pane;
    if (pane.startMs < startMs) low = middle + 1;
    else if (pane.startMs > startMs) high = middle - 1;
    else return pane.endMs === endMs ? middle : -1;
  }
  return -1;
}

/** Puts a pane at its place and returns the index. */
export function insertPane(panes: Pane[], pane: Pane): number {
  let at = panes.length;
  while (at > 0 && (panes[at - 1] as Pane).startMs > pane.startMs) at--;
  panes.splice(at, 0, pane);
  return at;
}

export function windowOfPane(pane: Pane): TimeWindow {
  return { startMs: pane.startMs, endMs: pane.endMs };
}
