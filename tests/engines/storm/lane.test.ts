import { describe, expect, test } from 'vitest';
import { runLane, showOutputs } from './lane.ts';

describe('a lane by event time, window 8 s, slide 4 s', () => {
  test('counts each word in the two windows that hold it', () => {
    // a at 1 s is in (−4, 4] and (0, 8]; b at 5 s in (0, 8] and (4, 12]; the last at 30 s closes them all.
    const { outputs, fates } = runLane({
      lines: [
        [1000, 'a'],
        [5000, 'b'],
        [30_000, 'end'],
      ],
      untilMs: 32_000,
    });
    expect(showOutputs(outputs)).toEqual(['-4..4 s: a=1', '0..8 s: a=1 b=1', '4..12 s: b=1']);
    expect(fates).toEqual(['right', 'right', 'waiting']);
  });
});
