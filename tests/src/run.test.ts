import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { createRecorder } from '../../workers/trace/recorder.ts';
import { statusCounts, statusOf } from '../../src/ledger/ledgerAt.ts';
import { columnCount, LEDGER_COLUMNS } from '../../src/ledger/columns.ts';
import { modelOf } from '../../src/run/RunModel.ts';
import { matchStays, mergePassages, presentAt, type Passages } from '../../src/run/stays.ts';
import { TraceIndex } from '../../src/run/TraceIndex.ts';
import { batchesAt, checkpointsAt } from '../../src/stage/laneFrame.ts';
import { part, pipe } from './fixture.ts';
import { openingRun } from './openingRun.ts';

const passages = (...rows: (readonly [record: number, timeUs: number])[]): Passages => ({
  record: Int32Array.from(rows, ([record]) => record),
  timeUs: Float64Array.from(rows, ([, timeUs]) => timeUs),
});

describe('stays', () => {
  test('a record is there from its arrival until just before its departure', () => {
    const stays = matchStays(passages([7, 10], [8, 20]), passages([7, 30]));
    expect([9, 10, 20, 29, 30].map((t) => presentAt(stays, t))).toEqual([
      [],
      [7],
      [7, 8],
      [7, 8],
      [8],
    ]);
  });

  test('a record that comes back leaves the oldest stay first', () => {
    const stays = matchStays(passages([7, 10], [7, 20]), passages([7, 30], [7, 40]));
    expect([...stays.toUs]).toEqual([30, 40]);
  });

  test('streams are merged in order of time', () => {
    const merged = mergePassages([passages([1, 10], [2, 30]), passages([3, 20])]);
    expect([...merged.record]).toEqual([1, 3, 2]);
  });

  test('who is present is what a plain count of comings and goings says', () => {
    const visit = fc.record({
      record: fc.integer({ min: 0, max: 9 }),
      from: fc.integer({ min: 0, max: 500 }),
      length: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(
        fc.array(visit, { maxLength: 300 }),
        fc.integer({ min: 0, max: 600 }),
        (visits, at) => {
          const rows = visits.map(({ record, from, length }) => ({
            record,
            from,
            to: from + length,
          }));
          const arrivals = mergePassages([
            passages(...rows.map((v) => [v.record, v.from] as const)),
          ]);
          const departures = mergePassages([
            passages(...rows.map((v) => [v.record, v.to] as const)),
          ]);
          const present = presentAt(matchStays(arrivals, departures), at);
          expect(present).toHaveLength(rows.filter((v) => v.from <= at && at < v.to).length);
        },
      ),
    );
  });
});

test('a trace is found again by part, pipe, gauge and series', () => {
  const header = {
    parts: [part('a/c', 'channel', 'queue'), part('k/t-0', 'partition', 'log')],
    pipes: [pipe('a/c', 'k/t-0')],
    gauges: [{ id: 'a/c:depth', part: 'a/c', label: 'depth', unit: 'records' as const }],
    series: [{ id: 's:batch', node: 's', what: 'batch' as const, label: 'batches' }],
  };
  const recorder = createRecorder(header);
  recorder.nowUs = 1000;
  recorder.write(0, 4);
  recorder.gauge(0, 1);
  recorder.begin(0, 1, 0);
  recorder.nowUs = 2000;
  recorder.send(0, 4, 2500);
  recorder.gauge(0, 0);
  recorder.end(0, 1, 17);
  const index = new TraceIndex(header, recorder.takeBlocks()[0]!);
  expect(presentAt(index.stays(0), 1999)).toEqual([4]);
  expect(presentAt(index.stays(0), 2000)).toEqual([]);
  expect(presentAt(index.stays(1), 2499)).toEqual([]);
  expect(presentAt(index.stays(1), 2500)).toEqual([4]);
  expect([999, 1000, 2000].map((t) => index.gaugeAt('a/c:depth', t))).toEqual([null, 1, 0]);
  expect(index.spans('s:batch')).toEqual([
    { number: 1, beganUs: 1000, startUs: 0, endUs: 2000, value: 17 },
  ]);
});

describe('a lane at an instant', () => {
  const model = modelOf(openingRun());
  const [spark, , flink] = model.lanes;

  test('batches hold what reached the log in [start, batch time), and the last one is open', () => {
    const batches = batchesAt(spark!, 5e6);
    expect(batches.map(({ startUs, open }) => [startUs / 1e6, open])).toEqual([
      [0, false],
      [2, false],
      [4, true],
    ]);
    const { record, timeUs } = spark!.input;
    const second = [...record].filter((_, i) => timeUs[i]! >= 2e6 && timeUs[i]! < 4e6);
    expect(batches[1]!.records).toEqual(second);
  });

  test('the newest completed checkpoint is retained, those before it are subsumed', () => {
    // triggered at 2, 7, 12 s …, each completed 0.6 s later
    expect(checkpointsAt(flink!, 12.3e6).map(({ state }) => state)).toEqual([
      'subsumed',
      'retained',
      'running',
    ]);
  });

  test('a window is open from its first record until it is computed', () => {
    // windows of 8 s every 4 s, computed 3.2 s after their end: [4, 12) is computed at 15.2 s
    const open = flink!.openWindowsAt(15e6).map(({ endUs }) => endUs / 1e6);
    expect(open[0]).toBe(12);
    expect(flink!.openWindowsAt(15.3e6)[0]!.endUs / 1e6).toBe(16);
  });
});

test('the ledger at an instant counts each record once, by its newest status', () => {
  // record 0: on the way, waiting, right; record 1: on the way, late
  const ledger = {
    timesUs: Float64Array.of(1, 2, 3, 4, 5),
    records: Int32Array.of(0, 1, 0, 1, 0),
    statuses: Uint8Array.of(0, 0, 1, 5, 2),
    counts: new Int32Array(9),
  };
  expect(statusCounts(ledger, 2)).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(statusCounts(ledger, 4)).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0]);
  expect(statusCounts(ledger, 9)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0]);
  expect(statusOf(ledger, 0, 3)).toBe(1);
  expect(statusOf(ledger, 0, 0)).toBeNull();
});

test('the columns of the ledger hold every status exactly once', () => {
  const ones = new Array<number>(9).fill(1);
  const columns = LEDGER_COLUMNS.map((column) => columnCount(column, ones));
  expect(columns.reduce((a, b) => a + b)).toBe(9);
});
