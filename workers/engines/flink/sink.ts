/**
 * The end of the chain. With NONE or AT_LEAST_ONCE a result is visible as soon as it is written, and is written again
 * after a failure; with EXACTLY_ONCE it is visible when the checkpoint that contains it is complete.
 *
 * Follows Flink 1.20 Sink V2 as KafkaSink uses it. Simplified: writing and committing take no time, and a window's
 * answer stands in the transaction of the subtask that completed it.
 */
import { present } from '../../kernel/assert.ts';
import { NEVER, type ResultRow } from '../../results/laneResults.ts';
import {
  commitUpTo,
  recoverAndCommit,
  write,
  type Transaction,
} from './checkpoints/twoPhaseCommit.ts';
import type { FlinkEnvironment, FlinkState, SinkOutput } from './job.ts';
import { pendingWindows, publishWindow, putRow } from './resultTable.ts';
import { forgetReplaced } from './replacedResults.ts';
import { windowNumber, windowStartOf, type SlidingWindows } from './windowing.ts';
import type { Firing } from './windows/windowOperator.ts';

/** Windows fired for keys of this subtask: their rows wait until every subtask has passed the window. */
export function emitFirings(
  state: FlinkState,
  windows: SlidingWindows,
  firings: readonly Firing[],
  env: FlinkEnvironment,
): void {
  for (const firing of firings) {
    const window = windowNumber(windows, firing.startMs, env.startEpochMs);
    forgetReplaced(state, windows, window, firing, env);
    putRow(state.resultTable, window, firing.key, firing.value);
  }
}

/** Publishes the windows that every subtask has passed. @param reachedMs how far the slowest of them is */
export function publishResults(
  state: FlinkState,
  windows: SlidingWindows,
  subtask: number,
  reachedMs: number,
  env: FlinkEnvironment,
): void {
  const { resultTable } = state;
  if (resultTable.pending.size === 0) return;
  for (const window of pendingWindows(resultTable)) {
    const startMs = windowStartOf(windows, window, env.startEpochMs);
    const endMs = startMs + windows.sizeMs;
    if (endMs - 1 > reachedMs) return;
    const startUs = (startMs - env.startEpochMs) * 1000;
    const endUs = (endMs - env.startEpochMs) * 1000;
    const rows = publishWindow(resultTable, window);
    writeOutput(state, subtask, window, env, (visibleUs) =>
      present(env.results, 'the lane').fired(window, startUs, endUs, rows, visibleUs),
    );
  }
}

/** A program without windows gives a row for each tuple. */
export function emitRow(
  state: FlinkState,
  subtask: number,
  record: number,
  ordinal: number,
  tuples: number,
  row: ResultRow,
  env: FlinkEnvironment,
): void {
  writeOutput(state, subtask, -1, env, (visibleUs) =>
    present(env.results, 'the lane').row(record, ordinal, tuples, row, visibleUs),
  );
}

function writeOutput(
  state: FlinkState,
  subtask: number,
  window: number,
  env: FlinkEnvironment,
  book: (visibleUs: number) => number,
): void {
  if (state.config.deliveryGuarantee !== 'EXACTLY_ONCE') {
    env.trace.result(state.numbers.results, book(env.nowUs), window);
    return;
  }
  const { sink } = present(state.windows[subtask], 'the window task');
  write(sink, { output: book(NEVER), window });
}

/** `notifyCheckpointComplete`. */
export function commitSink(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  env: FlinkEnvironment,
): void {
  const { sink } = present(state.windows[subtask], 'the window task');
  reveal(state, commitUpTo(sink, checkpointId), env);
  state.committed[subtask] = Math.max(checkpointId, state.committed[subtask] ?? 0);
}

/** A restore commits what the checkpoint holds; what was committed before is not made visible twice. */
export function recoverSink(
  state: FlinkState,
  subtask: number,
  transactions: readonly Transaction<SinkOutput>[],
  env: FlinkEnvironment,
): void {
  const committed = state.committed[subtask] ?? 0;
  const open = transactions.filter(({ checkpointId }) => checkpointId > committed);
  reveal(state, recoverAndCommit(open), env);
  for (const { checkpointId } of open) state.committed[subtask] = checkpointId;
}

function reveal(state: FlinkState, outputs: readonly SinkOutput[], env: FlinkEnvironment): void {
  for (const { output, window } of outputs) {
    env.results?.reveal(output);
    env.trace.result(state.numbers.results, output, window);
  }
}
