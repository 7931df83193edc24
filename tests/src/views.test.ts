import { describe, expect, test } from 'vitest';
import { opening } from '../../workers/scenario/opening.ts';
import { otherVerdicts, refusalsOf } from '../../src/controls/verdicts.ts';
import { namedTicks, sliderValues, tickStep } from '../../src/controls/ticks.ts';
import { INTERVAL_KNOBS, intervalSeconds, withInterval } from '../../src/controls/intervalKnobs.ts';
import { withCost } from '../../src/costs/withCost.ts';
import { addFault, moveFault, placedFaults, removeFault } from '../../src/faults/faults.ts';
import { handleRows } from '../../src/faults/handleRows.ts';
import { lifeOf } from '../../src/inspector/life.ts';
import { settingRows } from '../../src/inspector/settingRows.ts';
import { arrivalHistogram } from '../../src/intervals/arrivalHistogram.ts';
import { tickSeconds } from '../../src/intervals/axisFrame.ts';
import { usualSpan, viewAt } from '../../src/intervals/axisView.ts';
import { pinchOf, zoomedSpan } from '../../src/intervals/axisZoom.ts';
import { axisRows, bracketStride, windowLines } from '../../src/intervals/rows.ts';
import { bracketsIn } from '../../src/intervals/windowBrackets.ts';
import { recordsABlock } from '../../src/ledger/paintBlocks.ts';
import { piecesOf, intervalLines, shortPieces } from '../../src/program/pieces.ts';
import { boardRows } from '../../src/results/board.ts';
import { looksOf } from '../../src/run/looks.ts';
import { modelOf } from '../../src/run/RunModel.ts';
import { jumpsOf } from '../../src/view/jumps.ts';
import { Pointing } from '../../src/view/Pointing.svelte.ts';
import { select, selectionOf } from '../../src/view/selection.ts';
import { part } from './fixture.ts';
import { openingRun } from './openingRun.ts';

const model = modelOf(openingRun());
const [spark, storm] = model.lanes;

describe('the axis', () => {
  test('a short run is shown whole, a long one in pages that overlap by a fifth', () => {
    expect(usualSpan(30e6, false)).toBe(30e6);
    expect(usualSpan(120e6, false)).toBe(24e6);
    expect(usualSpan(120e6, true)).toBe(12e6);
    // pages begin every 0.8 × 24 = 19.2 s; one turns when the playhead is a fifth into the next
    expect(viewAt(0, 24e6, 120e6)).toEqual({ fromUs: 0, toUs: 24e6 });
    expect(viewAt(23.9e6, 24e6, 120e6).fromUs).toBe(0);
    expect(viewAt(24e6, 24e6, 120e6).fromUs).toBe(19.2e6);
    expect(viewAt(120e6, 24e6, 120e6)).toEqual({ fromUs: 96e6, toUs: 120e6 });
  });

  test('zooming halves and doubles the stretch, within 2 s and the run', () => {
    expect(zoomedSpan(24e6, 2, 120e6)).toBe(12e6);
    expect(zoomedSpan(24e6, 0.5, 120e6)).toBe(48e6);
    expect(zoomedSpan(100e6, 0.5, 120e6)).toBe(120e6);
    expect(zoomedSpan(3e6, 2, 120e6)).toBe(2e6);
    expect(zoomedSpan(1e6, 2, 1e6)).toBe(1e6);
  });

  test('two fingers, and only two, pinch', () => {
    expect(pinchOf(new Map([[1, 100]]))).toBeNull();
    expect(
      pinchOf(
        new Map([
          [1, 100],
          [2, 160],
        ]),
      ),
    ).toEqual({ apart: 60, middle: 130 });
  });

  test.each([
    [24, 13, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]],
    [120, 5, [0, 30, 60, 90, 120]],
  ])('ticks over %s s, at most %s', (seconds, most, ticks) => {
    expect(tickSeconds({ fromUs: 0, toUs: seconds * 1e6 }, most)).toEqual(ticks);
  });

  test.each([
    [8, 4, 2, 1],
    [4, 4, 1, 1],
    [6, 4, 2, 1],
    [300, 1, 3, 100],
  ])(
    'windows of %s s every %s s lie on %s lines, one drawn in %s',
    (size, slide, lines, stride) => {
      expect(windowLines(size * 1e6, slide * 1e6)).toBe(lines);
      expect(bracketStride(size * 1e6, slide * 1e6)).toBe(stride);
    },
  );

  test('brackets of one line never overlap', () => {
    const { rows } = axisRows([spark!.lane], () => false);
    const row = rows.find(({ kind }) => kind === 'windows')!;
    const brackets = bracketsIn(spark!, row, { fromUs: 0, toUs: 24e6 });
    for (const a of brackets) {
      for (const b of brackets) {
        if (a === b || a.y !== b.y) continue;
        const apart = a.output.endUs <= b.output.startUs || b.output.endUs <= a.output.startUs;
        expect(apart).toBe(true);
      }
    }
    expect(brackets.length).toBeGreaterThan(3);
  });

  test('a histogram counts every record once, by bin and look', () => {
    const arrivals = [0.1, 0.2, 1.5, 3.9].map((s, record) => ({
      record,
      happenedUs: 0,
      loggedUs: s * 1e6,
      again: false,
    }));
    const histogram = arrivalHistogram(arrivals, 0, 4e6, 4, 2, [0, 1, 1, -1]);
    expect(histogram.counts).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
      [0, 0, 1],
    ]);
    expect(histogram.most).toBe(2);
  });
});

describe('results', () => {
  const names = ['2xx', '3xx', '4xx', '5xx'];

  test('the last visible ones and the next, whose numbers are not told', () => {
    // Spark's windows end each 4 s and are visible 0.8 s later
    const rows = boardRows(spark!, null, names, 13e6, 3, true);
    expect(rows.map(({ output, visible }) => [output.endUs / 1e6, visible])).toEqual([
      [8, true],
      [12, true],
      [16, false],
    ]);
    expect(rows[0]!.values.reduce((a, b) => a + b)).toBe(rows[0]!.total);
    expect(boardRows(spark!, null, names, 13e6, 3, false).every(({ visible }) => visible)).toBe(
      true,
    );
  });

  test('what the run before said is told only where it differs', () => {
    const same = boardRows(spark!, spark!, names, 13e6, 3, true);
    expect(same.map(({ was }) => was)).toEqual([null, null, null]);
    const other = boardRows(spark!, storm!, names, 13e6, 3, true);
    expect(other.some(({ was, total }) => was !== null && was !== total)).toBe(true);
  });

  test('a window that is computed again is compared with the second time, and said to come again', () => {
    const run = openingRun();
    const [first] = run.lanes;
    const again = { ...first!.outputs[0]!, rows: [], computedUs: 12e6, visibleUs: 12.5e6 };
    const outputs = [...first!.outputs.slice(0, 2), again, ...first!.outputs.slice(2)];
    const [lane] = modelOf({ ...run, lanes: [{ ...first!, outputs }] }).lanes;
    // Visible at 4.8, 8.8 and 12.5 s, and the third window at 12.8 s.
    const rows = boardRows(lane!, lane!, names, 12.6e6, 4, true);
    expect(rows.map(({ output }) => output.endUs / 1e6)).toEqual([4, 8, 4, 12]);
    expect(rows.map(({ again: isAgain }) => isAgain)).toEqual([false, false, true, false]);
    expect(rows.map(({ was }) => was)).toEqual([null, null, null, null]);
  });
});

test('pointing at a window lights its records, and at a record its windows', () => {
  const pointing = new Pointing(() => model);
  const output = spark!.outputs[2]!;
  pointing.window = { lane: 'spark', window: output.window };
  expect(pointing.litRecords).toEqual(new Set(spark!.membersOf(output)));
  const [record] = spark!.membersOf(output);
  pointing.window = null;
  pointing.record = record!;
  expect(pointing.litWindows?.get('spark')?.has(output.window)).toBe(true);
  // window 8 s, slide 4 s: two windows hold each record
  expect(pointing.litWindows?.get('spark')?.size).toBe(2);
});

test('a life goes from the log line through every lane, in order of time', () => {
  const life = lifeOf(model, 5);
  expect(life[0]).toMatchObject({ where: 'web/server', what: 'written' });
  const times = life.map(({ timeUs }) => timeUs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  for (const lane of ['spark', 'storm', 'flink']) {
    expect(life.some(({ where, what }) => where === lane && what.startsWith('counted'))).toBe(true);
  }
});

test.each(['record:12', 'part:a1/c1', null])('the selection %s survives a link', (selection) => {
  const pointing = new Pointing(() => model);
  select(pointing, selection);
  expect(selectionOf(pointing)).toBe(selection);
});

test('what happens in a lane that is not on the bench is nothing to jump to', () => {
  // The first checkpoint of the run written by hand begins 3 s before 5 s, the next ones 5 s apart.
  const checkpoints = { words: 'checkpoint', timesUs: [2e6, 7e6, 12e6, 17e6] };
  expect(jumpsOf(model, ['spark', 'storm', 'flink'])).toEqual([checkpoints]);
  expect(jumpsOf(model, ['spark', 'storm'])).toEqual([]);
});

test('a status class keeps its look where another class is missing', () => {
  expect(looksOf(['2xx', '4xx'])).toEqual([0, 2]);
  expect(looksOf(['the', 'quick'])).toEqual([0, 1]);
});

describe('sliders', () => {
  test('values do not drift, and their numbers thin out by 2, 5, 10', () => {
    expect(sliderValues(0.5, 2, 0.5)).toEqual([0.5, 1, 1.5, 2]);
    expect(sliderValues(0, 1, 0.1)[3]).toBe(0.3);
    expect(namedTicks(sliderValues(1, 16, 1), 6)).toEqual([1, 6, 11, 16]);
  });

  test('a track holds no more ticks than can be told apart', () => {
    expect(tickStep(1, 32, 1, 80)).toBe(1);
    expect(tickStep(1, 300, 1, 80)).toBe(5);
    expect(tickStep(0.5, 600, 0.5, 80)).toBe(10);
    expect(sliderValues(1, 1e9, tickStep(1, 1e9, 1, 80)).length).toBeLessThan(80);
  });

  test.each(INTERVAL_KNOBS)('$label is turned and read', (knob) => {
    expect(intervalSeconds(knob, withInterval(knob, opening, 6))).toBe(6);
  });

  test('a refusal is told in the engine’s words, and what the others do with the value', () => {
    const refusal = { node: 'spark', field: 'slideIntervalMs', message: 'no', source: '' };
    const lanes = model.run.lanes;
    expect(refusalsOf('slideIntervalMs', [refusal], lanes)).toMatchObject([
      { engine: 'Spark', message: 'no' },
    ]);
    expect(refusalsOf('windowIntervalMs', [refusal], lanes)).toEqual([]);
    const both = refusalsOf('slideIntervalMs', [refusal, { ...refusal, node: 'storm' }], lanes);
    expect(both.map(({ engine }) => engine)).toEqual(['Spark', 'Storm']);
    const others = otherVerdicts([refusal], lanes, '3 s').map(({ engine }) => engine);
    expect(others).toEqual(['Storm', 'Flink']);
  });
});

describe('faults', () => {
  const crash = { type: 'crash', target: 'a1', atMs: 5000, restartAfterMs: 2000 } as const;
  const cut = { type: 'cut', from: 'a1', to: 'kafka', atMs: 5000, untilMs: 9000 } as const;
  const broken = addFault(addFault(opening, crash), cut);

  test('a fault is dragged in tenths of a second and lasts as long as before', () => {
    const moved = moveFault(broken, 1, 7049);
    expect(moved.faults[1]).toEqual({ ...cut, atMs: 7000, untilMs: 11_000 });
    expect(moved.faults[0]).toEqual(crash);
    expect(moveFault(broken, 0, -50).faults[0]).toMatchObject({ atMs: 0 });
  });

  test('the same fault at the same moment is placed once', () => {
    expect(addFault(broken, { ...crash })).toBe(broken);
    expect(addFault(broken, { ...crash, atMs: 5100 }).faults).toHaveLength(3);
  });

  test('a fault is removed by its place', () => {
    expect(placedFaults(removeFault(broken, 0)).map(({ label }) => label)).toEqual([
      'cut between a1 and kafka',
    ]);
  });
});

test('a cost that is taken back leaves no trace in the scenario', () => {
  const changed = withCost(opening, 'sparkBatchUs', 9000);
  expect(changed.costs).toEqual({ ...opening.costs, sparkBatchUs: 9000 });
  expect(withCost(changed, 'sparkBatchUs', null).costs).toEqual(opening.costs);
});

test('a line of a program is cut at its marks, and shortened without losing a number', () => {
  const line = '    .reduceByKeyAndWindow(lambda x, y: x + y, None, 8, 4))';
  const at = (text: string): number => line.indexOf(text);
  const program = {
    language: 'python',
    lines: ['import re', line],
    marks: [
      { line: 1, start: at('8,'), end: at('8,') + 1, knob: 'windowIntervalMs' },
      { line: 1, start: at('4)'), end: at('4)') + 1, knob: 'slideIntervalMs' },
    ],
  };
  expect(intervalLines(program)).toEqual([1]);
  expect(
    piecesOf(program, 1)
      .map(({ text }) => text)
      .join(''),
  ).toBe(line);
  expect(
    shortPieces(program, 1)
      .map(({ text }) => text)
      .join(''),
  ).toBe('.reduceByKeyAndWindow(…, 8, 4))');
});

test.each([
  [40, 400, 1],
  // 41 blocks of 8.6 px fit beside 8 gaps of 5: 100 records need more than two a block, 6000 more than 100
  [100, 400, 5],
  [6000, 400, 200],
])('%s records in %s px: one block stands for %s', (records, width, each) => {
  expect(recordsABlock(records, 8, width)).toBe(each);
});

test('handles of faults that would cover each other stand on rows of their own', () => {
  const handle = (index: number, left: number) => ({
    fault: { index, atMs: 0, label: 'crash of a1/agent' },
    words: 'crash of a1/agent',
    left,
  });
  // 17 letters are about 137 px wide
  const rows = handleRows([handle(0, 100), handle(1, 150), handle(2, 300)], 900);
  expect(rows.map(({ row }) => row)).toEqual([0, 1, 0]);
  // a handle that is dragged before another stays where it is in the document
  const passed = handleRows([handle(0, 300), handle(1, 100)], 900);
  expect(passed.map(({ fault, left }) => [fault.index, left])).toEqual([
    [0, 300],
    [1, 100],
  ]);
  // near the right end a handle hangs to the left of its moment
  const [last] = handleRows([handle(0, 890)], 900);
  expect(last!.left).toBeLessThan(900 - 130);
});

test('the settings of a Flume component are its lines of the properties, with their values', () => {
  const knob = {
    field: 'channels.<channel>.capacity',
    officialKey: '<agent>.channels.<channel>.capacity',
    label: 'memory channel: capacity',
    unit: 'records',
    min: 1,
    max: 1e6,
    step: 1,
    initial: 100,
    meaning: '',
  } as const;
  const channel = { ...part('a1/c1', 'channel'), detail: 'memory' };
  const properties = 'a1.channels.c1.capacity = 7';
  const scenario = {
    ...opening,
    nodes: opening.nodes.map((node) => (node.type === 'flume' ? { ...node, properties } : node)),
  };
  const other = { ...knob, label: 'file channel: capacity', initial: 1e6 };
  expect(settingRows(scenario, channel, [knob, other])).toMatchObject([
    { key: 'a1.channels.c1.capacity', value: 7 },
  ]);
});
