import { expect, test } from 'vitest';
import { viewOf } from '../../../workers/engines/spark/views.ts';
import { runLane } from './laneRun.ts';

const COSTS = { sparkBatchUs: 100_000, sparkTaskUs: 50_000, sparkRecordUs: 0 };

function viewAfter(untilMs: number, part: string) {
  const records = Array.from({ length: 200 }, (_, n) => ({
    atMs: n * 500 + 250,
    partition: 0,
    line: 'a 1',
  }));
  const lane = { 'spark.streaming.concurrentJobs': 2 };
  const { kernel, state } = runLane(records, { untilMs, lane, costs: COSTS });
  return viewOf(state, part, kernel.environment('spark'));
}

const rowsOf = ({ tables }: ReturnType<typeof viewAfter>, title: string) =>
  tables.find((table) => table.title === title)?.rows;

test('completed batches with the delays of the streaming page', () => {
  // 2 batches x 100 ms, one wave of 2 reading tasks, one wave of 2 merging tasks: 300 ms.
  expect(rowsOf(viewAfter(5000, 'spark/batches'), 'Completed batches')).toEqual([
    ['4.000 s', '0.000 s', '0.300 s', '0.300 s'],
  ]);
});

test('the newest twenty completed batches are kept', () => {
  const rows = rowsOf(viewAfter(99_000, 'spark/batches'), 'Completed batches');
  expect(rows?.map(([batch]) => batch)).toEqual(
    Array.from({ length: 20 }, (_, n) => `${20 + n * 4}.000 s`),
  );
});

test('batches remembered, offsets and settings that were changed', () => {
  const batches = viewAfter(5000, 'spark/batches');
  expect(rowsOf(batches, 'Batches remembered')).toEqual([
    ['2.000 s', '4', '1 keys'],
    ['4.000 s', '4', '1 keys'],
  ]);
  const stream = viewAfter(5000, 'spark/direct-stream');
  expect(rowsOf(stream, 'Next offsets')).toEqual([['weblog-0', '8']]);
  expect(stream.settings.filter(({ value, fallback }) => value !== fallback)).toEqual([
    { key: 'spark.streaming.concurrentJobs', value: '2', fallback: '1' },
  ]);
});

test('the log speaks as the driver does', () => {
  const { log } = viewAfter(5000, 'spark/batches');
  expect(log).toContain('INFO JobScheduler: No jobs added for time 2000 ms');
  expect(log).toContain(
    'INFO JobScheduler: Total delay: 0.300 s for time 4000 ms (execution: 0.300 s)',
  );
});
