import { describe, expect, test } from 'vitest';
import {
  createBarrierAligner,
  persistsData,
  processBarrier,
  processCancellation,
  processEndOfChannel,
  timeOutAlignment,
  type BarrierAligner,
} from '../../../../workers/engines/flink/checkpoints/barrierAligner.ts';
import {
  createBarrierTracker,
  trackBarrier,
  trackCancellation,
} from '../../../../workers/engines/flink/checkpoints/barrierTracker.ts';

/** Feeds `0:b1` (barrier), `0:x1` (cancellation), `0:END`; data is not a matter of the aligner. */
function feed(aligner: BarrierAligner, words: string) {
  const triggered: number[] = [];
  const aborted: number[] = [];
  for (const word of words.split(' ')) {
    const [channel = '', event = ''] = word.split(':');
    const id = Number(event.slice(1));
    const outcome =
      event === 'END'
        ? processEndOfChannel(aligner, Number(channel))
        : event.startsWith('x')
          ? processCancellation(aligner, id)
          : processBarrier(aligner, Number(channel), id);
    if (outcome.triggered !== null) triggered.push(outcome.triggered);
    if (outcome.aborted !== null) aborted.push(outcome.aborted.id);
  }
  const blocked = aligner.blocked.flatMap((is, channel) => (is ? [channel] : []));
  return { triggered, aborted, blocked };
}

describe('C20 aligned barriers, 3 channels', () => {
  test('channels wait for the last barrier', () => {
    const aligner = createBarrierAligner(3);
    expect(feed(aligner, '1:b1')).toEqual({ triggered: [], aborted: [], blocked: [1] });
    expect(feed(aligner, '2:b1')).toEqual({ triggered: [], aborted: [], blocked: [1, 2] });
    expect(feed(aligner, '0:b1')).toEqual({ triggered: [1], aborted: [], blocked: [] });
  });

  test('a cancellation releases them', () => {
    const aligner = createBarrierAligner(3);
    feed(aligner, '0:b1 1:b1 2:b1');
    expect(feed(aligner, '0:b2')).toEqual({ triggered: [], aborted: [], blocked: [0] });
    expect(feed(aligner, '2:b2').blocked).toEqual([0, 2]);
    expect(feed(aligner, '1:x2')).toEqual({ triggered: [], aborted: [2], blocked: [] });
    expect(feed(aligner, '0:b3 1:b3 2:b3')).toEqual({ triggered: [3], aborted: [], blocked: [] });
    expect(feed(aligner, '1:x4')).toEqual({ triggered: [], aborted: [4], blocked: [] });
    expect(feed(aligner, '2:b4 0:b4')).toEqual({ triggered: [], aborted: [], blocked: [] });
    expect(feed(aligner, '0:b5 1:b5 2:b5').triggered).toEqual([5]);
    expect(feed(aligner, '0:b6 1:x6 2:x6').aborted).toEqual([6]);
  });

  test('a channel that ended counts as having delivered', () => {
    expect(feed(createBarrierAligner(3), '0:b1 1:b1 2:END').triggered).toEqual([1]);
    const aligner = createBarrierAligner(3);
    expect(feed(aligner, '0:b2 1:b2 1:END').triggered).toEqual([]);
    expect(feed(aligner, '2:b2').triggered).toEqual([2]);
  });
});

test('C21 a newer barrier overtakes the checkpoint', () => {
  const aligner = createBarrierAligner(3, 'aligned', false);
  expect(feed(aligner, '0:b1 1:b1 2:b1').triggered).toEqual([1]);
  expect(feed(aligner, '1:b2 0:b2').blocked).toEqual([0, 1]);
  expect(feed(aligner, '2:b3')).toEqual({ triggered: [], aborted: [2], blocked: [2] });
  expect(feed(aligner, '0:b3').blocked).toEqual([0, 2]);
  expect(feed(aligner, '1:b4')).toEqual({ triggered: [], aborted: [3], blocked: [1] });
  expect(feed(aligner, '0:END')).toEqual({ triggered: [], aborted: [4], blocked: [] });
});

describe('C22', () => {
  test('unaligned triggers at the first barrier and keeps what the others still send', () => {
    const aligner = createBarrierAligner(3, 'unaligned');
    expect(feed(aligner, '1:b1')).toEqual({ triggered: [1], aborted: [], blocked: [] });
    expect([0, 1, 2].map((channel) => persistsData(aligner, channel))).toEqual([true, false, true]);
    feed(aligner, '2:b1');
    // 2:d and 1:d came after their barriers; only 0:d is channel state.
    expect([0, 1, 2].map((channel) => persistsData(aligner, channel))).toEqual([
      true,
      false,
      false,
    ]);
    expect(processBarrier(aligner, 0, 1)).toEqual({ triggered: null, aborted: null, completed: 1 });
    expect(persistsData(aligner, 0)).toBe(false);
  });

  test('at least once: an overtaken checkpoint is forgotten without a word', () => {
    const tracker = createBarrierTracker(3);
    const barriers = '0:1 1:1 2:1 2:2 1:2 0:2 2:3 0:4 1:4 2:4'.split(' ');
    const triggered = barriers.flatMap((word) => {
      const [channel = '', id = ''] = word.split(':');
      const outcome = trackBarrier(tracker, Number(channel), Number(id));
      expect(outcome.aborted).toEqual([]);
      return outcome.triggered ?? [];
    });
    expect(triggered).toEqual([1, 2, 4]);
    expect(tracker.pending).toEqual([]);
  });

  test('at least once: interleaved cancellations abort each checkpoint once', () => {
    const tracker = createBarrierTracker(3);
    trackBarrier(tracker, 0, 1);
    const cancellations = '0:2 1:1 1:2 2:1 2:2'.split(' ');
    const aborted = cancellations.flatMap((word) => {
      const [channel = '', id = ''] = word.split(':');
      return trackCancellation(tracker, Number(channel), Number(id)).aborted;
    });
    expect(aborted).toEqual([1, 2]);
  });
});

describe('an alignment with a timeout', () => {
  test('that is too long gives way', () => {
    const aligner = createBarrierAligner(2, 'alternating');
    processBarrier(aligner, 0, 1);
    expect(persistsData(aligner, 1)).toBe(false);
    expect(timeOutAlignment(aligner).triggered).toBe(1);
    expect([persistsData(aligner, 0), persistsData(aligner, 1)]).toEqual([false, true]);
    expect(aligner.blocked).toEqual([true, false]);
    expect(processBarrier(aligner, 1, 1)).toEqual({ triggered: null, aborted: null, completed: 1 });
    expect(timeOutAlignment(aligner).triggered).toBe(null);
  });

  test('does not begin at a barrier that is overdue', () => {
    const aligner = createBarrierAligner(2, 'alternating');
    expect(processBarrier(aligner, 0, 1, true).triggered).toBe(1);
  });
});
