import { describe, expect, it } from 'vitest';
import {
  appendSticky,
  appendStickyPerBatch,
  createTopicQueues,
  producerRecord,
  type ProducerRecord,
  queueOf,
  type TopicQueues,
} from '../../../workers/clients/kafka/accumulator.ts';
import { nextPartition, partitionLoad } from '../../../workers/clients/kafka/stickyPartitioner.ts';

const three = { count: 3, available: [0, 1, 2] };

function valueOf(bytes: number): ProducerRecord {
  return producerRecord('t', null, 0, null, 'x'.repeat(bytes), -1, 0);
}

/** 0, 1, 2, …: what the real test puts in place of the random choice. */
function counter(): () => number {
  let next = -1;
  return () => (next += 1);
}

/** Partition of each of the records, all of one instant. */
function partitions(
  topic: TopicQueues,
  sizes: readonly number[],
  afterEach: (topic: TopicQueues) => void = () => undefined,
): number[] {
  const random = counter();
  return sizes.map((bytes) => {
    const partition = appendSticky(topic, valueOf(bytes), three, 0, random);
    afterEach(topic);
    return partition;
  });
}

/** Every batch was sent before the next record came. */
function drain(topic: TopicQueues): void {
  for (const queue of topic.queues.values()) queue.batches.length = 0;
}

/** Lengths of the stretches of equal numbers. */
function runs(numbers: readonly number[]): number[] {
  const lengths: number[] = [];
  numbers.forEach((number, i) => {
    if (number === numbers[i - 1]) lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1;
    else lengths.push(1);
  });
  return lengths;
}

describe('C2 sticky switch (RecordAccumulatorTest.testUniformBuiltInPartitioner)', () => {
  it('passes the limit, but leaves only when the batch is full', () => {
    const topic = createTopicQueues('t', 1024);
    expect(partitions(topic, [10, 1024, 1024, 1024, 1024])).toEqual([0, 0, 1, 2, 0]);
  });
});

describe('C3 sticky run lengths, null key', () => {
  it.each([
    // Each record pays 61 bytes of batch header: ⌈16384 / (61 + record)⌉ records.
    [10, 16384, 211],
    [100, 16384, 97],
    [200, 16384, 61],
    [1000, 16384, 16],
    [10, 256, 4],
  ])('values of %i bytes, batch.size %i, each sent alone: %i in a row', (bytes, batchSize, run) => {
    const sizes = new Array<number>(run * 3).fill(bytes);
    const got = runs(partitions(createTopicQueues('t', batchSize), sizes, drain));
    expect(got).toEqual([run, run, run]);
  });

  it.each([
    // Nothing drains: two full batches in a row.
    [10, 16384, 1820],
    [100, 16384, 296],
    [200, 16384, 156],
    [1000, 16384, 32],
    [50, 200, 4],
  ])('values of %i bytes, batch.size %i, never drained: %i in a row', (bytes, batchSize, run) => {
    const sizes = new Array<number>(run * 2).fill(bytes);
    expect(runs(partitions(createTopicQueues('t', batchSize), sizes))).toEqual([run, run]);
  });

  it('a value above batch.size switches at every record', () => {
    expect(partitions(createTopicQueues('t', 256), [300, 300, 300, 300])).toEqual([0, 1, 2, 0]);
  });
});

describe('KIP-480, the rule of 2.4 to 3.2', () => {
  it('goes to another partition whenever a batch has to be opened', () => {
    const topic = createTopicQueues('t', 200);
    // 0 is chosen first; opening its batch already moves on, and never to the partition it comes from.
    const random = counter();
    const append = () => appendStickyPerBatch(topic, valueOf(50), three, 0, random);
    // A batch of 200 bytes holds 2 records of 58 bytes: 61 + 58 + 58 = 177.
    expect([append(), append(), append(), append()]).toEqual([1, 1, 2, 2]);
    drain(topic);
    expect(append()).toBe(0);
  });

  it('stays where the only available partition is', () => {
    const topic = createTopicQueues('t', 60);
    const one = { count: 3, available: [1] };
    const append = () => appendStickyPerBatch(topic, valueOf(50), one, 0, counter());
    expect([append(), append()]).toEqual([1, 1]);
  });
});

describe('C4 adaptive weights (BuiltInPartitionerTest.adaptivePartitionsTest)', () => {
  it.each([
    { queues: [5, 0, 3, 0, 1], weights: [1, 6, 3, 6, 5] },
    { queues: [1, 7, 2], weights: [7, 1, 6] },
  ])('queues of $queues give the weights $weights', ({ queues, weights }) => {
    const all = queues.map((_, partition) => partition);
    const load = partitionLoad(queues, all);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const hits = all.map(() => 0);
    for (let random = 0; random < total; random++) {
      const partition = nextPartition(load, all, all.length, random);
      hits[partition] = (hits[partition] ?? 0) + 1;
    }
    expect(hits).toEqual(weights);
  });

  it('equal queues weigh nothing', () => {
    expect(partitionLoad([2, 2, 2], [0, 1, 2])).toBeNull();
  });

  it('a partition without a leader is chosen only when none has one', () => {
    expect(nextPartition(null, [2], 3, 7)).toBe(2);
    expect(nextPartition(null, [], 3, 7)).toBe(1);
  });
});

describe('a batch', () => {
  it('is closed by the first record that does not fit, though it was not full', () => {
    const topic = createTopicQueues('t', 1024);
    partitions(topic, [10, 1024]);
    const [first, second] = queueOf(topic, 0).batches;
    expect([first?.closed, second?.closed]).toEqual([true, false]);
  });
});
