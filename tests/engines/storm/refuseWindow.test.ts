import { describe, expect, test } from 'vitest';
import {
  refuseWindow,
  type WindowLimits,
} from '../../../workers/engines/storm/windowing/refuseWindow.ts';
import { windowedBoltDefaults } from '../../../workers/engines/storm/windowing/windowConfig.ts';
import { processingTime } from './windowCases.ts';

const limits: WindowLimits = {
  'topology.message.timeout.secs': 30,
  'topology.enable.message.timeouts': true,
  'topology.max.spout.pending': null,
};
const duration = (value: number) =>
  `Window duration (length + sliding interval) value ${String(value)} is more than topology.message.timeout.secs value 30000`;
const count = (value: number) =>
  `Window count (length + sliding interval) value ${String(value)} is more than topology.max.spout.pending value 15`;

describe('C12 validation', () => {
  test.each([
    [{ lengthMs: 15000, slideMs: 15000 }, null],
    [{ lengthMs: 16000, slideMs: 16000 }, duration(32000)],
    [{ lengthMs: 20000, slideMs: 10000 }, null],
    [{ lengthMs: 25000, slideMs: 10000 }, duration(35000)],
    [{ lengthMs: 30000, slideCount: 5 }, null],
    [{ lengthMs: 31000, slideCount: 5 }, duration(31000)],
    [{ lengthCount: 5, slideMs: 31000 }, duration(31000)],
  ])('T = 30 s: %o', (sizes, message) => {
    expect(refuseWindow(processingTime(sizes), limits)).toBe(message);
  });

  test.each([
    [{ lengthCount: 10, slideCount: 5 }, null],
    [{ lengthCount: 10, slideCount: 6 }, count(16)],
    [{ lengthCount: 8, slideCount: 8 }, count(16)],
  ])('topology.max.spout.pending 15: %o', (sizes, message) => {
    expect(
      refuseWindow(processingTime(sizes), { ...limits, 'topology.max.spout.pending': 15 }),
    ).toBe(message);
  });

  test.each([
    [{ slideMs: 1000 }, 'Window length is not specified'],
    [{ lengthMs: 0, slideMs: 1000 }, 'Window length must be positive [Duration{value=0}]'],
    [{ lengthMs: 1000, slideMs: 0 }, 'Sliding interval must be positive [Duration{value=0}]'],
    [{ lengthCount: 0 }, 'Window length must be positive [Count{value=0}]'],
    [{ lengthMs: -1 }, 'Duration cannot be negative'],
    [{ lengthMs: 2147483648 }, 'Duration is too long'],
  ])('sizes: %o', (sizes, message) => {
    expect(refuseWindow(processingTime(sizes), limits)).toBe(message);
  });

  test('without message timeouts any duration is taken', () => {
    const off = { ...limits, 'topology.enable.message.timeouts': false };
    expect(refuseWindow(processingTime({ lengthMs: 300000, slideMs: 300000 }), off)).toBeNull();
  });

  test('the sum wraps around in 32 bits', () => {
    const days = 86_400_000;
    const sizes = processingTime({ lengthMs: 13 * days, slideMs: 13 * days });
    expect(refuseWindow(sizes, limits)).toBeNull();
  });

  test('a late tuple stream needs a timestamp field', () => {
    const config = {
      ...processingTime({ lengthMs: 1000 }),
      'topology.bolts.late.tuple.stream': 'late',
    };
    expect(refuseWindow(config, limits)).toBe(
      'Late tuple stream can be defined only when specifying a timestamp field',
    );
    expect(refuseWindow({ ...config, timestampField: 'ts' }, limits)).toBeNull();
  });

  test('the defaults alone are no window', () => {
    expect(refuseWindow(windowedBoltDefaults, limits)).toBe('Window length is not specified');
  });
});
