/**
 * `KafkaTridentSpoutEmitter` of storm-kafka-client (Storm 2.8.8): which offsets a batch has, the first time and
 * again. A batch is what one poll brings. Where it goes on is told by the batch before, which the spout executor
 * keeps; only the very first goes by the strategy.
 *
 * A batch without records has the range of the record before it, and is emitted again as that record.
 *
 * A component of its own: no lane runs Trident.
 */

export type FirstPollOffsetStrategy =
  'EARLIEST' | 'LATEST' | 'UNCOMMITTED_EARLIEST' | 'UNCOMMITTED_LATEST';

/** `KafkaTridentSpoutBatchMetadata`. */
export interface KafkaBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly topologyId: string;
}

/** The offsets of a partition's records, ascending; a compacted log has gaps. */
export type KafkaLog = readonly number[];

export interface KafkaTridentSpout {
  readonly strategy: FirstPollOffsetStrategy;
  readonly maxPollRecords: number;
  readonly topologyId: string;
  readonly assigned: readonly number[];
  /** Where this spout started in a partition, for the case that its first batch comes again. */
  readonly firstOffsets: Map<number, number>;
}

export interface KafkaEmission {
  /** Offsets by partition. */
  readonly emitted: Map<number, readonly number[]>;
  readonly batches: Map<number, KafkaBatch>;
}

/** @param last the batch before, by partition, as far as there is one */
export function emitKafkaBatch(
  spout: KafkaTridentSpout,
  logs: ReadonlyMap<number, KafkaLog>,
  partitions: readonly number[],
  last: ReadonlyMap<number, KafkaBatch>,
): KafkaEmission {
  const emitted = new Map<number, readonly number[]>();
  const batches = new Map<number, KafkaBatch>();
  for (const partition of partitions) requireAssigned(spout, partition);
  let left = spout.maxPollRecords;
  for (const partition of partitions) {
    const log = logs.get(partition) ?? [];
    const position = seek(spout, partition, log, last.get(partition));
    const polled = log.filter((offset) => offset >= position).slice(0, left);
    left -= polled.length;
    batches.set(partition, {
      firstOffset: polled[0] ?? position - 1,
      lastOffset: polled.at(-1) ?? position - 1,
      topologyId: spout.topologyId,
    });
    if (polled.length > 0) emitted.set(partition, polled);
  }
  return { emitted, batches };
}

/** A transactional spout emits the same records again. @throws if compaction has taken the last of them */
export function emitKafkaBatchAgain(
  spout: KafkaTridentSpout,
  log: KafkaLog,
  partition: number,
  { firstOffset, lastOffset, topologyId }: KafkaBatch,
): number[] {
  requireAssigned(spout, partition);
  if (topologyId !== spout.topologyId && !isUncommitted(spout.strategy)) return [];
  if (firstOffset < 0 && firstOffset === lastOffset) return [];
  const polled = log.filter((offset) => offset >= firstOffset).slice(0, spout.maxPollRecords);
  const end = polled.findIndex((offset) => offset > lastOffset);
  if (end === -1) return polled;
  const received = polled[end];
  if (received !== lastOffset + 1) {
    throw new Error(
      `Error when re-emitting batch. Overshot the end of the batch. The batch end offset was [{${lastOffset}}], but received [{${received ?? ''}}]. Ensure log compaction is disabled in Kafka, since it is incompatible with non-opaque transactional spouts.`,
    );
  }
  return polled.slice(0, end);
}

function seek(
  { strategy, topologyId, firstOffsets }: KafkaTridentSpout,
  partition: number,
  log: KafkaLog,
  last: KafkaBatch | undefined,
): number {
  const first = firstOffsets.get(partition);
  if (first !== undefined) return last ? last.lastOffset + 1 : first;
  // The strategies that do not look at commits still go on after a restart of the same topology.
  const goesOn = last !== undefined && (isUncommitted(strategy) || last.topologyId === topologyId);
  const position = goesOn
    ? last.lastOffset + 1
    : strategy.endsWith('LATEST')
      ? end(log)
      : start(log);
  firstOffsets.set(partition, position);
  return position;
}

function isUncommitted(strategy: FirstPollOffsetStrategy): boolean {
  return strategy.startsWith('UNCOMMITTED');
}

function start(log: KafkaLog): number {
  return log[0] ?? 0;
}

function end(log: KafkaLog): number {
  const last = log.at(-1);
  return last === undefined ? 0 : last + 1;
}

function requireAssigned({ assigned }: KafkaTridentSpout, partition: number): void {
  if (assigned.includes(partition)) return;
  const shown = assigned.map((each) => `topic-${each}`).join(', ');
  throw new Error(
    `The spout is asked to emit tuples on a partition it is not assigned. This indicates a bug in the TopicFilter or ManualPartitioner implementations. The current partition is [topic-${partition}], the assigned partitions are [[${shown}]].`,
  );
}
