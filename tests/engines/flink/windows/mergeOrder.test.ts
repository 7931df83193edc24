import { expect, test } from 'vitest';
import { assignWindows } from '../../../../workers/engines/flink/windows/assigner.ts';
import {
  hashOfWindow,
  inMergeOrder,
} from '../../../../workers/engines/flink/windows/mergeOrder.ts';
import {
  advanceWatermark,
  createWindowOperator,
  processElement,
  type Firing,
} from '../../../../workers/engines/flink/windows/windowOperator.ts';

test('windows hash as in Java', () => {
  const hash = (startMs: number, endMs: number) => hashOfWindow({ startMs, endMs });
  expect(hash(0, 3)).toBe(-485218064);
  expect(hash(3, 6)).toBe(2145213143);
  expect(hash(-10, 5)).toBe(-223893682);
  expect(hash(1700000000000, 1700000030000)).toBe(-1131422623);
});

test('sessions merge as a hash set of them iterates', () => {
  const early = { startMs: 0, endMs: 3 };
  const late = { startMs: 6, endMs: 9 };
  expect(inMergeOrder([early, late])).toEqual([late, early]);
});

test('an element whose window equals a session that grew together starts it anew', () => {
  const config = {
    assigner: { kind: 'DynamicEventTimeSessionWindows' },
    trigger: { kind: 'EventTimeTrigger' },
    allowedLatenessMs: 0,
    sideOutputLateData: false,
    fold: 'sum',
    evictor: null,
  } as const;
  const fired = (
    ...elements: readonly (readonly [value: number, atMs: number, gapMs: number])[]
  ) => {
    const operator = createWindowOperator();
    const firings: Firing[] = [];
    for (const [value, atMs, gapMs] of elements) {
      const run = assignWindows(config.assigner, atMs, 0, gapMs);
      processElement(config, operator, run, 'k', value, atMs, firings);
    }
    advanceWatermark(config, operator, 100, firings);
    return firings.map(({ value }) => value);
  };
  expect(fired([1, 0, 3], [2, 3, 3], [4, 0, 6])).toEqual([4]);
  expect(fired([1, 0, 6], [2, 3, 3], [4, 0, 6])).toEqual([7]);
});
