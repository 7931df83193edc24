// Operators on single batches and on state. Each step is one batch.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { countBatch, countByValue, glom, reduceBatch } from '../operators/batchOperators.ts';
import { cogroup, join } from '../operators/joins.ts';
import { mapWithState, stateSnapshot, type KeyedState } from '../operators/mapWithState.ts';
import { stateBefore, updateStateByKey } from '../operators/updateState.ts';
import { mapWithStateCheckpointInterval } from '../scheduling/checkpointInterval.ts';
import type { Pairs } from '../windows/pairs.ts';
import { apis, benchOf, duration, pairs, sortedRows, valuesByKey } from './component.ts';

const batchOperators = benchOf({
  name: 'batch-operator',
  meaning: 'count, sum, countByValue or glom (into partitions) of one batch of numbers.',
  config: v.strictObject({
    api: apis,
    operator: v.picklist(['count', 'sum', 'countByValue', 'glom']),
    partitions: whole(1, 1000),
  }),
  step: v.array(v.number()),
  start: (config) => config,
  play({ operator, partitions }, batch) {
    if (operator === 'count') return countBatch(batch);
    if (operator === 'sum') return reduceBatch(batch, (x, y) => x + y);
    if (operator === 'glom') return glom(batch, partitions);
    return sortedRows(countByValue(batch.map(String)));
  },
});

const joins = benchOf({
  name: 'join',
  meaning:
    'Joins the batches of two streams at one batch time. A step is { left, right }, pairs each.',
  config: v.strictObject({ type: v.picklist(['inner', 'leftOuter', 'rightOuter', 'fullOuter']) }),
  step: v.strictObject({ left: pairs, right: pairs }),
  start: (config) => config,
  play: ({ type }, { left, right }) => join(cogroup(valuesByKey(left), valuesByKey(right)), type),
});

/** A sum, and for how many batches in a row nothing was added. */
interface RunningSum {
  readonly sum: number;
  readonly idleBatches: number;
}

const updates = benchOf({
  name: 'update-state-by-key',
  meaning:
    'A running sum per key, which is let go after so many batches in a row that brought it nothing. ' +
    'A step is a batch of pairs, or null when the parent has no RDD.',
  config: v.strictObject({
    api: apis,
    initial: v.nullable(pairs),
    forgetAfterIdleBatches: v.nullable(whole(1, 1000)),
  }),
  step: v.nullable(pairs),
  start: ({ api, initial, forgetAfterIdleBatches }) => ({
    api,
    forgetAfterIdleBatches,
    initial: initial && new Map(initial.map(([key, sum]) => [key, { sum, idleBatches: 0 }])),
    batches: 0,
    state: null as Pairs<RunningSum> | null,
  }),
  play(running, rows) {
    running.batches++;
    const { forgetAfterIdleBatches, api, batches } = running;
    const update = (values: readonly number[], before: RunningSum | null): RunningSum | null => {
      const idleBatches = values.length > 0 ? 0 : (before?.idleBatches ?? 0) + 1;
      if (idleBatches === forgetAfterIdleBatches) return null;
      return { sum: values.reduce((x, y) => x + y, before?.sum ?? 0), idleBatches };
    };
    const batch = rows === null ? null : valuesByKey(rows);
    const before = stateBefore(running.state, running.initial, batch);
    running.state = updateStateByKey(before, batch, update, batches * 1000, api);
    return running.state && sortedRows(running.state).map(([key, { sum }]) => [key, sum]);
  },
});

const mapped = benchOf({
  name: 'map-with-state',
  meaning:
    'A running sum per key that is let go when idle. A step is a batch of pairs: a positive value is added, 0 only ' +
    'reads the sum, a negative one removes the key. The answer has what was emitted for each record, which keys timed ' +
    'out, and the state.',
  config: v.strictObject({
    batchIntervalMs: duration,
    timeoutMs: v.nullable(duration),
    /** Null leaves it at ten slides. */
    checkpointIntervalMs: v.nullable(duration),
  }),
  step: pairs,
  start: (config) => ({ config, batches: 0, state: new Map<string, KeyedState<number>>() }),
  play(running, records) {
    const { batchIntervalMs, timeoutMs, checkpointIntervalMs } = running.config;
    running.batches++;
    const batchMs = running.batches * batchIntervalMs;
    const checkpointMs = checkpointIntervalMs ?? mapWithStateCheckpointInterval(batchIntervalMs);
    const timedOut: string[] = [];
    const { state, mapped: emitted } = mapWithState<number, number, number>(
      running.state,
      { batchMs, records, timeoutMs, fullScan: batchMs % checkpointMs === 0 },
      (key, value, before) => {
        if (value === null) {
          timedOut.push(key);
          return { emit: null, state: 'keep' };
        }
        if (value < 0) return { emit: null, state: 'remove' };
        const sum = (before ?? 0) + value;
        return { emit: sum, state: value === 0 ? 'keep' : { set: sum } };
      },
    );
    running.state = state;
    return { emitted, timedOut: timedOut.sort(), state: sortedRows(stateSnapshot(state)) };
  },
});

export const operatorBenches = [batchOperators, joins, updates, mapped];
