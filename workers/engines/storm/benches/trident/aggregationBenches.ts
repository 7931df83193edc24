/** The benches of Trident's aggregations of a batch. */
import * as v from 'valibot';
import {
  batchAggregate,
  extreme,
  groupedAggregate,
  partitionAggregate,
  type Aggregate,
} from '../../trident/aggregation.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';

const PARTITIONS = 2;

const operations = {
  'partitionAggregate Sum': ['Sum'],
  'aggregate Sum': ['Sum'],
  'aggregate reducer': ['Sum'],
  'aggregate Aggregator': ['Count'],
  'aggregate Count and Sum': ['Count', 'Sum'],
  'groupBy aggregate Sum': ['Sum'],
} as const satisfies Record<string, readonly Aggregate[]>;

type Operation = keyof typeof operations;

export const tridentAggregation = benchOf({
  component: 'storm/trident-aggregation',
  meaning:
    'An aggregation of a Trident stream with two partitions before it and two behind it. Configuration: the operation; the reducer sums, the Aggregator counts. Each step is a batch, the txids from 1 on: tuples of [partition, key, value]. Answers: what comes out in which partition.',
  config: v.strictObject({ operation: v.picklist(Object.keys(operations) as Operation[]) }),
  step: v.strictObject({
    tuples: v.array(v.tuple([v.pipe(natural, v.maxValue(PARTITIONS - 1)), v.string(), v.number()])),
  }),
  create: () => ({ txid: 0 }),
  play(bench, { tuples }, { operation }) {
    bench.txid += 1;
    const rows = tuples.map(([partition, key, value]) => ({ partition, key, value }));
    const aggregates = operations[operation];
    switch (operation) {
      case 'partitionAggregate Sum':
        return partitionAggregate(rows, PARTITIONS, aggregates);
      case 'groupBy aggregate Sum':
        return groupedAggregate(rows, PARTITIONS, aggregates);
      default:
        return batchAggregate(rows, PARTITIONS, bench.txid, aggregates);
    }
  },
});

export const tridentExtreme = benchOf({
  component: 'storm/trident-extreme',
  meaning:
    'maxBy or minBy of a Trident stream, and an operation after it. Each step is a batch in one partition: its tuples. Answers: what comes out.',
  config: v.strictObject({ operation: v.picklist(['maxBy', 'minBy']) }),
  step: v.strictObject({ txid: natural, partition: natural, tuples: v.array(v.number()) }),
  create: () => null,
  play: (_, { tuples }, { operation }) => [extreme(operation, tuples)],
});
