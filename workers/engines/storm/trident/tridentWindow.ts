/**
 * The window of a Trident stream, one task of it: `WindowTridentProcessor` and its window managers (Storm 2.8.8).
 *
 * The window knows nothing of batches. A batch puts its tuples into it and emits what has fired since the batch
 * before; the results are stored until a commit removes them. A batch that comes again puts its tuples in again,
 * so a window is not exactly once.
 *
 * Three things are as the real one has them and as nobody would: the stored results that a replay emits are one
 * list deeper than the first time; tuples that a restart brings back do not count towards the next firing; and
 * a window that holds one of them ends the worker, which looks for it under a key of another form.
 *
 * Simplification: what a restart finds is in the order in which it was stored. The aggregator lists its tuples.
 *
 * A component of its own: no lane runs Trident.
 */
import {
  addTuple,
  createWindowManager,
  onTriggerTimer,
  type WindowHappening,
  type WindowManager,
} from '../windowing/windowManager.ts';
import { append } from '../windowing/eventQueue.ts';
import { trackAdded } from '../windowing/evictionPolicy.ts';
import { evictionPolicyOf, triggerPolicyOf } from '../windowing/triggerPolicy.ts';
import { windowedBoltDefaults, type WindowedBoltConfig } from '../windowing/windowConfig.ts';
import type { TransactionAttempt } from './masterBatchCoordinator.ts';

export interface TridentWindowConfig {
  readonly windowLength: number;
  readonly slideLength: number;
  /** Milliseconds, and not tuples. */
  readonly isDuration: boolean;
}

/** What a `WindowsStore` holds; it outlives the worker if it is not in its memory. */
export interface WindowsStore {
  triggerCount: number | null;
  readonly results: Map<number, readonly string[]>;
  /** The windows that a transaction has emitted. */
  readonly inProcess: Map<number, readonly number[]>;
  readonly tuples: Set<HeldTuple>;
}

interface HeldTuple {
  /** Null once a restart has brought it back: its value is not found any more. */
  readonly value: string | null;
}

export interface TridentWindow {
  readonly manager: WindowManager<HeldTuple>;
  readonly slideMs: number | null;
  nextTimerMs: number;
  readonly store: WindowsStore;
  readonly storesTuples: boolean;
  lastTrigger: number;
  pending: number[];
}

export interface EmittedWindow {
  readonly trigger: number;
  readonly values: readonly unknown[];
}

export function createWindowsStore(): WindowsStore {
  return { triggerCount: null, results: new Map(), inProcess: new Map(), tuples: new Set() };
}

/** The message of the `IllegalArgumentException`, or null. A slide as long as the window is taken. */
export function refuseTridentWindow({
  windowLength,
  slideLength,
}: TridentWindowConfig): string | null {
  return slideLength > windowLength
    ? `slideLength '${slideLength}' should always be less than windowLegth '${windowLength}'`
    : null;
}

export function openTridentWindow(
  config: TridentWindowConfig,
  store: WindowsStore,
  storesTuples: boolean,
  nowMs: number,
): TridentWindow {
  const bolt = boltConfig(config);
  const manager = createWindowManager<HeldTuple>(evictionPolicyOf(bolt), triggerPolicyOf(bolt));
  store.triggerCount = store.triggerCount === null ? 0 : store.triggerCount + 1;
  const slideMs = config.isDuration ? config.slideLength : null;
  const emitted = new Set([...store.inProcess.values()].flat());
  // The triggers start when all is restored.
  for (let i = 0; i < store.tuples.size; i++) {
    append(manager.queue, { value: null }, nowMs);
    trackAdded(manager.eviction);
  }
  return {
    manager,
    slideMs,
    nextTimerMs: nowMs + (slideMs ?? 0),
    store,
    storesTuples,
    lastTrigger: store.triggerCount,
    pending: [...store.results.keys()].filter((trigger) => !emitted.has(trigger)),
  };
}

/** The end of a batch. @returns the windows that it emits */
export function finishBatch(
  window: TridentWindow,
  { txid, attempt }: TransactionAttempt,
  values: readonly string[],
  nowMs: number,
): EmittedWindow[] {
  const { store, manager } = window;
  runTimers(window, nowMs);
  const tuples = values.map((value): HeldTuple => ({ value }));
  if (window.storesTuples) for (const tuple of tuples) store.tuples.add(tuple);
  for (const tuple of tuples) fired(window, (out) => addTuple(manager, tuple, nowMs, out));
  const before = attempt > 0 ? store.inProcess.get(txid) : undefined;
  if (before) {
    return before.map((trigger) => ({ trigger, values: [store.results.get(trigger) ?? []] }));
  }
  const { pending } = window;
  window.pending = [];
  if (pending.length > 0) store.inProcess.set(txid, pending);
  return pending.map((trigger) => ({ trigger, values: store.results.get(trigger) ?? [] }));
}

/** The batch commits: `WindowsStateUpdater` removes the results that it has emitted. */
export function commitWindows(
  store: WindowsStore,
  txid: number,
  emitted: readonly EmittedWindow[],
): void {
  for (const { trigger } of emitted) {
    store.results.delete(trigger);
    store.inProcess.delete(txid);
  }
}

/** The fixed-rate timer of a window of time runs on between batches. */
function runTimers(window: TridentWindow, nowMs: number): void {
  const { manager, slideMs } = window;
  if (slideMs === null) return;
  for (; window.nextTimerMs <= nowMs; window.nextTimerMs += slideMs) {
    fired(window, (out) => onTriggerTimer(manager, window.nextTimerMs, out));
  }
}

function fired(window: TridentWindow, run: (out: WindowHappening<HeldTuple>[]) => void): void {
  const { store } = window;
  const out: WindowHappening<HeldTuple>[] = [];
  run(out);
  for (const happening of out) {
    if (happening.kind === 'expired')
      for (const tuple of happening.tuples) store.tuples.delete(tuple);
    if (happening.kind !== 'fired') continue;
    window.lastTrigger += 1;
    store.results.set(window.lastTrigger, happening.tuples.map(valueOf));
    store.triggerCount = window.lastTrigger + 1;
    window.pending.push(window.lastTrigger);
  }
}

function valueOf({ value }: HeldTuple): string {
  if (value === null) throw new Error(nullPointer);
  return value;
}

/** The NullPointerException of a tuple without values. */
const nullPointer =
  'Cannot invoke "java.util.List.get(int)" because the return value of "java.util.List.get(int)" is null';

function boltConfig({
  windowLength,
  slideLength,
  isDuration,
}: TridentWindowConfig): WindowedBoltConfig {
  return isDuration
    ? {
        ...windowedBoltDefaults,
        'topology.bolts.window.length.duration.ms': windowLength,
        'topology.bolts.window.sliding.interval.duration.ms': slideLength,
      }
    : {
        ...windowedBoltDefaults,
        'topology.bolts.window.length.count': windowLength,
        'topology.bolts.window.sliding.interval.count': slideLength,
      };
}
