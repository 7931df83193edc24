import { describe, expect, it } from 'vitest';
import { agentText, kafkaNode, runFlume, steadyLines } from './agentRun.ts';
import { memory, outlet, range, recordsOf, toKafka } from './agentTexts.ts';

const exec = `sources = r1
sources.r1.type = exec
sources.r1.command = tail -F /var/log/httpd/access_log
sources.r1.channels = c1`;

describe('exec with tail -F', () => {
  it('dies on the first full channel: of 12 lines in batches of 3, five slots get 1 to 3', () => {
    // Observed on the real source; the channel is read by nobody.
    const full = `sources.r1.batchSize = 3
channels = c1
channels.c1.type = memory
channels.c1.capacity = 5
channels.c1.transactionCapacity = 5
channels.c1.keep-alive = 0`;
    const run = runFlume({
      lines: range(0, 12).map((i) => [1000, `line ${i}`] as const),
      agents: { a1: agentText(exec, full) },
      durationMs: 20_000,
    });
    expect(recordsOf(run.sent('a1/r1 > a1/c1'))).toEqual([0, 1, 2]);
    expect(run.lost()).toEqual(range(3, 12));
    expect(run.log('a1/r1').at(-1)).toBe(
      'Command [tail -F /var/log/httpd/access_log] exited with 143',
    );
  });

  it('tries again with restart = true, from the last ten lines', () => {
    const full = `sources.r1.batchSize = 3
sources.r1.restart = true
channels = c1
channels.c1.type = memory
channels.c1.capacity = 5
channels.c1.transactionCapacity = 5
channels.c1.keep-alive = 0`;
    const run = runFlume({
      lines: range(0, 12).map((i) => [1000, `line ${i}`] as const),
      agents: {
        a1: agentText(
          exec,
          full,
          'sinks = k1\nsinks.k1.type = null\nsinks.k1.batchSize = 1\nsinks.k1.channel = c1',
        ),
      },
      costs: { flumeEventUs: 100_000 },
      durationMs: 60_000,
    });
    // The sink takes ten events a second, one by one; in the end every line was through, some twice.
    const records = recordsOf(run.sent('a1/r1 > a1/c1'));
    expect([...new Set(records)].sort((a, b) => a - b)).toEqual(range(0, 12));
  });

  it('flushes a short batch after batchTimeout', () => {
    const run = runFlume({
      lines: [
        [5_000, 'a'],
        [5_000, 'b'],
      ],
      agents: { a1: agentText(exec, memory, toKafka) },
      nodes: [kafkaNode],
      durationMs: 20_000,
    });
    // The last push was more than 3 s ago, so the first look that finds the lines sends both.
    const [first] = run.sent(outlet);
    expect(first?.ms).toBeGreaterThan(5_000);
    expect(first?.ms).toBeLessThan(5_150);
  });

  it('keeps a line that comes soon after a push until batchTimeout has passed since then', () => {
    const run = runFlume({
      lines: [
        [5_000, 'a'],
        [6_000, 'b'],
      ],
      agents: { a1: agentText(exec, memory, toKafka) },
      nodes: [kafkaNode],
      durationMs: 20_000,
    });
    const [first = 0, second = 0] = run.sent('a1/r1 > a1/c1').map(({ ms }) => ms);
    // batchTimeout is 3 s; the timer looks once in 100 ms.
    expect(second - first).toBeGreaterThanOrEqual(3_000);
    expect(second - first).toBeLessThan(3_150);
  });

  it('loses what is written while the agent is down, but for the last ten lines', () => {
    const run = runFlume({
      lines: steadyLines(200, 100),
      agents: { a1: agentText(exec, memory, toKafka, 'sources.r1.batchSize = 1') },
      nodes: [kafkaNode],
      faults: [{ type: 'crash', target: 'a1', atMs: 5_050, restartAfterMs: 4_000 }],
      durationMs: 30_000,
    });
    // Down from 5.05 s to 10.55 s (4 s and flumeStartUs 1.5 s). 50 lines were written before; 105 by
    // then, of which tail shows the last ten.
    expect(run.lost()).toEqual(range(50, 95));
    const arrived = new Set(recordsOf(run.sent(outlet)));
    expect(range(0, 200).filter((record) => !arrived.has(record))).toEqual(range(50, 95));
  });
});

describe('the web server under it', () => {
  it('writes nothing while it is down, and the line that comes as it is back', () => {
    const run = runFlume({
      lines: [
        [2_000, 'before'],
        [4_999, 'down'],
        [5_000, 'back'],
      ],
      agents: { a1: agentText(exec, memory, toKafka) },
      nodes: [kafkaNode],
      faults: [{ type: 'crash', target: 'web/server', atMs: 3_000, restartAfterMs: 2_000 }],
      durationMs: 20_000,
    });
    expect(run.lost()).toEqual([1]);
    expect(recordsOf(run.sent(outlet))).toEqual([0, 2]);
  });
});
