import { describe, expect, test } from 'vitest';
import { hopsOnScreen, planHops, ribbonRate, type Hops } from '../../src/stage/screenTime.ts';

/** A hand-written link: [record, sent s, due s]. */
function link(...rows: (readonly [number, number, number])[]): Hops {
  return {
    count: rows.length,
    record: rows.map((row) => row[0]),
    sentUs: rows.map((row) => row[1] * 1e6),
    dueUs: rows.map((row) => row[2] * 1e6),
  };
}

const ready = (): Float64Array => new Float64Array(1000);
const seconds = (times: readonly number[]): number[] =>
  [...times].map((us) => Math.round(us / 1e3) / 1e3);

describe('a hop of a millisecond', () => {
  // 300 ms of watching are 0.03 s, 0.3 s and 3 s of simulated time at 0.1×, 1× and 10×.
  test.each([
    [0.1, 2.03],
    [1, 2.3],
    [10, 5],
  ])('at %s× ends at %s s', (speed, end) => {
    const drawn = planHops(link([0, 2, 2.001]), speed, ready());
    expect(seconds(drawn.startUs)).toEqual([2]);
    expect(seconds(drawn.endUs)).toEqual([end]);
  });
});

test('a hop that really takes longer than 300 ms of watching keeps its true times', () => {
  const drawn = planHops(link([0, 1, 3]), 1, ready());
  expect(seconds(drawn.endUs)).toEqual([3]);
});

test('a fast record does not overtake the slow one in front of it', () => {
  const drawn = planHops(link([0, 1, 3], [1, 1.5, 1.501]), 1, ready());
  // behind the first by the gap of 45 ms
  expect(seconds(drawn.endUs)).toEqual([3, 3.045]);
});

test('records of one batch set out one after the other, 45 ms apart', () => {
  const drawn = planHops(link([0, 1, 1.001], [1, 1, 1.001], [2, 1, 1.001]), 1, ready());
  expect(seconds(drawn.startUs)).toEqual([1, 1.045, 1.09]);
});

test('a record is on one link at a time, though its true hops are a millisecond apart', () => {
  const readyUs = ready();
  const first = planHops(link([7, 1, 1.001]), 1, readyUs);
  const second = planHops(link([7, 1.001, 1.002]), 1, readyUs);
  expect(second.startUs[0]).toBe(first.endUs[0]);
});

describe('a link with more than the eye can follow', () => {
  const fifty = link(
    ...Array.from({ length: 500 }, (_, i) => [i, i / 50, i / 50 + 0.001] as const),
  );

  test('50 records a second: every one drawn at 0.1×, a ribbon at 10×', () => {
    // 0.1×: one record each 200 ms of watching, above the gap of 45; 10×: one each 2 ms.
    const slow = planHops(fifty, 0.1, ready());
    expect(slow.hop).toHaveLength(500);
    expect(ribbonRate(fifty, slow, 5e6, 0.1)).toBeNull();
    const fast = planHops(fifty, 10, ready());
    expect(ribbonRate(fifty, fast, 9.99e6, 10)).toBe(50);
  });

  test('no drawn record is later than 600 ms of watching at its start', () => {
    const drawn = planHops(fifty, 1, ready());
    expect(drawn.crowdedUs.length).toBeGreaterThan(0);
    drawn.hop.forEach((hop, i) => {
      expect(drawn.startUs[i]! - fifty.sentUs[hop]!).toBeLessThanOrEqual(6e5);
    });
  });
});

test('a lost record sets out and is drawn for the least time', () => {
  const drawn = planHops(link([0, 1, Infinity]), 1, ready());
  expect(seconds(drawn.endUs)).toEqual([1.3]);
});

test('on the screen are the hops that have set out and not arrived, each where time has brought it', () => {
  // drawn from 1.0 to 1.4 s and from 1.2 to 1.6 s
  const drawn = planHops(link([0, 1, 1.4], [1, 1.2, 1.6]), 1, ready());
  const at = (s: number): [number, number][] =>
    hopsOnScreen(drawn, s * 1e6).map(({ hop, progress }) => [hop, Math.round(progress * 100)]);
  expect(at(0.9)).toEqual([]);
  expect(at(1.1)).toEqual([[0, 25]]);
  expect(at(1.3)).toEqual([
    [0, 75],
    [1, 25],
  ]);
  expect(at(1.4)).toEqual([[1, 50]]);
  expect(at(1.6)).toEqual([]);
});
