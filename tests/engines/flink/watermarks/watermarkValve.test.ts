import { describe, expect, test } from 'vitest';
import { LONG_MAX } from '../../../../workers/engines/flink/long.ts';
import {
  createCombinedWatermark,
  updateInput,
} from '../../../../workers/engines/flink/watermarks/combinedWatermark.ts';
import {
  createWatermarkValve,
  inputStatus,
  inputWatermark,
  type ValveOutput,
} from '../../../../workers/engines/flink/watermarks/watermarkValve.ts';

/** [channel, watermark or status, what the valve gives] */
type Row = readonly [number, number | 'IDLE' | 'ACTIVE', readonly ValveOutput[]];

const rows: Record<string, { channels: number; rows: readonly Row[] }> = {
  MultipleInputIncreasingWatermarks: {
    channels: 3,
    rows: [
      [0, 0, []],
      [1, 0, []],
      [2, 0, [0]],
      [0, 12, []],
      [2, 8, []],
      [2, 10, []],
      [1, 15, [10]],
      [2, 17, [12]],
      [0, 20, [15]],
    ],
  },
  SingleInputWatermarksIntactDuringIdleness: {
    channels: 1,
    rows: [
      [0, 25, [25]],
      [0, 'IDLE', ['IDLE']],
      [0, 50, []],
      [0, 'ACTIVE', ['ACTIVE']],
      [0, 50, [50]],
    ],
  },
  PartiallyIdleChannels: {
    channels: 3,
    rows: [
      [0, 15, []],
      [1, 10, []],
      [2, 'IDLE', [10]],
      [1, 18, [15]],
      [0, 20, [18]],
    ],
  },
  ChannelsIndividuallyBecomeIdle: {
    channels: 3,
    rows: [
      [0, 25, []],
      [1, 10, []],
      [2, 17, [10]],
      [1, 'IDLE', [17]],
      [2, 'IDLE', [25]],
    ],
  },
  FlushMaxWatermark: {
    channels: 3,
    rows: [
      [0, 10, []],
      [1, 5, []],
      [2, 3, [3]],
      [0, 'IDLE', []],
      [1, 'IDLE', []],
      [2, 'IDLE', [10, 'IDLE']],
    ],
  },
  RealignmentAfterResumeActive: {
    channels: 3,
    rows: [
      [0, 10, []],
      [1, 7, []],
      [2, 3, [3]],
      [2, 'IDLE', [7]],
      [2, 'ACTIVE', []],
      [2, 5, []],
      [2, 9, []],
      [1, 12, [9]],
    ],
  },
  'one channel finished': {
    channels: 2,
    rows: [
      [0, 10, []],
      [0, LONG_MAX, []],
      [1, 20, [20]],
      [1, LONG_MAX, [LONG_MAX]],
    ],
  },
};

describe('C18 watermark valve', () => {
  test.each(Object.entries(rows))('%s', (_, { channels, rows: steps }) => {
    const valve = createWatermarkValve(channels);
    for (const [channel, input, output] of steps)
      expect(
        typeof input === 'number'
          ? inputWatermark(valve, channel, input)
          : inputStatus(valve, channel, input),
        `${channel}:${input}`,
      ).toEqual(output);
  });

  test('two-input operator', () => {
    const combined = createCombinedWatermark(2);
    const steps: readonly Row[] = [
      [0, 10, []],
      [1, 5, [5]],
      [0, 'IDLE', []],
      [1, 20, [20]],
      [1, 'IDLE', ['IDLE']],
      [0, 'ACTIVE', ['ACTIVE']],
      [0, 12, []],
      [0, 25, [25]],
      [1, 'ACTIVE', []],
      [1, 30, []],
    ];
    for (const [input, update, output] of steps)
      expect(updateInput(combined, input, update), `in${input + 1} ${update}`).toEqual(output);
  });
});

test('the watermark goes before the status, and a watermark wakes its input silently', () => {
  const woken = createCombinedWatermark(2);
  const play = (input: number, update: ValveOutput) => updateInput(woken, input, update);
  expect([play(0, 10), play(1, 5), play(0, 'IDLE'), play(1, 'IDLE')]).toEqual([
    [],
    [5],
    [],
    ['IDLE'],
  ]);
  expect(play(0, 'ACTIVE')).toEqual([10, 'ACTIVE']);
  expect([play(0, 'IDLE'), play(1, 12), play(1, 'ACTIVE')]).toEqual([['IDLE'], [12], []]);
});
