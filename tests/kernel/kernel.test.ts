import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../workers/kernel/faults.ts';
import { toyRun } from './toyRun.ts';

const crashOf = (process: number, atUs: number, restartUs: number | null): Fault => ({
  type: 'crash',
  processes: [process],
  atUs,
  restartUs,
});

describe('kernel', () => {
  test('messages arrive after the link’s latency, in order', () => {
    const { kernel, state } = toyRun();
    kernel.advance(230, Infinity);
    expect(state.heard).toEqual([
      '110 toy/right: ball 1',
      '120 toy/left: ball 1',
      '210 toy/right: ball 2',
      '220 toy/left: ball 2',
    ]);
  });

  test('a process that dies gets nothing that was on its way; the sender’s connection is reset', () => {
    const { kernel, state } = toyRun([crashOf(1, 105, null)]);
    kernel.advance(130, Infinity);
    // Ball 1 left at 100 and would arrive at 110; at 105 right dies. It answers at 110, 10 µs away.
    expect(state.heard).toEqual([
      '105 toy/right dies',
      '115 toy/left: peer-died',
      '120 toy/left: connection-reset',
    ]);
  });

  test('a process that is down refuses, and hears again when it is back', () => {
    const { kernel, state } = toyRun([crashOf(1, 50, 150)]);
    kernel.advance(215, Infinity);
    expect(state.heard).toEqual([
      '50 toy/right dies',
      '120 toy/left: connection-refused',
      '150 toy/right is back',
      '210 toy/right: ball 2',
    ]);
  });

  test('a crash drops the process’s own timers', () => {
    const { kernel, state } = toyRun([crashOf(0, 50, 150)]);
    kernel.advance(300, Infinity);
    // Serving at 100 died with it; after its return at 150 it serves at 250.
    expect(state.served).toBe(1);
    expect(state.heard).toContain('260 toy/right: ball 1');
  });

  test('two crashes at once kill once', () => {
    const { kernel, state } = toyRun([crashOf(1, 50, null), crashOf(1, 60, null)]);
    kernel.advance(80, Infinity);
    expect(state.heard).toEqual(['50 toy/right dies']);
  });

  test('a cut link swallows messages and says nothing', () => {
    const { kernel, state } = toyRun([{ type: 'cut', from: [0], to: [1], atUs: 50, untilUs: 150 }]);
    kernel.advance(225, Infinity);
    expect(state.heard).toEqual(['210 toy/right: ball 2', '220 toy/left: ball 2']);
  });

  test('slowness multiplies and goes away', () => {
    const { kernel } = toyRun([
      { type: 'slow', processes: [0], atUs: 10, untilUs: 30, factor: 4 },
      { type: 'slow', processes: [0], atUs: 20, untilUs: 40, factor: 2 },
    ]);
    const slowness = [15, 25, 35, 45].map((timeUs) => {
      kernel.advance(timeUs, Infinity);
      return kernel.environment('toy').slowness(0);
    });
    expect(slowness).toEqual([4, 8, 2, 1]);
  });

  const faults = [crashOf(1, 333, 555), crashOf(0, 1000, 1001)];

  test('slicing does not matter', () => {
    const whole = toyRun(faults);
    whole.kernel.advance(3000, Infinity);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (sizes) => {
        const sliced = toyRun(faults);
        for (let i = 0; !sliced.kernel.advance(3000, sizes[i % sizes.length]!); i += 1);
        expect(sliced.state).toEqual(whole.state);
        expect(sliced.recorder.hash()).toBe(whole.recorder.hash());
      }),
      { numRuns: 20 },
    );
  });

  test('a run taken up at a keyframe ends in the same state', () => {
    const whole = toyRun(faults);
    whole.kernel.advance(3000, Infinity);
    for (const atUs of [0, 100, 333, 400, 1000, 2999]) {
      const first = toyRun(faults);
      first.kernel.advance(atUs, Infinity);
      const keyframe = first.kernel.keyframe(true);
      first.kernel.advance(3000, Infinity);
      const second = toyRun(faults, keyframe);
      second.kernel.advance(3000, Infinity);
      expect(second.state).toEqual(whole.state);
    }
  });
});
