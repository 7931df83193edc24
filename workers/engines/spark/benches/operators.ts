// Operators on single batches and on state. Each step is one batch.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { countBatch, countByValue, glom, reduceBatch } from '../operators/batchOperators.ts';
import { cogroup, join } from '../operators/joins.ts';
import { mapWithState, stateSnapshot, type KeyedState } from '../operators/mapWithState.ts';
import { updateStateByKey } from '../operators/updateState.ts';
import { mapWithStateCheckpointInterval } from '../scheduling/checkpointInterval.ts';
import { benchOf, pairs, rowsOf, valuesByKey } from './component.ts';

const batchOperators = benchOf({
  name: 'batch-operator',
  meaning: 'count, sum, countByValue or glom (into partitions) of one batch of numbers.',
  config: v.strictObject({
    operator: v.picklist(['count', 'sum', 'countByValue', 'glom']),
    partitions: whole(1, 1000),
  }),
  step: v.array(v.number()),
  start: (config) => config,
  play({ operator, partitions }, batch) {
    if (operator === 'count') return countBatch(batch);
    if (operator === 'sum') return reduceBatch(batch, (x, y) => x + y);
    if (operator === 'glom') return glom(batch, partitions);
    return rowsOf(countByValue(batch.map(String)));
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

const updates = benchOf({
  name: 'update-state-by-key',
  meaning: 'A running sum per key. A step is a batch of pairs, or null when the parent has no RDD.',
  config: v.strictObject({ api: v.picklist(['python', 'scala']), initial: pairs }),
  step: v.nullable(pairs),
  start: ({ api, initial }) => ({ api, batches: 0, state: new Map(initial) }),
  play(running, rows) {
    running.batches++;
    const sum = (values: readonly number[], state: number | null): number =>
      values.reduce((x, y) => x + y, state ?? 0);
    const batch = rows === null ? null : valuesByKey(rows);
    const { state, batches, api } = running;
    running.state =
      updateStateByKey(state, batch, sum, batches * 1000, api) ?? new Map<string, number>();
    return rowsOf(running.state);
  },
});

const mapped = benchOf({
  name: 'map-with-state',
  meaning:
    'A running sum per key that is let go when idle. A step is a batch of pairs; the answer has what ' +
    'was emitted for each record, which keys timed out, and the state.',
  config: v.strictObject({
    batchIntervalMs: whole(1, 86_400_000),
    timeoutMs: v.nullable(whole(1, 86_400_000)),
  }),
  step: pairs,
  start: (config) => ({ config, batches: 0, state: new Map<string, KeyedState<number>>() }),
  play(running, records) {
    const { batchIntervalMs, timeoutMs } = running.config;
    running.batches++;
    const batchMs = running.batches * batchIntervalMs;
    const timedOut: string[] = [];
    const { state, mapped: emitted } = mapWithState<number, number, number>(
      running.state,
      {
        batchMs,
        records,
        timeoutMs,
        fullScan: batchMs % mapWithStateCheckpointInterval(batchIntervalMs) === 0,
      },
      (key, value, before) => {
        if (value === null) {
          timedOut.push(key);
          return { emit: null, state: 'keep' };
        }
        const sum = (before ?? 0) + value;
        return { emit: sum, state: { set: sum } };
      },
    );
    running.state = state;
    return { emitted, timedOut, state: rowsOf(stateSnapshot(state)) };
  },
});

export const operatorBenches = [batchOperators, joins, updates, mapped];
