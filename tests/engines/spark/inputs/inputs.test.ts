import { expect, test } from 'vitest';
import {
  closeLog,
  createBatchedWriteAheadLog,
  enqueueWrite,
  takeWrite,
} from '../../../../workers/engines/spark/inputs/batchedWriteAheadLog.ts';
import {
  backpressureRate,
  clampRanges,
  countRecords,
  maxMessagesPerPartition,
  refuseRanges,
} from '../../../../workers/engines/spark/inputs/directKafka.ts';
import {
  blocksUntil,
  createBlockGenerator,
} from '../../../../workers/engines/spark/inputs/blockGenerator.ts';
import {
  createFileStream,
  takeFiles,
} from '../../../../workers/engines/spark/inputs/fileStream.ts';
import {
  createPidRateEstimator,
  DEFAULT_PID,
  estimateRate,
  refusePid,
} from '../../../../workers/engines/spark/inputs/pidRateEstimator.ts';
import type { PidSettings } from '../../../../workers/engines/spark/inputs/pidRateEstimator.ts';
import {
  createQueueStream,
  takeBatch,
} from '../../../../workers/engines/spark/inputs/queueStream.ts';
import {
  initialReceiverRate,
  receiverRate,
} from '../../../../workers/engines/spark/inputs/receiverRate.ts';
import {
  addBlock,
  allocateBlocksToBatch,
  blocksOfBatch,
  createReceivedBlockTracker,
  recoverTracker,
} from '../../../../workers/engines/spark/inputs/receivedBlockTracker.ts';

test('C17 queueStream: one RDD a batch, or all of them; else the default one', () => {
  const one = createQueueStream(true, [7]);
  one.queued.push([1], [2]);
  const batches = [takeBatch(one)];
  one.queued.push([3], [4]);
  batches.push(takeBatch(one), takeBatch(one), takeBatch(one), takeBatch(one));
  expect(batches).toEqual([[[1]], [[2]], [[3]], [[4]], [[7]]]);

  const all = createQueueStream<number>(false, []);
  all.queued.push([1], [2], [3]);
  const union = [takeBatch(all)];
  all.queued.push([4], [5]);
  union.push(takeBatch(all), takeBatch(all));
  expect(union).toEqual([[[1], [2], [3]], [[4], [5]], [[]]]);
});

test('a receiver is held to the least of what limits it', () => {
  expect(initialReceiverRate(2000, 500)).toBe(500);
  expect(receiverRate(200, 800, 500)).toBe(500);
  expect(receiverRate(200, 0, 500)).toBe(200);
});

test('fewer records than none are no batch', () => {
  const shrunk = { partition: 0, fromOffset: 9, untilOffset: 4 };
  const grown = { partition: 1, fromOffset: 0, untilOffset: 5 };
  expect(refuseRanges([shrunk])?.message).toBe(
    'requirement failed: numRecords must not be negative',
  );
  expect(refuseRanges([shrunk, grown])).toBeNull();
});

test('backpressure refuses gains that are negative', () => {
  const settings = { batchIntervalMs: 1000, ...DEFAULT_PID };
  expect(refusePid(settings)).toBeNull();
  expect(refusePid({ ...settings, derived: -0.5 })?.message).toBe(
    'requirement failed: Derivative term -0.5 in PIDRateEstimator should be >= 0.',
  );
});

test('a block generator cuts at ticks, and a late timer makes no empty blocks', () => {
  const generator = createBlockGenerator<number>(50);
  generator.buffer.push(1);
  expect(blocksUntil(generator, 49)).toEqual([]);
  expect(blocksUntil(generator, 230)).toEqual([{ blockMs: 0, records: [1] }]);
  generator.buffer.push(2, 3);
  expect(blocksUntil(generator, 250)).toEqual([{ blockMs: 200, records: [2, 3] }]);
});

test.each([
  [true, [[], ['1'], ['2'], ['3'], ['4'], ['5']]],
  [false, [['0'], ['1'], ['2'], ['3'], ['4'], ['5']]],
])('C18 file stream with newFilesOnly = %s', (newFilesOnly, expected) => {
  // The clock starts at 12 s; file 0 was modified at 10 s, files 1 … 5 at 13 s, 15 s, …
  const stream = createFileStream(newFilesOnly, 12_000, 2000);
  const files = [
    { name: '0', modifiedMs: 10_000 },
    { name: '.hidden', modifiedMs: 13_000 },
  ];
  const batches = [takeFiles(stream, files, 12_000)];
  for (let k = 1; k <= 5; k++) {
    files.push({ name: `${k}`, modifiedMs: 11_000 + k * 2000 });
    batches.push(takeFiles(stream, files, 12_000 + k * 2000));
  }
  expect(batches).toEqual(expected);
});

test('C24 received blocks go to the batch being generated, once', () => {
  const accepts = (): boolean => true;
  const tracker = createReceivedBlockTracker();
  const five = ['0', '1', '2', '3', '4'];
  for (const block of five) addBlock(tracker, block);
  allocateBlocksToBatch(tracker, 1, accepts);
  allocateBlocksToBatch(tracker, 2, accepts);
  allocateBlocksToBatch(tracker, 1, accepts);
  expect(blocksOfBatch(tracker, 1)).toEqual(five);
  expect(blocksOfBatch(tracker, 2)).toEqual([]);
  for (const block of five) addBlock(tracker, block);
  allocateBlocksToBatch(tracker, 2, accepts);
  expect(blocksOfBatch(tracker, 2)).toEqual([]);
  expect(tracker.unallocated).toEqual(five);
});

test('C24 recovery from the write-ahead log, and a failed write of it', () => {
  const recovered = recoverTracker([
    { kind: 'block added', block: 'A' },
    { kind: 'block added', block: 'B' },
    { kind: 'batch allocated', batchMs: 7, blocks: ['A'] },
  ]);
  expect(blocksOfBatch(recovered, 7)).toEqual(['A']);
  expect(recovered.unallocated).toEqual(['B']);

  const tracker = createReceivedBlockTracker();
  addBlock(tracker, 'A');
  allocateBlocksToBatch(tracker, 1, () => false);
  expect(tracker.unallocated).toEqual(['A']);
  allocateBlocksToBatch(tracker, 2, () => true);
  expect(blocksOfBatch(tracker, 2)).toEqual(['A']);
});

test('C25 waiting writes become one, filed under the highest timestamp', () => {
  const log = createBatchedWriteAheadLog();
  const write = (data: string, timeMs: number): void => enqueueWrite(log, { data, timeMs });
  write('e1', 3);
  expect(takeWrite(log)).toEqual({ records: [{ data: 'e1', timeMs: 3 }], stampMs: 3 });
  write('e2', 5);
  write('e3', 8);
  write('e5', 12);
  write('e4', 10);
  const aggregate = takeWrite(log);
  expect(aggregate?.records.map((record) => record.data)).toEqual(['e2', 'e3', 'e4', 'e5']);
  expect(aggregate?.stampMs).toBe(12);
  write('e6', 20);
  expect(closeLog(log)).toEqual([{ data: 'e6', timeMs: 20 }]);
  expect(takeWrite(log)).toBeNull();
});

const pidRun = (
  settings: Partial<PidSettings>,
  batches: [time: number, records: number, processing: number, scheduling: number][],
): (number | null)[] => {
  const pid = createPidRateEstimator();
  const all = { batchIntervalMs: 1000, ...DEFAULT_PID, ...settings };
  return batches.map(([processingEndMs, records, processingDelayMs, schedulingDelayMs]) =>
    estimateRate(pid, all, { processingEndMs, records, processingDelayMs, schedulingDelayMs }),
  );
};

test('C26 PID: the first batch only teaches, equal times and empty batches are ignored', () => {
  const settings = { batchIntervalMs: 20, integral: 0, minRate: 10 };
  const rates = pidRun(settings, [
    [0, 10, 10, 0],
    [10, 10, 10, 0],
    [10, 10, 10, 0],
    [20, 0, 10, 0],
    [30, 10, 0, 0],
  ]);
  expect(rates).toEqual([null, 1000, null, null, null]);
});

test('C26 PID: a scheduling delay pushes the rate down to its minimum', () => {
  const batches = Array.from({ length: 5 }, (_, k): [number, number, number, number] => [
    k * 20,
    1,
    20,
    100,
  ]);
  expect(pidRun({ batchIntervalMs: 20, integral: 1, minRate: 5 }, batches)).toEqual([
    null,
    5,
    5,
    5,
    5,
  ]);
});

test('C26 PID: without errors the rate follows the processing rate', () => {
  const settings = { batchIntervalMs: 20, integral: 0, minRate: 10 };
  const rates = pidRun(settings, [
    [0, 20, 20, 0],
    [20, 40, 20, 0],
    [40, 60, 20, 0],
  ]);
  expect(rates).toEqual([null, 2000, 3000]);
});

test('PID with default settings: rate * (1 - 0.2 * delay / interval)', () => {
  const rates = pidRun({}, [
    [1000, 2000, 500, 0],
    [2500, 2000, 1500, 0], // 1333.3
    [4000, 2000, 1500, 500], // 1333.3 * 0.9 = 1200
    [5200, 1000, 1200, 1000], // 833.3 * 0.8 = 666.7
    [6000, 800, 800, 1200], // 1000 * 0.76 = 760
  ]);
  expect(rates.map((rate) => (rate === null ? null : Math.round(rate * 10) / 10))).toEqual([
    null,
    1333.3,
    1200,
    666.7,
    760,
  ]);
});

const limits = (batchIntervalMs: number, maxRatePerPartition: number, minRatePerPartition = 1) => ({
  batchIntervalMs,
  maxRatePerPartition,
  minRatePerPartition,
});

test.each<[string, number[], number | null, ReturnType<typeof limits>, number[] | null]>([
  ['no backpressure, latest 50 and 50', [50, 50], null, limits(100, 100), [10, 10]],
  ['backpressure but no lag', [0, 0], 1000, limits(100, 100), null],
  ['a minimum above the share', [0, 100, 200, 300], 1, limits(60_000, 0, 5), [5, 10, 20, 30]],
  ['initialRate 500 below the cap', [1000], 500, limits(500, 1000), [250]],
  ['initialRate 1000 above the cap', [1000], 1000, limits(500, 300), [150]],
  ['neither rate nor cap', [1000], null, limits(500, 0), null],
])('C27 %s', (_name, lags, rate, limit, expected) => {
  expect(maxMessagesPerPartition(lags, rate, limit)).toEqual(expected);
});

test('before the first estimate nothing is limited unless initialRate is set', () => {
  expect(backpressureRate(false, 500, 500)).toBeNull();
  expect(backpressureRate(true, null, 0)).toBe(0);
  expect(backpressureRate(true, null, 500)).toBe(500);
  expect(backpressureRate(true, 120, 500)).toBe(120);
});

test('a batch reads from where the last one ended to the latest offset, if it may', () => {
  const ranges = clampRanges([10, 0], [50, 5], [10, 10]);
  expect(ranges).toEqual([
    { partition: 0, fromOffset: 10, untilOffset: 20 },
    { partition: 1, fromOffset: 0, untilOffset: 5 },
  ]);
  expect(countRecords(ranges)).toBe(15);
  expect(countRecords(clampRanges([10, 0], [50, 5], null))).toBe(45);
});
