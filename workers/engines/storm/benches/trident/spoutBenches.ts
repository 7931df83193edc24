/** The benches of Trident's spouts: what a batch is made of, the first time and again. */
import * as v from 'valibot';
import {
  commitBatch,
  emitBatch,
  onSuccess,
  openPartitionedSpout,
  type PartitionedSpout,
  type Range,
} from '../../trident/partitionedSpout.ts';
import {
  createRichSpoutBatches,
  emitRichSpoutBatch,
  onRichSpoutSuccess,
  type RichSpout,
  type RichSpoutBatches,
} from '../../trident/richSpoutBatches.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';

const attempt = { txid: natural, attempt: natural };
const records = v.array(v.string());

interface PartitionedBench {
  spout: PartitionedSpout;
  readonly records: Map<string, string[]>;
  partitions: readonly string[];
}

export const tridentPartitionedSpout = benchOf({
  component: 'storm/trident-partitioned-spout',
  meaning:
    'A task of a partitioned Trident spout. Configuration: kind, recordsPerBatch (of each partition), task and tasks. Steps: arrive, records in a partition; partitions, which there are from now on; emit, commit and success of txid and attempt; restart. Answers: what it emits of each partition, and the offsets that are stored for each transaction.',
  config: v.strictObject({
    kind: v.picklist(['transactional', 'opaque']),
    recordsPerBatch: natural,
    task: v.optional(natural, 0),
    tasks: v.optional(v.pipe(natural, v.minValue(1)), 1),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('arrive'), partition: v.string(), records }),
    v.strictObject({ do: v.literal('partitions'), are: v.array(v.string()) }),
    v.strictObject({ do: v.picklist(['emit', 'commit', 'success']), ...attempt }),
    v.strictObject({ do: v.literal('restart') }),
  ]),
  create: ({ kind, task, tasks }): PartitionedBench => ({
    spout: openPartitionedSpout(kind, task, tasks),
    records: new Map(),
    partitions: [],
  }),
  play(bench, step, { recordsPerBatch }) {
    const { spout } = bench;
    let batch = new Map<string, Range>();
    switch (step.do) {
      case 'arrive':
        bench.records.set(step.partition, [
          ...(bench.records.get(step.partition) ?? []),
          ...step.records,
        ]);
        bench.partitions = [...new Set([...bench.partitions, step.partition])].toSorted();
        return null;
      case 'partitions':
        bench.partitions = step.are.toSorted();
        return null;
      case 'emit':
        batch = emitBatch(spout, step, bench.partitions, (partition, from) => ({
          from,
          to: Math.min(from + recordsPerBatch, bench.records.get(partition)?.length ?? 0),
        }));
        break;
      case 'commit':
        commitBatch(spout, step);
        break;
      case 'success':
        onSuccess(spout, step);
        break;
      case 'restart':
        bench.spout = openPartitionedSpout(spout.kind, spout.task, spout.tasks, spout.stored);
        break;
    }
    return { emitted: emittedIn(bench, batch), stored: storedIn(bench.spout) };
  },
});

function emittedIn({ records }: PartitionedBench, batch: ReadonlyMap<string, Range>) {
  return [...batch]
    .map(([partition, { from, to }]) => [partition, records.get(partition)?.slice(from, to) ?? []])
    .filter(([, emitted]) => emitted?.length !== 0);
}

function storedIn({ stored }: PartitionedSpout) {
  return byKey(stored.ranges).map(([partition, ranges]) => [
    partition,
    byKey(ranges).map(([txid, { from, to }]) => ({ txid, from, to })),
  ]);
}

function byKey<K, V>(map: ReadonlyMap<K, V>): [K, V][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

interface RichSpoutBench {
  readonly waiting: string[];
  readonly batches: RichSpoutBatches<string>;
  acked: string[];
  failed: string[];
}

export const tridentRichSpout = benchOf({
  component: 'storm/trident-rich-spout',
  meaning:
    'An ordinary spout in a Trident topology, whose nextTuple emits one record that waits. Configuration: topology.spout.max.batch.size, and emitsFailedAgain, whether what failed waits again. Steps: arrive, records; emit and success of txid and attempt. Answers: how often the spout was asked, what it emitted, and which records were acked and failed.',
  config: v.strictObject({
    'topology.spout.max.batch.size': v.optional(natural, 1000),
    emitsFailedAgain: v.boolean(),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('arrive'), records }),
    v.strictObject({ do: v.picklist(['emit', 'success']), ...attempt }),
  ]),
  create(config): RichSpoutBench {
    const waiting: string[] = [];
    const spout: RichSpout<string> = {
      nextTuple: () => waiting.shift() ?? null,
      ack: (record) => bench.acked.push(record),
      fail(record) {
        bench.failed.push(record);
        if (config.emitsFailedAgain) waiting.push(record);
      },
    };
    const batches = createRichSpoutBatches(spout, config['topology.spout.max.batch.size']);
    const bench: RichSpoutBench = { waiting, batches, acked: [], failed: [] };
    return bench;
  },
  play(bench, step) {
    if (step.do === 'arrive') {
      bench.waiting.push(...step.records);
      return null;
    }
    bench.acked = [];
    bench.failed = [];
    let emission: { asked: number; emitted: string[] } = { asked: 0, emitted: [] };
    if (step.do === 'emit') emission = emitRichSpoutBatch(bench.batches, step.txid);
    else onRichSpoutSuccess(bench.batches, step.txid);
    return { ...emission, acked: bench.acked, failed: bench.failed };
  },
});
