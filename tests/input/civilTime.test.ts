import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilFromDays,
  daysFromCivil,
  formatLogTime,
  parseLogTime,
} from '../../workers/input/civilTime.ts';

describe('the time stamp of a log line', () => {
  it.each([
    ['01/Jan/1970:00:00:00 +0000', 0],
    ['17/May/2015:10:05:03 +0000', Date.UTC(2015, 4, 17, 10, 5, 3)],
    ['29/Feb/2024:23:59:59 +0000', Date.UTC(2024, 1, 29, 23, 59, 59)],
    // Ten o'clock two hours east of Greenwich is eight o'clock there.
    ['17/May/2015:10:00:00 +0200', Date.UTC(2015, 4, 17, 8)],
    ['17/May/2015:10:00:00 -0530', Date.UTC(2015, 4, 17, 15, 30)],
    ['30/Feb/2015:10:00:00 +0000', null],
    ['17/Mai/2015:10:00:00 +0000', null],
    ['17/May/2015:24:00:00 +0000', null],
    ['2015-05-17T10:05:03Z', null],
  ])('%s', (stamp, expected) => {
    expect(parseLogTime(stamp)).toBe(expected);
  });

  it('agrees with Date on every day of four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -73_000, max: 73_000 }), (days) => {
        const date = new Date(days * 86_400_000);
        const civil = civilFromDays(days);
        expect([civil.year, civil.month, civil.day]).toEqual([
          date.getUTCFullYear(),
          date.getUTCMonth() + 1,
          date.getUTCDate(),
        ]);
        expect(daysFromCivil(civil.year, civil.month, civil.day)).toBe(days);
      }),
    );
  });

  it('is read as it was written, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (epochMs) => {
        expect(parseLogTime(formatLogTime(epochMs))).toBe(Math.floor(epochMs / 1000) * 1000);
      }),
    );
  });
});
