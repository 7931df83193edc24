import { describe, expect, test } from 'vitest';
import type { ChannelItem, StreamElement } from '../../../workers/engines/flink/job.ts';
import {
  createOutputChannel,
  creditOf,
  emitElement,
  isExhausted,
  takeItem,
} from '../../../workers/engines/flink/outputChannels.ts';
import {
  createResultTable,
  pendingWindows,
  publishWindow,
  putRow,
} from '../../../workers/engines/flink/resultTable.ts';
import { splitOwner, splitsOf } from '../../../workers/engines/flink/splitOwner.ts';
import {
  windowNumber,
  windowStartOf,
  type SlidingWindows,
} from '../../../workers/engines/flink/windowing.ts';

const barrier: StreamElement = { kind: 'barrier', checkpointId: 7 };

/** A channel with so many records. */
function channelWith(records: number) {
  const channel = createOutputChannel();
  for (let i = 0; i < records; i++) emitElement(channel, i);
  return channel;
}

/** All that may be sent now. */
function takeItems(...given: Parameters<typeof takeItem>): ChannelItem[] {
  const item = takeItem(...given);
  return item === null ? [] : [item, ...takeItems(...given)];
}

const sizes = (items: readonly ChannelItem[]) =>
  items.map((item) => (item.kind === 'buffer' ? item.elements.length : `b${item.checkpointId}`));

describe('output channels', () => {
  test('a buffer that is not full waits for the flush', () => {
    const channel = channelWith(3);
    expect(takeItems(channel, 0, 10, false, true)).toEqual([]);
    expect(sizes(takeItems(channel, 0, 10, true, true))).toEqual([3]);
    expect(channel).toMatchObject({ elements: [], bytes: 0, inFlight: 1 });
  });

  test('a full one goes at once', () => {
    // 32768 bytes at 40 a record: 819 fit.
    expect(sizes(takeItems(channelWith(1000), 0, 10, false, true))).toEqual([819]);
  });

  test('a barrier pushes out what precedes it, and blocks what follows', () => {
    const channel = channelWith(2);
    emitElement(channel, barrier);
    emitElement(channel, 9);
    expect(sizes(takeItems(channel, 0, 10, false, true))).toEqual([2, 'b7']);
    expect(takeItems(channel, 0, 10, true, true)).toEqual([]);
    channel.blocked = false;
    expect(sizes(takeItems(channel, 0, 10, true, true))).toEqual([1]);
  });

  test('no credit: data stays, and so does the barrier behind it', () => {
    const channel = channelWith(2);
    emitElement(channel, barrier);
    expect(takeItems(channel, 2, 2, true, true)).toEqual([]);
    expect(sizes(takeItems(channel, 1, 2, true, true))).toEqual([2, 'b7']);
    expect([creditOf(1), creditOf(2), creditOf(8)]).toEqual([10, 6, 3]);
  });

  test('ten full buffers exhaust a channel', () => {
    // 10 · 32768 bytes at 40 a record is 8192 records.
    expect(isExhausted(channelWith(8191))).toBe(false);
    expect(isExhausted(channelWith(8192))).toBe(true);
  });
});

test('splits go round the readers from a start that the topic decides', () => {
  // "a".hashCode() is 97, and 97 · 31 = 3007 = 2 · 1503 + 1 = 3 · 1002 + 1.
  expect([0, 1, 2].map((partition) => splitOwner('a', partition, 2))).toEqual([1, 0, 1]);
  expect([0, 1, 2].map((partition) => splitOwner('a', partition, 3))).toEqual([1, 2, 0]);
  expect(splitsOf('weblog', 3, 0, 1)).toEqual([0, 1, 2]);
  const owned = [0, 1, 2].flatMap((reader) => splitsOf('weblog', 7, reader, 3));
  expect(owned.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('window numbers: 0 is the first window that ends after the start', () => {
  const windows: SlidingWindows = {
    kind: 'SlidingEventTimeWindows',
    sizeMs: 8000,
    slideMs: 4000,
    offsetMs: 0,
  };
  // The start is 60 s after the epoch: [52, 60) ends at it, [56, 64) is the first to end after it.
  expect(windowNumber(windows, 52_000, 60_000)).toBe(-1);
  expect(windowNumber(windows, 56_000, 60_000)).toBe(0);
  expect(windowStartOf(windows, 0, 60_000)).toBe(56_000);
  expect(windowStartOf(windows, windowNumber(windows, 80_000, 60_000), 60_000)).toBe(80_000);
});

test('a later row of the same window and key replaces the earlier one', () => {
  const table = createResultTable();
  putRow(table, 3, 'a', 1);
  putRow(table, 2, 'b', 5);
  putRow(table, 3, 'b', 2);
  expect(pendingWindows(table)).toEqual([2, 3]);
  expect(publishWindow(table, 3)).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  putRow(table, 3, 'b', 7);
  expect(publishWindow(table, 3)).toEqual([
    ['a', 1],
    ['b', 7],
  ]);
  expect(pendingWindows(table)).toEqual([2]);
});
