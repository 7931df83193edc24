import { describe, expect, test } from 'vitest';
import { eventTime, foreverMs, play, show, showEnd } from './windowCases.ts';

describe('windows by event time', () => {
  test('C8 testEventTimeBasedWindow', () => {
    const bolt = play(eventTime({ lengthMs: 20, slideMs: 10, lagMs: foreverMs }));
    for (const [id, ts] of [
      [1, 603],
      [2, 605],
      [3, 607],
    ] as const)
      bolt.add(id, ts);
    expect(bolt.watermark(609)).toEqual([]);
    for (const [id, ts] of [
      [4, 618],
      [5, 626],
      [6, 636],
    ] as const)
      bolt.add(id, ts);
    expect(bolt.watermark(631).map(show)).toEqual([
      '1,2,3 (1,2,3) []',
      '1,2,3,4 (4) []',
      '4,5 (5) [1,2,3]',
    ]);
    for (const [id, ts] of [
      [7, 825],
      [8, 826],
      [9, 827],
      [10, 839],
    ] as const)
      bolt.add(id, ts);
    expect(bolt.watermark(834).map(show)).toEqual(['5,6 (6) [4]', '6 () [5]', '7,8,9 (7,8,9) []']);
    expect(bolt.acked).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('C8 testEventTimeLag', () => {
    const bolt = play(eventTime({ lengthMs: 20, slideMs: 10, lagMs: 5 }));
    [603, 605, 607, 618, 626, 632, 629, 636].forEach((ts, i) => bolt.add(i + 1, ts));
    expect(bolt.watermark(631).map((fired) => fired.tuples.join())).toEqual([
      '1,2,3',
      '1,2,3,4',
      '4,5,7',
    ]);
  });

  test('C8 testCountBasedWindowWithEventTs', () => {
    const bolt = play(eventTime({ lengthCount: 3, slideMs: 10, lagMs: 0 }));
    [603, 605, 607, 618, 626, 636].forEach((ts, i) => bolt.add(i + 1, ts));
    expect(bolt.watermark(631).map((fired) => fired.tuples.join())).toEqual([
      '1,2,3',
      '2,3,4',
      '3,4,5',
    ]);
    [665, 666, 667, 679].forEach((ts, i) => bolt.add(i + 7, ts));
    expect(bolt.watermark(674).map((fired) => fired.tuples.join())).toEqual([
      '4,5,6',
      '4,5,6',
      '4,5,6',
      '7,8,9',
    ]);
  });

  test('C8 testCountBasedTumblingWithSameEventTs', () => {
    const bolt = play(eventTime({ lengthCount: 2, slideCount: 2, lagMs: 0 }));
    [10, 10, 11, 12, 12, 12, 12, 13, 14, 15].forEach((ts, i) => bolt.add(i + 1, ts));
    expect(bolt.watermark(20).map((fired) => fired.tuples.join())).toEqual([
      '1,2',
      '3,4',
      '5,6',
      '7,8',
      '9,10',
    ]);
  });

  test('C8 boundaries: a window is open on the left and closed on the right', () => {
    const bolt = play(eventTime({ lengthMs: 10, slideMs: 10, lagMs: 0 }));
    for (const ts of [0, 5, 10, 11, 20, 21]) bolt.add(ts, ts);
    expect(bolt.watermark(19).map(showEnd)).toEqual(['end0 {0}', 'end10 {5,10}']);
    expect(bolt.watermark(20).map(showEnd)).toEqual(['end20 {11,20}']);
    expect(bolt.watermark(21)).toEqual([]);
    bolt.add(40, 40);
    expect(bolt.watermark(40).map(showEnd)).toEqual(['end30 {21}', 'end40 {40}']);
  });

  test.each([
    { name: 'lag trap', lagMs: 0, watermarkMs: 33, fired: ['end10 {8}', 'end30 {25}'] },
    { name: 'lag 5', lagMs: 5, watermarkMs: 28, fired: ['end10 {8}', 'end20 {15,12}'] },
    {
      name: 'lag without end',
      lagMs: foreverMs,
      watermarkMs: 33,
      fired: ['end10 {8}', 'end20 {15,12}', 'end30 {25}'],
    },
  ])('C8 $name', ({ lagMs, watermarkMs, fired }) => {
    const bolt = play(eventTime({ lengthMs: 10, slideMs: 10, lagMs }));
    for (const ts of [8, 25, 15, 12, 33]) bolt.add(ts, ts);
    expect(bolt.watermark(watermarkMs).map(showEnd)).toEqual(fired);
    // What is hidden is not kept for a later window: it expires, and is acked, unseen.
    if (lagMs === 0) {
      expect(bolt.acked).toEqual(['8', '15', '12']);
      expect(bolt.hidden).toEqual(['end20 {15,12}']);
    }
  });

  test('C8 sliding gap: no firing at the empty ends', () => {
    const bolt = play(eventTime({ lengthMs: 30, slideMs: 10, lagMs: 0 }));
    for (const ts of [5, 12, 27, 41]) bolt.add(ts, ts);
    expect(bolt.watermark(41).map(showEnd)).toEqual([
      'end10 {5}',
      'end20 {5,12}',
      'end30 {5,12,27}',
      'end40 {12,27}',
    ]);
    bolt.add(95, 95);
    expect(bolt.watermark(95).map(showEnd)).toEqual(['end50 {27,41}', 'end60 {41}', 'end70 {41}']);
  });

  test('C8 count and event time', () => {
    const bolt = play(eventTime({ lengthCount: 3, slideCount: 2, lagMs: 0 }));
    for (const ts of [10, 14, 12, 16, 18, 17, 30]) bolt.add(ts, ts);
    expect(bolt.watermark(20).map(showEnd)).toEqual([
      'end14 {10,14}',
      'end16 {14,12,16}',
      'end18 {16,18,17}',
    ]);
    for (const ts of [32, 34]) bolt.add(ts, ts);
    expect(bolt.watermark(34).map(showEnd)).toEqual(['end32 {17,30,32}']);
  });

  test('C11 testExecuteWithTs', () => {
    const bolt = play(eventTime({ lengthMs: 20, slideMs: 10, lagMs: 5 }));
    for (const ts of [603, 605, 607, 618, 626, 636]) bolt.add(ts, ts);
    const { waterMarkMs, fired } = bolt.runWatermarkTimer();
    expect(waterMarkMs).toBe(631);
    expect(fired.map((one) => one.tuples.join())).toEqual([
      '603,605,607',
      '603,605,607,618',
      '618,626',
    ]);
  });

  test('C11 testExecuteWithLateTupleStream', () => {
    const bolt = play(eventTime({ lengthMs: 20, slideMs: 10, lagMs: 5 }));
    for (const ts of [603, 605, 607, 618, 626, 636]) {
      expect(bolt.add(ts, ts).onTime).toBe(true);
      bolt.runWatermarkTimer();
    }
    expect(bolt.add(600, 600).onTime).toBe(false);
    // As old as the watermark 636 − 5 is still on time.
    expect(bolt.add(631, 631).onTime).toBe(true);
  });
});
