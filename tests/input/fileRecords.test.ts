import { describe, expect, it } from 'vitest';
import { buildInputs } from '../../workers/input/build.ts';
import type { FileInput } from '../../workers/input/config.ts';
import { fileRecords } from '../../workers/input/fileRecords.ts';
import type { LogFile } from '../../workers/input/logParser.ts';
import { joinRecords, recordsFromRows } from '../../workers/input/records.ts';

const SECOND_US = 1e6;

/** A file whose lines carry these times, in seconds. */
const fileOf = (...seconds: number[]): LogFile => ({
  sizeBytes: 0,
  sha256: '',
  lines: seconds.map((second) => `line of ${String(second)}`),
  timesMs: seconds.map((second) => second * 1000),
  unreadableCount: 0,
  firstUnreadable: [],
  notALog: null,
});

const inputOf = (arrival: FileInput['arrival'], eventTime: FileInput['eventTime']): FileInput => ({
  id: 'weblog',
  type: 'file',
  name: 'access.log',
  sizeBytes: 0,
  sha256: '0'.repeat(64),
  arrival,
  eventTime,
});

const timestamps = { mode: 'timestamps', pauseLimitMs: 60_000 } as const;

describe('a file of log lines', () => {
  it('arrives in file order at a fixed rate', () => {
    const { records } = fileRecords(
      inputOf({ mode: 'fixed-rate', ratePerSecond: 4 }, 'as-arrived'),
      fileOf(50, 10, 30),
      60_000,
    );
    expect([...records.arrivalUs]).toEqual([0, 0.25 * SECOND_US, 0.5 * SECOND_US]);
    expect([...records.eventTimeUs]).toEqual([...records.arrivalUs]);
    expect(records.lines).toEqual(['line of 50', 'line of 10', 'line of 30']);
  });

  it("arrives with the greatest time stamp so far, and keeps each line's own time", () => {
    const { records, shortened } = fileRecords(
      inputOf(timestamps, 'own'),
      fileOf(100, 103, 101, 98, 104),
      60_000,
    );
    expect([...records.arrivalUs]).toEqual([0, 3, 3, 3, 4].map((s) => s * SECOND_US));
    expect([...records.eventTimeUs]).toEqual([0, 3, 1, -2, 4].map((s) => s * SECOND_US));
    expect(shortened).toEqual({ count: 0, removedMs: 0 });
  });

  it('shortens long pauses in both times, and says so', () => {
    const { records, shortened } = fileRecords(
      inputOf({ mode: 'timestamps', pauseLimitMs: 10_000 }, 'own'),
      // Pauses of 5 s, of 95 s (85 s too long) and of 20 s (10 s too long).
      fileOf(0, 5, 100, 90, 120),
      60_000,
    );
    expect([...records.arrivalUs]).toEqual([0, 5, 15, 15, 25].map((s) => s * SECOND_US));
    // The line of 90 is ten seconds behind the line before it, as it was.
    expect([...records.eventTimeUs]).toEqual([0, 5, 15, 5, 25].map((s) => s * SECOND_US));
    expect(shortened).toEqual({ count: 2, removedMs: 95_000 });
  });

  it('counts what would arrive after the end', () => {
    const { records, afterEndCount } = fileRecords(
      inputOf({ mode: 'fixed-rate', ratePerSecond: 1 }, 'own'),
      fileOf(1, 2, 3, 4, 5),
      2_500,
    );
    expect([records.count, afterEndCount]).toEqual([3, 2]);
  });
});

describe('several inputs', () => {
  it('lie one after the other in one table', () => {
    const lines = recordsFromRows('lines', [
      { arrivalUs: 1, eventTimeUs: 1, line: 'a' },
      { arrivalUs: 5, eventTimeUs: 2, line: 'bč' },
    ]);
    const keyed = recordsFromRows('keyed', [
      { arrivalUs: 3, eventTimeUs: -3, line: 'c', key: 'k', partition: 2 },
    ]);
    expect(joinRecords([lines, keyed])).toEqual({
      count: 3,
      spans: [
        { input: 'lines', first: 0, count: 2 },
        { input: 'keyed', first: 2, count: 1 },
      ],
      arrivalUs: Float64Array.of(1, 5, 3),
      eventTimeUs: Float64Array.of(1, 2, -3),
      eventTimeMs: Float64Array.of(0, 0, -1),
      sizeBytes: Int32Array.of(1, 3, 1),
      lines: ['a', 'bč', 'c'],
      keys: [null, null, 'k'],
      partitions: Int32Array.of(-1, -1, 2),
      files: null,
    });
  });

  it('are built from the scenario, in its order', () => {
    const { records } = buildInputs(
      {
        seed: 1,
        startEpochMs: 0,
        durationMs: 1000,
        inputs: [
          {
            id: 'hand',
            type: 'records',
            records: [
              { arrivalMs: 900, value: 'second' },
              { arrivalMs: 100, value: 'first', eventTimeMs: 50 },
              { arrivalMs: 1000, value: 'after the end' },
            ],
          },
          inputOf({ mode: 'fixed-rate', ratePerSecond: 2 }, 'as-arrived'),
        ],
      },
      new Map([['weblog', fileOf(7)]]),
    );
    expect(records.lines).toEqual(['first', 'second', 'line of 7']);
    expect([...records.eventTimeUs]).toEqual([50_000, 900_000, 0]);
  });
});
