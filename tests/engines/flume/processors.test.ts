import { describe, expect, it } from 'vitest';
import { createReport } from '../../../workers/engines/flume/configuration/report.ts';
import { penaltyAfter, readFailover } from '../../../workers/engines/flume/processors/failover.ts';
import {
  beginProcess,
  createProcessor,
  readProcessor,
  sinkAnswered,
  sinkThrew,
  warningOf,
} from '../../../workers/engines/flume/processors/sinkProcessor.ts';
import type { SinkProcessor } from '../../../workers/engines/flume/processors/sinkProcessor.ts';
import { createRunnerBackoff, sleepAfter } from '../../../workers/engines/flume/runnerBackoff.ts';
import type { RunnerOutcome } from '../../../workers/engines/flume/runnerBackoff.ts';
import { createRandom } from '../../../workers/kernel/random.ts';

const random = createRandom(1, 'test');

function processorOf(properties: Record<string, string>, sinks: string[]): SinkProcessor {
  const settings = readProcessor(new Map(Object.entries(properties)), sinks, createReport());
  return createProcessor(settings, sinks);
}

/** One `process()`; `works` says whether a called sink does not throw. The sink that worked, or the exception. */
function process(
  processor: SinkProcessor,
  nowMs: number,
  works: (sink: string) => 'READY' | 'BACKOFF' | 'throws',
): string {
  let call = beginProcess(processor, nowMs, () => random);
  while ('sink' in call) {
    const answer = works(call.sink);
    if (answer !== 'throws') {
      sinkAnswered(processor, answer === 'READY');
      return call.sink;
    }
    call = sinkThrew(processor, call.sink, `${call.sink} failed`, nowMs);
  }
  return call.refused;
}

describe('failover', () => {
  const three = { type: 'failover', 'priority.a': '3', 'priority.b': '2', 'priority.c': '1' };

  it('asks once a call whose penalty is over, however long the retried sink takes', () => {
    // FailoverSinkProcessor.process reads the clock at its start.
    const processor = processorOf(three, ['a', 'b', 'c']);
    const only = (sink: string) => (called: string) => (called === sink ? 'READY' : 'throws');
    expect(process(processor, 0, only('b'))).toBe('b'); // a until 2.0 s
    expect(process(processor, 1500, only('c'))).toBe('c'); // b until 3.5 s
    expect(beginProcess(processor, 2001, () => random)).toEqual({ sink: 'a' });
    expect(sinkThrew(processor, 'a', 'a failed', 4000)).toEqual({ sink: 'c' });
  });

  it('warns of a live sink that threw, also of the last, and not of a retried one', () => {
    const processor = processorOf(three, ['a', 'b', 'c']);
    const warnings = (nowMs: number) => {
      const said: (string | null)[] = [];
      let call = beginProcess(processor, nowMs, () => random);
      while ('sink' in call) {
        said.push(warningOf(processor, call.sink));
        call = sinkThrew(processor, call.sink, 'no', nowMs);
      }
      return said;
    };
    expect(warnings(0)).toEqual(
      ['a', 'b', 'c'].map((sink) => `Sink ${sink} failed and has been sent to failover list`),
    );
    expect(warnings(2001)).toEqual([null, null, null]);
  });

  it('F19 testFailover: s1 takes 10, s2 50, s3 the rest; s2 again after its penalty', () => {
    const room = new Map([
      ['s1', 10],
      ['s2', 50],
      ['s3', 100],
    ]);
    const taken = new Map<string, number>();
    const processor = processorOf(
      { type: 'failover', 'priority.s1': '3', 'priority.s2': '2', 'priority.s3': '1' },
      ['s1', 's2', 's3'],
    );
    // The mock sinks throw once they have taken all they accept.
    const accept = (sink: string) => {
      const left = room.get(sink) ?? 0;
      if (left === 0) return 'throws';
      room.set(sink, left - 1);
      taken.set(sink, (taken.get(sink) ?? 0) + 1);
      return 'READY';
    };
    const run = (events: number, nowMs: number) => {
      for (let i = 0; i < events; i++) process(processor, nowMs, accept);
    };
    run(15, 0);
    expect([...taken]).toEqual([
      ['s1', 10],
      ['s2', 5],
    ]);
    run(50, 1);
    expect([taken.get('s2'), taken.get('s3')]).toEqual([50, 5]);
    room.set('s2', 20);
    run(100, 5001);
    expect([taken.get('s1'), taken.get('s2'), taken.get('s3')]).toEqual([10, 70, 85]);
  });

  it('punishes the n-th failure in a row with 2^n seconds up to maxpenalty', () => {
    const processor = processorOf({ type: 'failover', 'priority.a': '2', 'priority.b': '1' }, [
      'a',
      'b',
    ]);
    const retriedAt: number[] = [];
    for (let ms = 0; ms < 120_000; ms += 1) {
      process(processor, ms, (sink) => {
        if (sink === 'b') return 'BACKOFF';
        retriedAt.push(ms);
        return 'throws';
      });
    }
    // Tried again in the first millisecond after the penalty: 2, 4, 8, 16, 30, 30 s.
    const expected = [0, 2001, 6002, 14_003, 30_004, 60_005, 90_006];
    expect(retriedAt).toEqual(expected);
  });

  it('overflows 32 bits at 22 failures, as the real one does', () => {
    expect([21, 22, 26, 27, 32].map(penaltyAfter)).toEqual([
      2_097_152_000, // 2^21 · 1000 still fits
      4_194_304_000 - 4_294_967_296, // 2^22 · 1000 − 2^32
      67_108_864_000 - 16 * 4_294_967_296, // 2^26 · 1000 modulo 2^32, as a signed number
      134_217_728_000 - 31 * 4_294_967_296,
      1000, // a shift by 32 is a shift by 0
    ]);
  });

  it('never leaves a sink that answers BACKOFF', () => {
    const processor = processorOf({ type: 'failover', 'priority.h': '2', 'priority.b': '1' }, [
      'h',
      'b',
    ]);
    for (let i = 0; i < 5; i++) expect(process(processor, i, () => 'BACKOFF')).toBe('h');
  });

  it('throws when no sink is left, and drops a sink whose priority is taken', () => {
    const report = createReport();
    const settings = readFailover(
      new Map([
        ['priority.k1', '5'],
        ['priority.k2', '5'],
      ]),
      ['k1', 'k2', 'k3'],
      report,
    );
    expect(settings.priorities).toEqual([
      { sink: 'k1', priority: 5 },
      { sink: 'k3', priority: -1 },
    ]);
    expect(report.log).toHaveLength(1);
    const processor = createProcessor(settings, ['k1', 'k2', 'k3']);
    expect(process(processor, 0, () => 'throws')).toBe(
      'All sinks failed to process, nothing left to failover to',
    );
  });
});

describe('load balancing', () => {
  const counts = (calls: readonly string[]) =>
    ['s1', 's2', 's3'].map((sink) => calls.filter((call) => call === sink).length);

  it('F20 testRoundRobinPersistentFailure: a dead sink leaves its turn to its successor', () => {
    const processor = processorOf({ type: 'load_balance' }, ['s1', 's2', 's3']);
    const calls = Array.from({ length: 300 }, () =>
      process(processor, 0, (sink) => (sink === 's2' ? 'throws' : 'READY')),
    );
    expect(counts(calls)).toEqual([100, 0, 200]);
  });

  it('F20 testRoundRobinBackoffFailureRecovery: out after one failure, back after 2 s', () => {
    const processor = processorOf({ type: 'load_balance', backoff: 'true' }, ['s1', 's2', 's3']);
    const failing = (sink: string) => (sink === 's2' ? 'throws' : 'READY');
    const calls: string[] = [];
    for (let i = 0; i < 3; i++) calls.push(process(processor, 0, failing));
    for (let i = 0; i < 297; i++) calls.push(process(processor, 2001, () => 'READY'));
    expect(counts(calls)).toEqual([101, 99, 100]);
  });

  it('F21 testRoundRobinBackoffIncreasingBackoffs: the second failure costs 4 s', () => {
    const processor = processorOf({ type: 'load_balance', backoff: 'true' }, ['s1', 's2', 's3']);
    const failing = (sink: string) => (sink === 's2' ? 'throws' : 'READY');
    const calls: string[] = [];
    const run = (count: number, nowMs: number, works: typeof failing) => {
      for (let i = 0; i < count; i++) calls.push(process(processor, nowMs, works));
    };
    run(3, 10_000, failing);
    run(3, 12_100, failing);
    run(3, 14_200, () => 'READY');
    run(291, 16_300, () => 'READY');
    expect(counts(calls)).toEqual([102, 97, 101]);
  });

  it('throws when every sink is out', () => {
    const properties = { type: 'load_balance', backoff: 'true' };
    const roundRobin = processorOf(properties, ['s1', 's2']);
    const randomly = processorOf({ ...properties, selector: 'random' }, ['s1', 's2']);
    process(roundRobin, 10_000, () => 'throws');
    process(randomly, 10_000, () => 'throws');
    expect(process(roundRobin, 10_001, () => 'READY')).toBe('All configured sinks have failed');
    expect(process(randomly, 10_001, () => 'READY')).toBe('bound must be positive');
  });
});

describe('sink runner', () => {
  it('calls at 0 1 3 6 11 15 15 16 18 21 25 s', () => {
    // BACKOFF three times, an exception, BACKOFF, READY, then BACKOFF for ever, as observed.
    const outcomes: RunnerOutcome[] = [
      'BACKOFF',
      'BACKOFF',
      'BACKOFF',
      'exception',
      'BACKOFF',
      'READY',
      'BACKOFF',
      'BACKOFF',
      'BACKOFF',
      'BACKOFF',
    ];
    const backoff = createRunnerBackoff();
    const callsS = [0];
    for (const outcome of outcomes) {
      callsS.push((callsS.at(-1) ?? 0) + sleepAfter(backoff, outcome) / 1000);
    }
    expect(callsS).toEqual([0, 1, 3, 6, 11, 15, 15, 16, 18, 21, 25]);
  });
});
