/**
 * How a receiver cuts single records into blocks: a timer ticks on multiples of
 * `spark.streaming.blockInterval` (200 ms) and what has come since becomes a block, which is named by the tick before.
 * Without records there is no block. A record that comes at the tick itself goes into the next one.
 *
 * Follows BlockGenerator of Spark Streaming 3.5. Left out: the queue of ten blocks between the timer and the thread that
 * stores them. Times in milliseconds.
 *
 * A component of its own: the lane reads Kafka directly, without a receiver.
 */
export interface Block<T> {
  /** The tick with which the block began. */
  readonly blockMs: number;
  readonly records: readonly T[];
}

export interface BlockGenerator<T> {
  readonly blockIntervalMs: number;
  nextTickMs: number;
  buffer: T[];
}

export function createBlockGenerator<T>(blockIntervalMs: number): BlockGenerator<T> {
  return { blockIntervalMs, nextTickMs: blockIntervalMs, buffer: [] };
}

/** The blocks that are made until `nowMs`. A timer that is late makes up for its ticks, but the first takes all records. */
export function blocksUntil<T>(generator: BlockGenerator<T>, nowMs: number): Block<T>[] {
  const { blockIntervalMs } = generator;
  const blocks: Block<T>[] = [];
  for (; generator.nextTickMs <= nowMs; generator.nextTickMs += blockIntervalMs) {
    if (generator.buffer.length === 0) continue;
    blocks.push({ blockMs: generator.nextTickMs - blockIntervalMs, records: generator.buffer });
    generator.buffer = [];
  }
  return blocks;
}
