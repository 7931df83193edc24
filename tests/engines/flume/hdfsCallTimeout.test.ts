import { describe, expect, it } from 'vitest';
import { agentText, hdfsNode, runFlume } from './agentRun.ts';
import { range } from './agentTexts.ts';

/** An hflush takes 0.6 s, from 8 s on 1.8 s, where a call may take 1 s. Each batch has ten lines. */
function stored(atMs: readonly number[], change: string) {
  const agent = agentText(
    `sources = r1
sources.r1.type = spooldir
sources.r1.spoolDir = /spool
sources.r1.channels = c1
channels = c1
channels.c1.type = memory
sinks = k1
sinks.k1.type = hdfs
sinks.k1.hdfs.path = /flume
sinks.k1.hdfs.batchSize = 10
sinks.k1.hdfs.rollInterval = 0
sinks.k1.hdfs.rollSize = 0
sinks.k1.hdfs.rollCount = 0
sinks.k1.hdfs.callTimeout = 1000
sinks.k1.channel = c1`,
    change,
  );
  const run = runFlume({
    lines: atMs.flatMap((ms) => range(0, 10).map((i) => [ms, `line ${i}`] as const)),
    output: { kind: 'spool', directory: '/spool', everyMs: 500 },
    agents: { a1: agent },
    nodes: [hdfsNode],
    faults: [{ type: 'slow', target: 'hdfs', atMs: 8_000, untilMs: 15_000, factor: 3 }],
    durationMs: 15_000,
    costs: { hdfsWriteUs: 600_000 },
  });
  const problems = run.log('a1/k1').filter((line) => line.startsWith('HDFS IO error'));
  return { problems, files: run.files().map(({ lines }) => lines.length) };
}

// BucketWriter.callWithTimeout (1.11.0) waits for each call by itself: open, append, sync, close, rename.
describe('hdfs.callTimeout', () => {
  it('does not reach from one batch into the next', () => {
    // The second hflush is 0.4 s old when the first would have been given up.
    const run = stored([100, 100, 100], 'channels.c1.keep-alive = 3');
    expect(run).toEqual({ problems: [], files: [30] });
  });

  it('is of one call, and not of all calls of a batch', () => {
    // Five files a batch, each with an hflush of 0.6 s: 3 s.
    const run = stored([100, 100], 'sinks.k1.hdfs.rollCount = 2');
    expect(run).toEqual({ problems: [], files: range(0, 10).map(() => 2) });
  });

  it.each(['1', '3'])('ends a call that takes longer, with a keep-alive of %s s', (keepAlive) => {
    // The file is open from the first batch on, so the slow hflush is the only call of the second.
    const { problems } = stored([100, 9_000], `channels.c1.keep-alive = ${keepAlive}`);
    expect(problems[0]).toMatch(
      /^HDFS IO error: Callable timed out after 1000 ms on file: \/flume\/FlumeData\.\d+\.tmp$/,
    );
  });
});
