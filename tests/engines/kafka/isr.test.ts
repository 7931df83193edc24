import { describe, expect, it } from 'vitest';
import {
  createProgress,
  type FollowerProgress,
  isCaughtUp,
  mayJoinIsr,
  nextHighWatermark,
  noteFetch,
  shrunkIsr,
} from '../../../workers/engines/kafka/replication/isr.ts';

const LAG_MAX_US = 30_000_000;

function followers(...list: FollowerProgress[]): Map<number, FollowerProgress> {
  return new Map(list.map((progress) => [progress.broker, progress]));
}

function fetchedAt(broker: number, offset: number, leaderEnd: number, timeUs: number) {
  const progress = createProgress(broker, true, 0);
  noteFetch(progress, offset, leaderEnd, timeUs);
  return progress;
}

describe('C11 in-sync replicas and high watermark (PartitionTest)', () => {
  it('(a) testMaybeShrinkIsr: who never fetched leaves after replica.lag.time.max.ms, then HW moves', () => {
    const others = followers(fetchedAt(1, 10, 10, 1_000_000), createProgress(2, true, 0));
    const isrAt = (timeUs: number) => shrunkIsr([0, 1, 2], others, 10, timeUs, LAG_MAX_US);
    expect(isrAt(1_000_000)).toEqual([0, 1, 2]);
    expect(isrAt(30_001_000)).toEqual([0, 1]);
    const hw = (isr: number[], maximal: number[]) =>
      nextHighWatermark(0, 10, others, isr, maximal, [0, 1, 2], 1, 30_001_000, LAG_MAX_US);
    expect(hw([0, 1, 2], [0, 1, 2])).toBe(0);
    expect(hw([0, 1], [0, 1])).toBe(10);
  });

  it('(b) testShouldNotShrinkIsrIfFollowerCaughtUpToLogEnd: an idle partition loses nobody', () => {
    const others = followers(fetchedAt(1, 10, 10, 0));
    expect(shrunkIsr([0, 1], others, 10, 30_001_000, LAG_MAX_US)).toEqual([0, 1]);
  });

  it('(c) testHighWatermarkAdvanceShouldNotAdvanceWhenUnderMinISR', () => {
    const others = followers(fetchedAt(1, 10, 10, 0), fetchedAt(2, 10, 10, 0));
    const hw = (isr: number[]) =>
      nextHighWatermark(0, 10, others, isr, [0, 1, 2], [0, 1, 2], 3, 0, LAG_MAX_US);
    expect(hw([0, 1])).toBe(0);
    expect(hw([0, 1, 2])).toBe(10);
  });

  it('(d) testFollowerDoesNotJoinISR…: it must have reached the start of the leader’s own epoch', () => {
    // HW 4, the epoch began at 6.
    expect(mayJoinIsr(fetchedAt(1, 5, 8, 0), 4, 6)).toBe(false);
    expect(mayJoinIsr(fetchedAt(1, 6, 8, 0), 4, 6)).toBe(true);
  });

  it('having what the leader had at the previous fetch counts as caught up then', () => {
    const progress = createProgress(1, false, 0);
    noteFetch(progress, 5, 8, 10_000_000); // leader had 8
    noteFetch(progress, 8, 20, 11_000_000); // so it was caught up at 10 s
    expect(progress.caughtUpUs).toBe(10_000_000);
    expect(isCaughtUp(progress, 20, 40_000_000, LAG_MAX_US)).toBe(true);
    expect(isCaughtUp(progress, 20, 40_000_001, LAG_MAX_US)).toBe(false);
  });

  it('a new leader knows no ends yet, so HW stands until every in-sync replica has fetched', () => {
    const others = followers(createProgress(1, true, 0), fetchedAt(2, 9, 10, 0));
    const hw = () =>
      nextHighWatermark(7, 10, others, [0, 1, 2], [0, 1, 2], [0, 1, 2], 1, 0, LAG_MAX_US);
    expect(hw()).toBe(7);
    noteFetch(others.get(1)!, 8, 10, 0);
    expect(hw()).toBe(8);
  });

  it('a replica that was asked into the ISR counts before the controller agrees', () => {
    const others = followers(createProgress(1, false, 0));
    noteFetch(others.get(1)!, 6, 10, 1);
    const late = 40_000_000;
    expect(nextHighWatermark(5, 10, others, [0], [0, 1], [0, 1], 1, late, LAG_MAX_US)).toBe(6);
    expect(nextHighWatermark(5, 10, others, [0], [0], [0, 1], 1, late, LAG_MAX_US)).toBe(10);
  });

  it('who is about to come into the ISR is waited for, who is fenced is not', () => {
    const others = followers(fetchedAt(1, 6, 6, 0));
    const hw = (alive: number[]) =>
      nextHighWatermark(5, 10, others, [0], [0], alive, 1, 0, LAG_MAX_US);
    expect(hw([0, 1])).toBe(6);
    expect(hw([0])).toBe(10);
  });
});
