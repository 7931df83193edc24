// How a component of Spark is put on a bench: what its configuration and steps look like, how it
// starts, and what it answers to a step.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { benchOf as putOnBench, RefusedByBench, type Bench } from '../../../kernel/bench.ts';

interface Component<Config extends v.GenericSchema, Step extends v.GenericSchema, State> {
  /** Without the system's name. */
  readonly name: string;
  readonly meaning: string;
  readonly config: Config;
  readonly step: Step;
  readonly start: (config: v.InferOutput<Config>) => State;
  /** Answers with plain data, and may change the state it was given. */
  readonly play: (state: State, step: v.InferOutput<Step>) => unknown;
}

export function benchOf<Config extends v.GenericSchema, Step extends v.GenericSchema, State>({
  name,
  start,
  ...component
}: Component<Config, Step, State>): Bench {
  return putOnBench({ component: `spark/${name}`, create: start, ...component });
}

/** Stops the bench with the real system's message. */
export function refuse(message: string | null): void {
  if (message !== null) throw new RefusedByBench(message);
}

/** The rows of a batch: keys with numbers. */
export const pairs = v.pipe(
  v.array(v.tuple([v.string(), v.number()])),
  v.maxLength(10_000, 'at most 10000 pairs are expected'),
);

/** A map as rows ordered by key, for Spark promises no order of its own. */
export function sortedRows<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

export const duration = whole(1, 86_400_000);

export const apis = v.picklist(['python', 'scala']);

/** The numbers of each key, in order. */
export function valuesByKey(rows: readonly (readonly [string, number])[]): Map<string, number[]> {
  const grouped = new Map<string, number[]>();
  for (const [key, value] of rows) {
    const values = grouped.get(key);
    if (values) values.push(value);
    else grouped.set(key, [value]);
  }
  return grouped;
}
