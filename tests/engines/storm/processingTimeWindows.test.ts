import { describe, expect, test } from 'vitest';
import { play, processingTime, show, showEnd } from './windowCases.ts';

describe('windows by count and by processing time', () => {
  test('C9 testCountBasedWindow', () => {
    const bolt = play(processingTime({ lengthCount: 5, slideCount: 2 }));
    const fired = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((id) => bolt.add(id, id).fired.map(show));
    expect(fired).toEqual([
      '1,2 (1,2) []',
      '1,2,3,4 (3,4) []',
      '2,3,4,5,6 (5,6) [1]',
      '4,5,6,7,8 (7,8) [2,3]',
    ]);
  });

  test('C9 testTumblingWindow', () => {
    const bolt = play(processingTime({ lengthCount: 3, slideCount: 3 }));
    const fired = [1, 2, 3, 4, 5, 6].flatMap((id) => bolt.add(id, id).fired.map(show));
    expect(fired).toEqual(['1,2,3 (1,2,3) []', '4,5,6 (4,5,6) [1,2,3]']);
  });

  test('C9 length 4, slide 3: acked one window late', () => {
    const bolt = play(processingTime({ lengthCount: 4, slideCount: 3 }));
    const windows: string[] = [];
    const ackedAtFiring: string[] = [];
    for (let id = 1; id <= 12; id++) {
      const before = bolt.acked.length;
      for (const fired of bolt.add(id, id).fired) {
        windows.push(fired.tuples.join());
        ackedAtFiring.push(bolt.acked.slice(before).join());
      }
    }
    expect(windows).toEqual(['1,2,3', '3,4,5,6', '6,7,8,9', '9,10,11,12']);
    expect(ackedAtFiring).toEqual(['', '1,2', '3,4,5', '6,7,8']);
  });

  test('a slide longer than the length acks tuples that no window saw', () => {
    // Length 1, slide 3: of each three tuples the first two expire, the third is the window.
    const bolt = play(processingTime({ lengthCount: 1, slideCount: 3 }));
    const windows = [1, 2, 3, 4, 5, 6].flatMap((id) =>
      bolt.add(id, id).fired.map((fired) => fired.tuples.join()),
    );
    expect(windows).toEqual(['3', '6']);
    expect(bolt.acked).toEqual(['1', '2', '3', '4', '5']);
  });

  test('C10 testTimeBasedWindowExpiry', () => {
    // The suite sets the reference times itself; the timer's reference is 1 ms before it runs.
    const bolt = play(processingTime({ lengthMs: 100, slideMs: 60 }));
    for (let id = 1; id <= 10; id++) bolt.add(id, 0, 1000);
    expect(bolt.runTriggerTimer(1061).map((fired) => fired.tuples.length)).toEqual([10]);
    expect(bolt.acked).toEqual([]);
    expect(bolt.runTriggerTimer(1121)).toEqual([]);
    expect(bolt.acked.length).toBe(10);
    expect(bolt.runTriggerTimer(1181)).toEqual([]);
  });

  test('C10 tumbling 10 ms', () => {
    const bolt = play(processingTime({ lengthMs: 10, slideMs: 10 }));
    for (const ts of [1, 2, 9]) bolt.add(ts, ts);
    expect(bolt.runTriggerTimer(10).map(showEnd)).toEqual(['end9 {1,2,9}']);
    for (const ts of [10, 15, 19, 20]) bolt.add(ts, ts);
    expect(bolt.runTriggerTimer(20).map(show)).toEqual(['10,15,19 (10,15,19) [1,2,9]']);
    expect(bolt.runTriggerTimer(30).map((fired) => fired.tuples.join())).toEqual(['20']);
  });

  test('a late timer widens its window by as much as it was late', () => {
    // Length 10, slide 10; the second timer runs 4 ms late: (ref − previous ref) − slide = 4, so
    // what is younger than 10 + 4 ms counts, and the tuple at 10 is not lost between two windows.
    const bolt = play(processingTime({ lengthMs: 10, slideMs: 10 }));
    bolt.runTriggerTimer(10);
    bolt.add('a', 10);
    bolt.add('b', 23);
    expect(bolt.runTriggerTimer(24).map(showEnd)).toEqual(['end23 {a,b}']);
  });
});
