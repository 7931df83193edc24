import { describe, expect, test } from 'vitest';
import { countWords, runLane, showOutputs } from './lane.ts';

const tumbling = (ms: number) => ({ ...countWords, windowIntervalMs: ms, slideIntervalMs: ms });

describe('an early record that hides those that come after it', () => {
  test('C8 lag trap: with lag 0 one early record hides those that come after it', () => {
    // Event times 8 25 15 12 33 s as in the case, a second apart; the timer runs when all are there.
    const scene = {
      program: tumbling(10_000),
      lines: [
        [1100, 'a', 8000],
        [1200, 'b', 25_000],
        [1300, 'c', 15_000],
        [1400, 'd', 12_000],
        [1500, 'e', 33_000],
      ],
      untilMs: 10_000,
    } as const;
    const storm = { 'topology.bolts.watermark.event.interval.ms': 2000 };
    const trapped = runLane({ ...scene, storm });
    expect(showOutputs(trapped.outputs)).toEqual(['0..10 s: a=1', '20..30 s: b=1']);
    expect(trapped.bookings.losses.map(({ record, cause }) => [record, cause])).toEqual([
      [2, 'expired unseen by every window'],
      [3, 'expired unseen by every window'],
    ]);
    const lagging = runLane({
      ...scene,
      storm: { ...storm, 'topology.bolts.tuple.timestamp.max.lag.ms': 5000 },
    });
    expect(showOutputs(lagging.outputs)).toEqual(['0..10 s: a=1', '10..20 s: c=1 d=1']);
    expect(lagging.bookings.losses).toEqual([]);
  });

  test('a window over which the trigger leaps does not count what an early record hides', () => {
    // b is in (−4, 4] and (0, 8]. The window that ends at 4 s is scanned, and is empty, for a stands before b; the next
    // end is then that of the next event, a at 30 s: (0, 8] is never scanned, and b is 29 s old by then.
    const { outputs, fates, bookings } = runLane({
      lines: [
        [1000, 'a', 30_000],
        [1100, 'b', 3000],
        [1200, 'end', 50_000],
      ],
      storm: { 'topology.bolts.watermark.event.interval.ms': 2000 },
      untilMs: 10_000,
    });
    expect(showOutputs(outputs)).toEqual(['24..32 s: a=1', '28..36 s: a=1']);
    expect(fates).toEqual(['right', 'lost', 'waiting']);
    expect(bookings.losses.map(({ record }) => record)).toEqual([1]);
  });
});

test('a full queue is cleared before the first firing, and what was cleared is in no window', () => {
  // WindowManager compacts after each 100 adds. The first firing, at 4 s, takes everything that came before; but the 200th
  // add, at 2.5 s, finds the first 100 tuples older than a window of 1 s.
  const at = (ms: number, text: string) => Array.from({ length: 100 }, () => [ms, text] as const);
  const { outputs, fates, bookings } = runLane({
    program: { ...countWords, windowIntervalMs: 1000, slideIntervalMs: 4000 },
    storm: { windowTime: 'processing-time' },
    lines: [...at(500, 'a'), ...at(2500, 'b')],
    untilMs: 8000,
  });
  expect(showOutputs(outputs).map((shown) => shown.replace(/^.*: /, ''))).toEqual(['b=100']);
  expect([fates[0], fates[99], fates[100], fates[199]]).toEqual(['lost', 'lost', 'right', 'right']);
  expect(bookings.losses).toHaveLength(100);
});
