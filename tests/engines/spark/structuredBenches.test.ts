import { expect, test } from 'vitest';
import { RefusedByBench } from '../../../workers/kernel/bench.ts';
import { benches } from '../../../workers/engines/spark/benches.ts';

function play(component: string, config: unknown, script: readonly unknown[]): readonly unknown[] {
  const bench = benches.find((row) => row.component === `spark/${component}`);
  if (!bench) throw new Error(`no bench ${component}`);
  return bench.run(config, script);
}

test('the default trigger runs batches until nothing is left to do', () => {
  const config = { windowDurationMs: 5000, delayThresholdMs: 0 };
  const report = { numRowsTotal: [1], numRowsDroppedByWatermark: [0] };
  expect(play('windowed-count', config, [[['a', 4000]], [], [['a', 5000]]])).toEqual([
    [
      { batchId: 0, watermarkMs: 0, output: [], ...report },
      { batchId: 1, watermarkMs: 4000, output: [], ...report },
    ],
    [],
    [
      { batchId: 2, watermarkMs: 4000, output: [], ...report, numRowsTotal: [2] },
      {
        batchId: 3,
        watermarkMs: 5000,
        output: [{ key: 'a', startMs: 0, endMs: 5000, count: 1 }],
        ...report,
      },
    ],
  ]);
});

test('a query without state reports no state', () => {
  expect(
    play('select', {}, [
      [
        ['b', 2],
        ['a', 1],
      ],
    ]),
  ).toEqual([
    [
      {
        batchId: 0,
        output: [
          { key: 'a', timeMs: 1 },
          { key: 'b', timeMs: 2 },
        ],
      },
    ],
  ]);
});

test('with an interval the first trigger is the start, and what comes after it waits for the next', () => {
  const trigger = { processingTimeMs: 1000 };
  const come = (advanceMs: number, ...names: string[]) => ({
    advanceMs,
    rows: names.map((name) => [name, 0]),
  });
  expect(play('select', { trigger }, [come(500, 'a'), come(500, 'b')])).toEqual([
    [],
    [
      {
        batchId: 0,
        atMs: 1000,
        output: [
          { key: 'a', timeMs: 0 },
          { key: 'b', timeMs: 0 },
        ],
      },
    ],
  ]);
});

test('a query with an interval wants to know the time', () => {
  const trigger = { processingTimeMs: 1000 };
  expect(() => play('select', { trigger }, [[['a', 1]]])).toThrow('advanceMs');
});

test('a query that failed takes rows, and runs nothing until it is restarted', () => {
  const steps = [{ fails: [['a', 1]] }, [['b', 2]], 'restart'];
  const [failed, down, restarted] = play('select', {}, steps);
  expect(failed).toEqual([{ batchId: 0, output: [{ key: 'a', timeMs: 1 }], failed: true }]);
  expect(down).toEqual([]);
  expect(restarted).toHaveLength(2);
});

test.each([
  ['windowed-count', { outputMode: 'append' }, 'without watermark'],
  ['windowed-count', { windowDurationMs: 5, delayThresholdMs: -1 }, 'should not be negative'],
  ['stream-join', { joinType: 'leftOuter' }, 'LeftOuter join'],
  ['stream-join', { joinType: 'inner', outputMode: 'update' }, 'only in Append output mode'],
  ['deduplicate', { columns: ['key'], withinWatermark: true }, 'dropDuplicatesWithinWatermark'],
  ['group-state', { timeoutConf: 'EventTimeTimeout' }, 'Watermark must be specified'],
  ['group-state', { timeoutConf: 'ProcessingTimeTimeout' }, 'processingTimeMs'],
])('%s refuses %o', (component, config, words) => {
  expect(() => play(component, config, [])).toThrow(words);
  expect(() => play(component, config, [])).toThrow(RefusedByBench);
});
