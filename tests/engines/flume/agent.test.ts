import { describe, expect, it } from 'vitest';
import { agentText, kafkaNode, runFlume, steadyLines } from './agentRun.ts';
import { memory, onDisk, outlet, range, recordsOf, tail, toKafka, toNull } from './agentTexts.ts';

describe('a web log through TAILDIR, a memory channel and Kafka', () => {
  it('brings every line once, in order', () => {
    const run = runFlume({
      lines: steadyLines(200, 50),
      agents: { a1: agentText(tail, memory, toKafka) },
      nodes: [kafkaNode],
      durationMs: 20_000,
    });
    expect(recordsOf(run.sent(outlet))).toEqual(range(0, 200));
    expect(run.lost()).toEqual([]);
  });

  it('frees the slots of a short batch only after keep-alive without another event', () => {
    const run = runFlume({
      lines: [
        [100, 'a'],
        [100, 'b'],
      ],
      agents: { a1: agentText(tail, memory, toKafka) },
      nodes: [kafkaNode],
      durationMs: 10_000,
    });
    // Looked at 200 ms after the first, empty look, both lines are in the channel and on their way to
    // Kafka; the third take then waits 3 s for an event before the sink commits.
    const [first] = run.sent(outlet);
    expect(first?.ms).toBeLessThan(450);
    expect([run.gauge('a1/c1:depth', 3_000), run.gauge('a1/c1:slots', 3_000)]).toEqual([0, 2]);
    expect(run.gauge('a1/c1:slots', 3_500)).toBe(0);
  });

  it('sleeps 1, 2, 3, 4, 5, 5 s between looks with the defaults, though each look finds lines', () => {
    const defaults = tail
      .split('\n')
      .filter((line) => !line.includes('ackoffSleep'))
      .join('\n');
    const run = runFlume({
      lines: steadyLines(250, 100),
      agents: { a1: agentText(defaults, memory, toKafka) },
      nodes: [kafkaNode],
      durationMs: 25_000,
    });
    const looks = new Set(run.sent('web/log > a1/r1').map(({ ms }) => Math.floor(ms / 1000)));
    // 0 + 1, + 2, + 3, + 4, + 5, + 5
    expect([...looks]).toEqual([1, 3, 6, 10, 15, 20]);
  });
});

describe('the agent dies', () => {
  const crash = { type: 'crash', target: 'a1', atMs: 9_900, restartAfterMs: 2_000 };

  it('and what came after the written position is read again, though Kafka has it', () => {
    const run = runFlume({
      lines: steadyLines(200, 100),
      agents: { a1: agentText(tail, memory, toKafka) },
      nodes: [kafkaNode],
      faults: [crash],
      durationMs: 30_000,
    });
    // The position file is written after 5 s and then every 3 s, so it was last written at 8 s, when
    // lines up to 7.8 … 8 s had been read.
    const written = run.gauge('a1/r1:position-file', 9_900) ?? 0;
    expect(written).toBeGreaterThanOrEqual(78);
    expect(written).toBeLessThanOrEqual(80);
    const sent = run.sent(outlet);
    const before = sent.filter(({ ms }) => ms < 9_900).length;
    const expected = [...range(0, before), ...range(written, 200)];
    expect(recordsOf(sent)).toEqual(expected);
    expect(before - written).toBeGreaterThanOrEqual(16);
    // The second life began 2 s + 1.5 s (flumeStartUs) after the crash.
    expect(sent[before]?.ms).toBeGreaterThan(13_400);
    expect(run.lost()).toEqual([]);
  });

  const cut = { type: 'cut', from: 'a1', to: 'kafka', atMs: 6_000, untilMs: 9_950 };

  it('and a memory channel loses what lies before the written position', () => {
    const run = runFlume({
      lines: steadyLines(200, 100),
      agents: { a1: agentText(tail, memory, toKafka) },
      nodes: [kafkaNode],
      faults: [cut, crash],
      durationMs: 40_000,
    });
    const written = run.gauge('a1/r1:position-file', 9_900) ?? 0;
    const before = run.sent(outlet).filter(({ ms }) => ms < 9_900).length;
    // Nothing reached Kafka after 6 s; the position went on to about 80.
    expect(before).toBeLessThanOrEqual(60);
    expect(run.lost()).toEqual(range(before, written));
    expect(recordsOf(run.sent(outlet))).toEqual([...range(0, before), ...range(written, 200)]);
  });

  it('and a file channel loses nothing, and brings some twice', () => {
    const run = runFlume({
      lines: steadyLines(200, 100),
      agents: { a1: agentText(tail, onDisk, toKafka) },
      nodes: [kafkaNode],
      faults: [cut, crash],
      durationMs: 40_000,
    });
    expect(run.lost()).toEqual([]);
    const records = recordsOf(run.sent(outlet));
    expect([...new Set(records)].sort((a, b) => a - b)).toEqual(range(0, 200));
    // Committed to the channel and read again, because the position was older.
    expect(records.length).toBeGreaterThan(200);
  });
});

describe('a full channel', () => {
  it('blocks a put for keep-alive, then TAILDIR waits 1, 2, 4, 5 s, and nothing is lost', () => {
    const small = `channels = c1
channels.c1.type = memory
channels.c1.capacity = 10
channels.c1.transactionCapacity = 10
sources.r1.batchSize = 10`;
    const run = runFlume({
      lines: steadyLines(30, 10),
      agents: { a1: agentText(tail, small, toKafka, 'sinks.k1.flumeBatchSize = 10') },
      nodes: [kafkaNode],
      faults: [{ type: 'cut', from: 'a1', to: 'kafka', atMs: 0, untilMs: 20_000 }],
      durationMs: 120_000,
    });
    const refusals = run.log('a1/r1').filter((line) => line.startsWith('The channel is full'));
    expect(refusals.slice(0, 3).map((line) => line.replace(/^.* after /, ''))).toEqual([
      '1000 ms',
      '2000 ms',
      '4000 ms',
    ]);
    expect([...new Set(recordsOf(run.sent(outlet)))]).toEqual(range(0, 30));
    expect(run.lost()).toEqual([]);
  });

  it('F28 testSourceDoesNotDieOnFullChannel: all eight lines arrive through two slots', () => {
    const run = runFlume({
      lines: range(0, 8).map((i) => [100, `line ${i}`] as const),
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: {
        a1: agentText(
          `sources = r1
sources.r1.type = spooldir
sources.r1.spoolDir = /spool
sources.r1.batchSize = 2
sources.r1.channels = c1
channels = c1
channels.c1.type = memory
channels.c1.capacity = 2
channels.c1.transactionCapacity = 2
channels.c1.keep-alive = 0`,
          toNull,
          'sinks.k1.batchSize = 2',
        ),
      },
      durationMs: 60_000,
    });
    expect(recordsOf(run.sent('a1/r1 > a1/c1'))).toEqual(range(0, 8));
    const waits = run
      .log('a1/r1')
      .flatMap((line) => /try again after (\d+) milliseconds$/.exec(line)?.[1] ?? [])
      .map(Number);
    // Three of the four batches find the channel full; each doubles its waits, and the next begins anew.
    expect(waits.filter((wait) => wait === 250)).toHaveLength(3);
    expect(waits.every((wait, i) => wait === 250 || wait === 2 * (waits[i - 1] ?? 0))).toBe(true);
  });

  it('E8 seq leaves no gaps and repeats nothing', () => {
    const run = runFlume({
      lines: [],
      agents: {
        a1: agentText(`sources = r1
sources.r1.type = seq
sources.r1.totalEvents = 5
sources.r1.channels = c1
channels = c1
channels.c1.type = memory
channels.c1.capacity = 2
channels.c1.transactionCapacity = 2
sinks = k1
sinks.k1.type = logger
sinks.k1.channel = c1`),
      },
      durationMs: 20_000,
    });
    const bodies = run.log('a1/k1').flatMap((line) => /body: 3\d +(\d) }$/.exec(line)?.[1] ?? []);
    expect(bodies).toEqual(['0', '1', '2', '3', '4']);
  });
});
