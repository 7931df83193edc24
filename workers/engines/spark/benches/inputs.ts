// How records become batches: streams of files and of queued RDDs, received blocks, rate limits.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import {
  closeLog,
  createBatchedWriteAheadLog,
  enqueueWrite,
  takeWrite,
} from '../inputs/batchedWriteAheadLog.ts';
import { createFileStream, takeFiles } from '../inputs/fileStream.ts';
import { createPidRateEstimator, estimateRate } from '../inputs/pidRateEstimator.ts';
import { createQueueStream, takeBatch } from '../inputs/queueStream.ts';
import {
  addBlock,
  allocateBlocksToBatch,
  blocksOfBatch,
  createReceivedBlockTracker,
  recoverTracker,
  type TrackerEvent,
} from '../inputs/receivedBlockTracker.ts';
import { benchOf } from './component.ts';

const moment = whole(0, 1_000_000_000_000);

const queue = benchOf({
  name: 'queue-stream',
  meaning:
    'queueStream. A step is a list of RDDs to queue before the tick; the answer is the batch.',
  config: v.strictObject({ oneAtATime: v.boolean() }),
  step: v.array(v.array(v.number())),
  start: ({ oneAtATime }) => createQueueStream<number>(oneAtATime),
  play(stream, rdds) {
    stream.queued.push(...rdds);
    return takeBatch(stream);
  },
});

const files = benchOf({
  name: 'file-stream',
  meaning:
    'textFileStream. A step is { batchMs, listing }; the answer names the files of the batch.',
  config: v.strictObject({
    newFilesOnly: v.boolean(),
    createdMs: moment,
    batchIntervalMs: whole(1, 86_400_000),
  }),
  step: v.strictObject({
    batchMs: moment,
    listing: v.array(v.strictObject({ name: v.string(), modifiedMs: moment })),
  }),
  start: ({ newFilesOnly, createdMs, batchIntervalMs }) =>
    createFileStream(newFilesOnly, createdMs, batchIntervalMs),
  play: (stream, { listing, batchMs }) => takeFiles(stream, listing, batchMs),
});

const blocks = benchOf({
  name: 'received-block-tracker',
  meaning:
    'Which received blocks belong to a batch. A step adds a block, allocates a batch (whose log write ' +
    'may fail), or restarts the driver; the answer is the blocks of the batch, else those that wait.',
  config: v.strictObject({}),
  step: v.variant('kind', [
    v.strictObject({ kind: v.literal('add'), block: v.string() }),
    v.strictObject({ kind: v.literal('allocate'), batchMs: moment, writeFails: v.boolean() }),
    v.strictObject({ kind: v.literal('recover') }),
  ]),
  start: () => ({ tracker: createReceivedBlockTracker(), log: [] as TrackerEvent[] }),
  play(driver, step) {
    if (step.kind === 'add') {
      addBlock(driver.tracker, step.block);
      driver.log.push({ kind: 'block added', block: step.block });
    } else if (step.kind === 'allocate') {
      allocateBlocksToBatch(driver.tracker, step.batchMs, (event) => {
        if (!step.writeFails) driver.log.push(event);
        return !step.writeFails;
      });
      return [...blocksOfBatch(driver.tracker, step.batchMs)];
    } else {
      driver.tracker = recoverTracker(driver.log);
    }
    return [...driver.tracker.unallocated];
  },
});

const writeAheadLog = benchOf({
  name: 'batched-write-ahead-log',
  meaning:
    'Writes that wait are written as one. A step enqueues a record, writes, or closes the log.',
  config: v.strictObject({}),
  step: v.variant('kind', [
    v.strictObject({ kind: v.literal('enqueue'), data: v.string(), timeMs: moment }),
    v.strictObject({ kind: v.literal('write') }),
    v.strictObject({ kind: v.literal('close') }),
  ]),
  start: createBatchedWriteAheadLog,
  play(log, step) {
    if (step.kind === 'write') return takeWrite(log);
    if (step.kind === 'close') return closeLog(log);
    enqueueWrite(log, { data: step.data, timeMs: step.timeMs });
    return null;
  },
});

const pid = benchOf({
  name: 'pid-rate-estimator',
  meaning: 'Backpressure. A step is a completed batch; the answer is the new rate limit, or null.',
  config: v.strictObject({
    batchIntervalMs: whole(1, 86_400_000),
    proportional: v.number(),
    integral: v.number(),
    derived: v.number(),
    minRate: v.number(),
  }),
  step: v.strictObject({
    processingEndMs: moment,
    records: moment,
    processingDelayMs: moment,
    schedulingDelayMs: moment,
  }),
  start: (settings) => ({ settings, estimator: createPidRateEstimator() }),
  play: ({ settings, estimator }, batch) => estimateRate(estimator, settings, batch),
});

export const inputBenches = [queue, files, blocks, writeAheadLog, pid];
