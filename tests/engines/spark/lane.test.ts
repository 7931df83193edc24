import { expect, test } from 'vitest';
import type { SparkConfig } from '../../../workers/engines/spark/config.ts';
import { textOf } from '../../../workers/engines/spark/state.ts';
import { expectLedgerAgrees } from './laneLedger.ts';
import { LANE, runLane, type Appended, type LaneRun } from './laneRun.ts';

/** One record in partition 0, half a second after `s` seconds. */
const at = (s: number, line: string, partition = 0): Appended => ({
  atMs: s * 1000 + 500,
  partition,
  line,
});

const shown = ({ outputs }: LaneRun) => outputs.map(({ endS, rows }) => `${endS}: ${rows}`);

const program = (windowIntervalMs: number, slideIntervalMs: number): Partial<SparkConfig> => ({
  program: { ...LANE.program, windowIntervalMs, slideIntervalMs },
});

// Batches of 2 s: 2 {a1}, 4 {b1}, 6 {a1}, 8 {a1}, 10 {}, 12 {c5}.
const RECORDS = [at(0, 'a 1'), at(2, 'b 1'), at(4, 'a 1'), at(6, 'a 1'), at(10, 'c 5')];

test('window 8 s, slide 4 s, batches of 2 s: partial first, then full', () => {
  expect(shown(runLane(RECORDS, { untilMs: 15_000 }))).toEqual([
    '4: a1 b1',
    '8: a3 b1',
    '12: a2 c5',
  ]);
});

test('three partitions make one result', () => {
  const spread = RECORDS.map((record, n) => ({ ...record, partition: n % 3 }));
  const run = runLane(spread, { untilMs: 15_000, partitions: 3 });
  expect(shown(run)).toEqual(['4: a1 b1', '8: a3 b1', '12: a2 c5']);
});

test('windows count from the zero time, which depends on when the program starts', () => {
  // Started at 3.1 s of the wall clock: first tick 4 s, zero time 2 s, so 6 s, 10 s, 14 s fire.
  const run = runLane([{ atMs: 0, partition: 0, line: 'a 1' }], {
    untilMs: 13_000,
    startEpochMs: 3100,
  });
  expect(run.outputs.map(({ endS }) => endS + 3.1)).toEqual([6, 10, 14]);
});

test('a record that arrives while the driver waits for Kafka belongs to the batch under way', () => {
  // The question of 2 s reaches the broker at 2.3 s, when the record of 2.2 s is there already.
  const records = [{ atMs: 2200, partition: 0, line: 'a 1' }];
  const run = runLane(records, { untilMs: 5500, latencyMs: 300, lane: program(2000, 2000) });
  expect(shown(run)).toEqual(['2: a1', '4: ']);
});

test('a program without windows counts each batch by itself', () => {
  const lane = { program: { ...LANE.program, windowIntervalMs: null, slideIntervalMs: null } };
  const run = runLane(RECORDS, { untilMs: 9000, lane });
  expect(shown(run)).toEqual(['2: a1', '4: b1', '6: a1', '8: a1']);
});

test('C4 in the lane: with an inverse Scala leaves zeros, PySpark does not', () => {
  const C4 = 'a|a b|a b c|a b|a|-|a|a b|a b c|a b|a|-'.split('|');
  const records = C4.flatMap((batch, k) =>
    batch.split(' ').flatMap((key) => (key === '-' ? [] : [at(k, `${key} 1`)])),
  );
  const lane = {
    ...program(2000, 1000),
    batchIntervalMs: 1000,
    inverseFunction: true,
    checkpoint: true,
  };
  const settings = { untilMs: 14_000, costs: { sparkBatchUs: 1000, sparkTaskUs: 1000 } };
  const rows = (changes: Partial<SparkConfig>) =>
    runLane(records, { ...settings, lane: { ...lane, ...changes } })
      .outputs.slice(0, 12)
      .map((output) => output.rows);
  const naive = 'a1|a2 b1|a2 b2 c1|a2 b2 c1|a2 b1|a1|a1|a2 b1|a2 b2 c1|a2 b2 c1|a2 b1|a1'.split(
    '|',
  );
  expect(rows({ api: 'scala' })).toEqual(
    'a1|a2 b1|a2 b2 c1|a2 b2 c1|a2 b1 c0|a1 b0 c0|a1 b0 c0|a2 b1 c0|a2 b2 c1|a2 b2 c1|a2 b1 c0|a1 b0 c0'.split(
      '|',
    ),
  );
  expect(rows({ api: 'scala', filterZeros: true })).toEqual(naive);
  expect(rows({ api: 'python' })).toEqual(naive);
  expect(rows({ inverseFunction: false })).toEqual(naive);
});

test('a slide longer than the window: only Scala with an inverse counts the gap', () => {
  // p = 1 s, W = 2, S = 3; one key, 10^k in batch k + 1.
  const records = [0, 1, 2, 3, 4, 5].map((k) => at(k, `a 1${'0'.repeat(k)}`));
  const lane = { ...program(2000, 3000), batchIntervalMs: 1000, checkpoint: true };
  const settings = { untilMs: 8900, costs: { sparkBatchUs: 1000, sparkTaskUs: 1000 } };
  const rows = (changes: Partial<SparkConfig>) =>
    runLane(records, { ...settings, lane: { ...lane, ...changes } }).outputs.map(
      (output) => output.rows,
    );
  expect(rows({})).toEqual(['a110', 'a110000']);
  expect(rows({ api: 'scala' })).toEqual(['a110', 'a110000']);
  expect(rows({ api: 'python', inverseFunction: true })).toEqual(['a110', 'a110000']);
  expect(rows({ api: 'scala', inverseFunction: true })).toEqual(['a111', 'a110001']);
});

test('the ledger follows the gap that Scala counts for ever', () => {
  // p = 1 s, W = 2, S = 3: batches 1 and 4 lie in gaps. Key a is new in the first, b in the second; a of
  // batch 4 has a previous result, so what is added there is subtracted in the same step.
  const records = [at(0, 'a 1'), at(1, 'a 1'), at(3, 'a 1'), at(3, 'b 1'), at(4, 'b 1')];
  const lane = {
    ...program(2000, 3000),
    api: 'scala' as const,
    batchIntervalMs: 1000,
    inverseFunction: true,
    checkpoint: true,
  };
  const costs = { sparkBatchUs: 1000, sparkTaskUs: 1000 };
  const run = runLane(records, { untilMs: 9900, lane, costs });
  // 3 s: a of batches 1 and 2. 6 s: a1 left over; b of batches 4 and 5. 9 s: what was counted for ever.
  expect(shown(run)).toEqual(['3: a2', '6: a1 b2', '9: a1 b1']);
  expectLedgerAgrees(run);
});

test('a filtered key whose batch leaves later fails the job, and all that come after it', () => {
  // +1 and -1 cancel in one window; the filter drops the key; when +1 leaves there is nothing to subtract from.
  const records = [at(0, 'a 1'), at(1, 'a -1')];
  const lane = {
    ...program(2000, 1000),
    api: 'scala' as const,
    batchIntervalMs: 1000,
    inverseFunction: true,
    filterZeros: true,
    checkpoint: true,
  };
  const run = runLane(records, {
    untilMs: 5900,
    lane,
    costs: { sparkBatchUs: 1000, sparkTaskUs: 1000 },
  });
  expect(shown(run).slice(0, 2)).toEqual(['1: a1', '2: ']);
  expect(run.state.log.map(textOf).filter((line) => line.startsWith('ERROR'))).toEqual(
    [3000, 4000, 5000].map(
      (batchMs) =>
        `ERROR JobScheduler: Error running job streaming job ${batchMs} ms.0: Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?`,
    ),
  );
});

test('the rate limit cuts a burst into batches', () => {
  // 10 records at 0.5 s; 2 a second and partition, batches of 2 s: 4, 4, 2.
  const burst = Array.from({ length: 10 }, () => at(0, 'a 1'));
  const lane = { ...program(2000, 2000), 'spark.streaming.kafka.maxRatePerPartition': 2 };
  expect(shown(runLane(burst, { untilMs: 7900, lane }))).toEqual(['2: a4', '4: a4', '6: a2']);
});

test('while a log is shorter than it was there is no batch', () => {
  // Four records in the batch of 2 s; at 3 s two of them are gone; two more come at 4.5 s, one at 6.5 s.
  const records = [
    ...Array.from({ length: 4 }, () => at(0, 'a 1')),
    ...[at(4, 'a 1'), at(6, 'a 1'), at(6, 'a 1')],
  ];
  const run = runLane(records, {
    untilMs: 9900,
    lane: program(2000, 2000),
    damage: { atMs: 3000, length: 2 },
  });
  // At 8 s the log has five, of which the fifth is new to the driver.
  expect(shown(run)).toEqual(['2: a4', '8: a1']);
  const failed = (batchMs: number) =>
    `ERROR JobScheduler: Error generating jobs for time ${batchMs} ms: requirement failed: numRecords must not be negative`;
  expect(run.texts.filter((text) => text.startsWith('ERROR'))).toEqual([
    failed(4000),
    failed(6000),
  ]);
});

/** Partition 0 loses two of its four records at 3 s; meanwhile three come into partition 1, and one at 4 s. */
function runDamaged(untilMs: number, lane: Partial<SparkConfig>) {
  const records = [
    ...Array.from({ length: 4 }, () => at(0, 'a 1')),
    ...Array.from({ length: 3 }, () => at(2, 'b 1', 1)),
    at(4, 'a 1'),
  ];
  return runLane(records, { untilMs, partitions: 2, lane, damage: { atMs: 3000, length: 2 } });
}

const damagedJob = (batchMs: number) =>
  `ERROR JobScheduler: Error running job streaming job ${batchMs} ms.0: requirement failed: Beginning offset 4 is after the ending offset 2 for topic weblog partition 0. You either provided an invalid fromOffset, or the Kafka topic has been damaged`;

test('a log that became shorter fails the job when others have grown by more', () => {
  const run = runDamaged(7900, program(2000, 2000));
  expect(shown(run)).toEqual(['2: a4', '6: a1']);
  expect(run.texts).toContain(damagedJob(4000));
});

test('a batch that cannot be read fails the windows that hold it, or with an inverse all that follow', () => {
  // The damaged batch is that of 4 s. It lies in the windows of 4 s and 6 s; the one of 8 s holds the record of 4 s.
  const whole = runDamaged(11_900, program(4000, 2000));
  expect(shown(whole)).toEqual(['2: a4', '8: a1', '10: ']);
  expect(whole.texts.filter((text) => text.startsWith('ERROR'))).toEqual(
    [4000, 6000].map(damagedJob),
  );

  // ReducedWindowedDStream.compute asks for the result of a slide ago, whose RDD leads back to that batch for ever.
  const inverse = { api: 'scala', inverseFunction: true, checkpoint: true } as const;
  const reduced = runDamaged(11_900, { ...program(4000, 2000), ...inverse });
  expect(shown(reduced)).toEqual(['2: a4']);
  expect(reduced.texts.filter((text) => text.startsWith('ERROR'))).toEqual(
    [4000, 6000, 8000, 10_000].map(damagedJob),
  );
});
