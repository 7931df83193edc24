import { describe, expect, test } from 'vitest';
import { findNextCommitOffset } from '../../../workers/engines/storm/kafkaSpout/offsetManager.ts';
import { ACKED, offsetsWith } from '../../../workers/engines/storm/kafkaSpout/offsetMarks.ts';
import {
  ackCompactedAway,
  createSpoutPartition,
  earliestRetriableOffset,
  mayEmit,
  onAck,
  onEmitted,
  onFail,
} from '../../../workers/engines/storm/kafkaSpout/spoutPartition.ts';

const ms = 1000;

describe('a partition of a KafkaSpout', () => {
  test('a failed offset is read again from there, and what follows it is skipped', () => {
    const partition = createSpoutPartition(0, 0);
    for (const offset of [0, 1, 2]) onEmitted(partition, offset);
    onAck(partition, 1);
    expect(onFail(partition, 0, 50)).toBe(50);
    expect(earliestRetriableOffset(partition, 50)).toBe(0);
    // 0 failed, 1 is acked, 2 is still in the topology, 3 is new.
    expect([0, 1, 2, 3].map((offset) => mayEmit(partition, offset, 50))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('the second failure waits 4 ms, until then it is neither emitted nor sought', () => {
    const partition = createSpoutPartition(0, 0);
    onEmitted(partition, 0);
    onFail(partition, 0, 0);
    expect(onEmitted(partition, 0)).toBe(true);
    expect(earliestRetriableOffset(partition, 1)).toBeNull();
    expect(onFail(partition, 0, 10 * ms)).toBe(14 * ms);
    expect([13 * ms, 14 * ms].map((nowUs) => mayEmit(partition, 0, nowUs))).toEqual([false, true]);
    expect([13 * ms, 14 * ms].map((nowUs) => earliestRetriableOffset(partition, nowUs))).toEqual([
      null,
      0,
    ]);
  });

  test('an ack ends the count of failures; a late ack or fail is ignored', () => {
    const partition = createSpoutPartition(0, 0);
    onEmitted(partition, 0);
    onFail(partition, 0, 0);
    onAck(partition, 0);
    expect(offsetsWith(partition.offsets.marks, ACKED)).toEqual([]);
    onEmitted(partition, 0);
    onAck(partition, 0);
    expect(partition.failures.size).toBe(0);
    expect(onFail(partition, 0, 5)).toBeNull();
  });

  test('what is gone from the topic is taken for acked, so that the spout does not go back for ever', () => {
    const partition = createSpoutPartition(0, 0);
    for (const offset of [0, 1]) onEmitted(partition, offset);
    onFail(partition, 0, 0);
    // The poll that began at 0 brought 3 first; 1 is still in the topology.
    ackCompactedAway(partition, 3, 0);
    expect(earliestRetriableOffset(partition, 0)).toBeNull();
    expect(findNextCommitOffset(partition.offsets)).toBe(1);
    onAck(partition, 1);
    expect(findNextCommitOffset(partition.offsets)).toBe(3);
  });
});
