import { describe, expect, it } from 'vitest';
import {
  copiedTableLength,
  grownTableLength,
  hashMapOrder,
} from '../../workers/jvm/hashMapOrder.ts';

describe('java.util.HashMap iteration order', () => {
  // Observed on a real Flume 1.11.0 agent: the order in which a source writes to its channels, and
  // in which a group rotates over its sinks.
  it.each([
    ['c1 c2 c3', 'c3 c1 c2'],
    ['ch1 ch2 ch3', 'ch2 ch1 ch3'],
    ['mem file kafka', 'file mem kafka'],
    ['k1 k2 k3', 'k1 k2 k3'],
    ['s1 s2 s3', 's3 s1 s2'],
    ['sink1 sink2 sink3', 'sink3 sink2 sink1'],
  ])('visits %s as %s', (written, visited) => {
    expect(hashMapOrder(written.split(' ')).join(' ')).toBe(visited);
  });

  it('keeps insertion order inside a bucket, and a repeated key keeps its first place', () => {
    // "Aa" and "BB" have the same hashCode: 65·31 + 97 = 66·31 + 66 = 2112.
    expect(hashMapOrder(['BB', 'Aa', 'BB'])).toEqual(['BB', 'Aa']);
  });

  it.each([
    // size, grown one by one (load factor 0.75), copied: next power of two ≥ max(⌊size/0.75⌋ + 1, 16)
    [0, 16, 16],
    [11, 16, 16],
    [12, 16, 32],
    [13, 32, 32],
    [24, 32, 64],
    [25, 64, 64],
  ])('a table for %i keys has %i buckets when grown, %i when copied', (size, grown, copied) => {
    expect(grownTableLength(size)).toBe(grown);
    expect(copiedTableLength(size)).toBe(copied);
  });
});
