import { describe, expect, test } from 'vitest';
import {
  advanceJoin,
  createIntervalJoin,
  joinElement,
  type IntervalJoinConfig,
} from '../../../workers/engines/flink/intervalJoin.ts';
import { LONG_MIN } from '../../../workers/engines/flink/long.ts';

const within = (lowerBoundMs: number, upperBoundMs: number, inclusive = true) => ({
  lowerBoundMs,
  upperBoundMs,
  lowerInclusive: inclusive,
  upperInclusive: inclusive,
});

/** Plays `L10`, `R8` (value = timestamp) and `WM10`; pairs are written `10-8@10`. */
function play(config: IntervalJoinConfig, words: string): string[] {
  const join = createIntervalJoin();
  return words.split(' ').flatMap((word) => {
    const at = Number(word.replace(/^\D+/, ''));
    if (word.startsWith('WM')) {
      advanceJoin(config, join, at);
      return [];
    }
    const side = word.startsWith('L') ? 'left' : 'right';
    const element = { value: at, timestampMs: at };
    return joinElement(config, join, side, 'k', element).map(
      ({ left, right, timestampMs }) => `${left}-${right}@${timestampMs}`,
    );
  });
}

describe('C28 interval join', () => {
  const input = 'L1 L2 L3 L4 R1 R2 R3 R4';

  test('[-1, +1] inclusive', () => {
    const pairs = '1-1 1-2 2-1 2-2 2-3 3-2 3-3 3-4 4-3 4-4'.split(' ');
    const found = play(within(-1, 1), input).map((pair) => pair.replace(/@.*/, ''));
    expect(found.sort()).toEqual(pairs);
  });

  test('(-1, +1) exclusive', () => {
    expect(play(within(-1, 1, false), input)).toEqual(['1-1@1', '2-2@2', '3-3@3', '4-4@4']);
  });

  test('what is strictly older than the watermark is dropped', () => {
    expect(play(within(-1, 1), 'R1 WM3 L1')).toEqual([]);
  });

  test('[-2, +1]: bounds, result time, and a record exactly at the watermark', () => {
    expect(play(within(-2, 1), 'L10 R8 R7 R11 R12 WM10 L9 L10')).toEqual([
      '10-8@10',
      '10-11@11',
      // The second L10 no longer meets R8, which was forgotten at watermark 8 + 2.
      '10-11@11',
    ]);
  });
});

test('exclusive bounds also shorten how long a side is kept', () => {
  expect(play(within(-2, 2, false), 'L10 WM10 R11')).toEqual(['10-11@11']);
  expect(play(within(-2, 2, false), 'L10 WM11 R11')).toEqual([]);
});

test('partners come in the order of a hash map of their times', () => {
  expect(play(within(-100, 100), 'R5 R20 R36 L10')).toEqual(['10-20@20', '10-36@36', '10-5@10']);
});

test('a record without a timestamp fails the job', () => {
  const element = { value: 1, timestampMs: LONG_MIN };
  const join = () => joinElement(within(-1, 1), createIntervalJoin(), 'left', 'k', element);
  expect(join).toThrow('Long.MIN_VALUE timestamp');
});
