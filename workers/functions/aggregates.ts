// How the values of one key become one number. A total starts with the first value, as `reduce`
// does in every engine here: there is no zero element.

import { present } from '../kernel/assert.ts';

export type AggregateName = 'sum' | 'max' | 'min';

export interface Aggregate {
  readonly name: AggregateName;
  readonly meaning: string;
  readonly add: (total: number, value: number) => number;
  /** The inverse of `add`: what reduceByKeyAndWindow takes away old batches with. Null: there is none. */
  readonly subtract: ((total: number, value: number) => number) | null;
  readonly python: string;
  readonly pythonInverse: string | null;
  readonly java: string;
}

const aggregateTable: readonly Aggregate[] = [
  {
    name: 'sum',
    meaning: 'The sum of the values of a key; of ones, the count.',
    add: (total, value) => total + value,
    subtract: (total, value) => total - value,
    python: 'lambda x, y: x + y',
    pythonInverse: 'lambda x, y: x - y',
    java: 'Integer::sum',
  },
  {
    name: 'max',
    meaning: 'The greatest value of a key. What has left cannot be taken away from a maximum.',
    add: (total, value) => Math.max(total, value),
    subtract: null,
    python: 'max',
    pythonInverse: null,
    java: 'Integer::max',
  },
  {
    name: 'min',
    meaning: 'The least value of a key. What has left cannot be taken away from a minimum.',
    add: (total, value) => Math.min(total, value),
    subtract: null,
    python: 'min',
    pythonInverse: null,
    java: 'Integer::min',
  },
];

export const aggregateNames = ['sum', 'max', 'min'] as const satisfies readonly AggregateName[];

export function aggregate(name: AggregateName): Aggregate {
  return present(
    aggregateTable.find((row) => row.name === name),
    `the aggregate ${name}`,
  );
}
