import { describe, expect, test } from 'vitest';
import { LONG_MAX, LONG_MIN } from '../../../../workers/engines/flink/long.ts';
import {
  combineSplits,
  createSplitWatermarks,
  emitOfSplit,
  registerSplit,
  setSplitIdle,
  setSplitWatermark,
  unregisterSplit,
} from '../../../../workers/engines/flink/watermarks/splitWatermarks.ts';
import {
  maxAllowedWatermarkMs,
  waitsForAlignment,
} from '../../../../workers/engines/flink/watermarks/watermarkAlignment.ts';
import {
  createWatermarkEmitter,
  emit,
} from '../../../../workers/engines/flink/watermarks/watermarkEmitter.ts';
import {
  checkIfIdle,
  createBoundedOutOfOrderness,
  createIdlenessTimer,
  onEvent,
  onPeriodicEmit,
  periodicWatermarkMs,
  refusalOfStrategy,
} from '../../../../workers/engines/flink/watermarks/watermarkGenerator.ts';

describe('C15 bounded out-of-orderness 10', () => {
  test('the bound and one more millisecond behind the largest timestamp', () => {
    const generator = createBoundedOutOfOrderness();
    expect(periodicWatermarkMs(generator, 10)).toBe(LONG_MIN);
    onEvent(generator, 1337);
    expect(periodicWatermarkMs(generator, 10)).toBe(1326);
    for (const timestampMs of [12345, 12300, 12340, 12280]) onEvent(generator, timestampMs);
    expect(periodicWatermarkMs(generator, 10)).toBe(12334);
    expect(periodicWatermarkMs(generator, 10)).toBe(12334);
  });

  test('C16 monotonous timestamps are the bound 0: record 2, watermark 1', () => {
    const generator = createBoundedOutOfOrderness();
    onEvent(generator, 2);
    expect(periodicWatermarkMs(generator, 0)).toBe(1);
    onEvent(generator, 4);
    onEvent(generator, 2);
    expect(periodicWatermarkMs(generator, 0)).toBe(3);
  });

  test('refusals', () => {
    expect(refusalOfStrategy(-1, null)).toBe('maxOutOfOrderness cannot be negative');
    expect(refusalOfStrategy(0, 0)).toBe('idleTimeout must be greater than zero');
    expect(refusalOfStrategy(0, 1)).toBe(null);
  });
});

test('C17 idleness, timeout 10', () => {
  const timer = createIdlenessTimer();
  expect(checkIfIdle(timer, 0, 10)).toBe(false);
  expect(checkIfIdle(timer, 5, 10)).toBe(false);
  expect(checkIfIdle(timer, 11, 10)).toBe(true);
  expect(checkIfIdle(timer, 111, 10)).toBe(true);
  timer.active = true;
  expect(checkIfIdle(timer, 111, 10)).toBe(false);
  expect(checkIfIdle(timer, 112, 10)).toBe(false);
  expect(checkIfIdle(timer, 122, 10)).toBe(false); // exactly the timeout is not more than it
  expect(checkIfIdle(timer, 123, 10)).toBe(true);
});

describe('C19 split multiplexer', () => {
  test('the minimum over the splits that are not idle', () => {
    const reader = createSplitWatermarks();
    expect(combineSplits(reader)).toBe(null);
    registerSplit(reader, 'a');
    registerSplit(reader, 'b');
    setSplitWatermark(reader, 'a', 2);
    expect(combineSplits(reader)).toBe(null);
    setSplitWatermark(reader, 'b', 5);
    expect(combineSplits(reader)).toBe(2);
    setSplitIdle(reader, 'a');
    expect(combineSplits(reader)).toBe(5);
    setSplitWatermark(reader, 'a', 3);
    expect(combineSplits(reader)).toBe(null);
    expect(reader.combinedMs).toBe(5);
    setSplitIdle(reader, 'a');
    setSplitIdle(reader, 'b');
    expect(combineSplits(reader)).toBe('IDLE');
  });

  test('the slowest split went: time moves at the next update', () => {
    const reader = createSplitWatermarks();
    registerSplit(reader, 'a');
    registerSplit(reader, 'b');
    setSplitWatermark(reader, 'a', 1);
    setSplitWatermark(reader, 'b', 9);
    expect(combineSplits(reader)).toBe(1);
    unregisterSplit(reader, 'a');
    expect(reader.combinedMs).toBe(1);
    expect(combineSplits(reader)).toBe(9);
  });
});

test('C30 alignment of sources', () => {
  expect(waitsForAlignment(1000, 999)).toBe(true);
  expect(waitsForAlignment(1000, 1001)).toBe(false);
  expect(waitsForAlignment(2000, 1001)).toBe(true);
  expect(maxAllowedWatermarkMs([700, LONG_MAX, 900], 300)).toBe(1000);
  expect(maxAllowedWatermarkMs([LONG_MAX], 300)).toBe(LONG_MAX);
});

test('idleness is declared once, and over with the next record', () => {
  const generator = createBoundedOutOfOrderness();
  const timer = createIdlenessTimer();
  const tick = (nowMs: number) => onPeriodicEmit(generator, 0, timer, nowMs, 10);
  onEvent(generator, 5);
  expect([tick(0), tick(11), tick(12)]).toEqual([4, 'IDLE', null]);
  timer.active = true;
  expect(tick(13)).toBe(4);
});

test('a stream that was idle becomes active only with a watermark that grows', () => {
  const emitter = createWatermarkEmitter();
  const emitted = [7, 7, 'IDLE', 'IDLE', 7, null, 8] as const;
  expect(emitted.map((each) => emit(emitter, each))).toEqual([
    [7],
    [],
    ['IDLE'],
    [],
    [],
    [],
    ['ACTIVE', 8],
  ]);
});

test('an immediate output combines only what may let the reader grow', () => {
  const reader = createSplitWatermarks();
  registerSplit(reader, 'a');
  registerSplit(reader, 'b');
  expect(emitOfSplit(reader, 'a', 2)).toBe(null);
  expect(emitOfSplit(reader, 'b', 5)).toBe(2);
  expect(emitOfSplit(reader, 'a', 'IDLE')).toBe(5);
  expect(emitOfSplit(reader, 'a', 3)).toBe(null);
});
