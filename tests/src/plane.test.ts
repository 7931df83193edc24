import { describe, expect, test } from 'vitest';
import { LATE, RIGHT } from '../../workers/results/status.ts';
import { dotNear, planeDots } from '../../src/eventtime/planeDots.ts';
import { planePlace } from '../../src/eventtime/planeFrame.ts';
import { planeWindows } from '../../src/eventtime/planeWindows.ts';
import { stampPlaces } from '../../src/eventtime/stampPlaces.ts';
import { modelOf } from '../../src/run/RunModel.ts';
import type { LaneRun } from '../../src/run/Run.ts';
import { openingRun } from './openingRun.ts';

const run = openingRun();
const { lanes } = modelOf(run);
const [spark, , flink] = lanes;
const { eventTimeUs } = run.records;
/** No job here has a side output. */
const none = new Set<number>();

/** The opening run with one lane, in which something is otherwise. */
function laneWith(change: Partial<LaneRun>) {
  return modelOf({ ...run, lanes: [{ ...run.lanes[2]!, ...change }] }).lanes[0]!;
}

describe('windows on the plane', () => {
  test('each stands from its first record until it fires, 3.2 s after its end', () => {
    const windows = planeWindows(flink!);
    const [first] = windows;
    expect([first!.startUs, first!.endUs]).toEqual([-4e6, 4e6]);
    const { records, atUs } = flink!.lane.occurrences;
    const inFirst = Array.from(records).flatMap((record, i) =>
      eventTimeUs[record]! < 4e6 ? [atUs[i]!] : [],
    );
    expect(first!.bornUs).toBe(Math.min(...inFirst));
    expect(first!.firings.map(({ atUs: firedUs }) => firedUs)).toEqual([7.2e6]);
  });
});

describe('records on the plane', () => {
  test('lie where they happened and when the lane had them', () => {
    const { records, atUs } = flink!.lane.occurrences;
    const dots = planeDots(flink!, eventTimeUs, none);
    expect(dots).toHaveLength(records.length);
    const dot = dots.find(({ record }) => record === records[5])!;
    expect([dot.happenedUs, dot.arrivedUs]).toEqual([eventTimeUs[records[5]!], atUs[5]]);
    expect(dots.map(({ arrivedUs }) => arrivedUs)).toEqual(Array.from(atUs).sort((a, b) => a - b));
  });

  test('of Spark, which has no watermark, when the log had them', () => {
    const dots = planeDots(spark!, eventTimeUs, none);
    expect(dots.map(({ arrivedUs }) => arrivedUs)).toEqual([...spark!.input.timeUs]);
  });

  test('one that was dropped as late is told from one that was kept aside, or makes its window fire again', () => {
    const dropped = laneWith({
      occurrences: { records: [], countedFirst: [], countedLast: [], atUs: [], undoneUs: [] },
      ledger: {
        timesUs: Float64Array.of(1, 9e6),
        records: Int32Array.of(3, 4),
        statuses: Uint8Array.of(RIGHT, LATE),
        counts: new Int32Array(9),
      },
    });
    expect(planeDots(dropped, eventTimeUs, none)).toEqual([
      {
        record: 4,
        happenedUs: eventTimeUs[4],
        arrivedUs: 9e6,
        isDropped: true,
        isAside: false,
        firesAgain: false,
      },
    ]);
    const [kept] = planeDots(dropped, eventTimeUs, new Set([4]));
    expect(kept).toMatchObject({ isDropped: false, isAside: true });
    // Window 1 fires at 4 + 3.2 s; the record comes at 8 s.
    const again = laneWith({
      occurrences: {
        records: [0],
        countedFirst: [1],
        countedLast: [2],
        atUs: [8e6],
        undoneUs: [Infinity],
      },
    });
    expect(planeDots(again, eventTimeUs, none)[0]).toMatchObject({
      isDropped: false,
      firesAgain: true,
    });
  });

  test('one that is taken in the instant of the first firing is in it, and nothing fires again', () => {
    const { window, computedUs } = flink!.outputs[0]!;
    const lane = laneWith({
      occurrences: {
        records: [0],
        countedFirst: [window],
        countedLast: [window],
        atUs: [computedUs],
        undoneUs: [Infinity],
      },
    });
    expect(lane.membersOf(lane.outputs[0]!)).toEqual([0]);
    expect(planeDots(lane, eventTimeUs, none)[0]).toMatchObject({
      isDropped: false,
      firesAgain: false,
    });
  });

  test('the nearest within reach is pointed at', () => {
    const place = planePlace({ fromUs: 0, toUs: 10e6 }, 564, 356);
    // 500 px for 10 s to the right, 300 px upwards
    expect([place.x(5e6), place.y(5e6)]).toEqual([298, 166]);
    const fate = { isDropped: false, isAside: false, firesAgain: false };
    const dot = { happenedUs: 5e6, arrivedUs: 5e6, ...fate };
    const dots = [
      { ...dot, record: 7 },
      { ...dot, record: 8, happenedUs: 5.1e6 },
    ];
    expect(dotNear(dots, place.x, place.y, 302, 166)).toBe(8);
    expect(dotNear(dots, place.x, place.y, 320, 166)).toBeNull();
  });

  test('a later page looks back a fifth of itself for records that come late', () => {
    const { events, clock } = planePlace({ fromUs: 20e6, toUs: 40e6 }, 600, 400);
    expect(events).toEqual({ fromUs: 16e6, toUs: 40e6 });
    expect(clock).toEqual({ fromUs: 20e6, toUs: 40e6 });
  });
});

describe('stamps on the plane', () => {
  // Four letters of 6.3 px are 25.2 px wide, and begin 9 px beside the middle of the dot.
  const dot = { px: 100, py: 100, words: '12.9' };
  const alone = { x: 109, y: 104, align: 'left' };

  test('stand to the right of their dots', () => {
    expect(stampPlaces([dot], 0, 200)).toEqual([alone]);
  });

  test('stand to the left at the right edge', () => {
    expect(stampPlaces([dot], 0, 120)).toEqual([{ x: 91, y: 104, align: 'right' }]);
  });

  test('hide no other dot and no other stamp, and are left out where there is no room', () => {
    // The second dot lies where the first stamp would end; to the right of the third is the end of the plane.
    const row = [dot, { ...dot, px: 130 }, { ...dot, px: 160 }];
    const aligns = stampPlaces(row, 0, 180).map((place) => place?.align ?? null);
    expect(aligns).toEqual(['right', 'center', 'center']);
    const crowd = Array.from({ length: 9 }, () => dot);
    expect(stampPlaces(crowd, 0, 200).filter((place) => place !== null)).toHaveLength(4);
  });
});
