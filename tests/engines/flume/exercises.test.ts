import { describe, expect, it } from 'vitest';
import { agentText, hdfsNode, runFlume } from './agentRun.ts';
import { range } from './agentTexts.ts';

describe('course exercises', () => {
  it('netcat to logger: the log shows 16 bytes at most', () => {
    const run = runFlume({
      lines: [[1000, 'Hello world!\r']],
      output: { kind: 'tcp', to: 'a1/r1' },
      agents: {
        a1: agentText(`sources = r1
sources.r1.type = netcat
sources.r1.bind = localhost
sources.r1.port = 44444
sources.r1.channels = c1
channels = c1
channels.c1.type = memory
channels.c1.capacity = 1000
sinks = k1
sinks.k1.type = logger
sinks.k1.channel = c1`),
      },
      durationMs: 10_000,
    });
    expect(run.log('a1/k1').at(-1)).toBe(
      'Event: { headers:{} body: 48 65 6C 6C 6F 20 77 6F 72 6C 64 21 0D          Hello world!. }',
    );
  });

  const spool = `sources = r1
sources.r1.type = spooldir
sources.r1.spoolDir = /spool
sources.r1.channels = c1
channels = c1
channels.c1.type = memory
sinks = k1
sinks.k1.type = hdfs
sinks.k1.hdfs.path = /flume/events/%y-%m-%d/%H%M/%S
sinks.k1.hdfs.filePrefix = events-
sinks.k1.hdfs.round = true
sinks.k1.hdfs.roundValue = 10
sinks.k1.hdfs.roundUnit = minute
sinks.k1.channel = c1`;
  const timestamp = `sources.r1.interceptors = i1
sources.r1.interceptors.i1.type = timestamp`;
  const spooled = (agent: string, durationMs: number) =>
    runFlume({
      lines: range(0, 25).map((i) => [100, `line ${i}`] as const),
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: { a1: agent },
      nodes: [hdfsNode],
      durationMs,
    });

  it('a directory into HDFS: 25 lines are 10 + 10 + 5, in the directory of their ten minutes', () => {
    // 5 January 2026, 09:00 UTC.
    const directory = '/flume/events/26-01-05/0900/00/';
    const start = spooled(agentText(spool, timestamp), 5_000);
    const early = start.files();
    // The third file is open, so its five lines are not among those of closed files.
    expect(start.gauge('hdfs/flume:files', 5_000)).toBe(3);
    expect(start.gauge('hdfs/flume:closed', 5_000)).toBe(20);
    expect(early.map(({ lines }) => lines.length)).toEqual([10, 10, 5]);
    expect(early.map(({ path }) => path.endsWith('.tmp'))).toEqual([false, false, true]);
    const late = spooled(agentText(spool, timestamp), 40_000).files();
    expect(late.map(({ open }) => open)).toEqual([false, false, false]);
    const counters = late.map(({ path }) =>
      Number(/^events-\.(\d+)$/.exec(path.slice(directory.length))?.[1]),
    );
    const [first = 0] = counters;
    expect(counters).toEqual([first, first + 1, first + 2]);
    expect(late.flatMap(({ lines }) => lines)).toEqual(range(0, 25).map((i) => `line ${i}`));
  });

  it('without the timestamp every try fails, and the flow jams', () => {
    const run = spooled(agentText(spool), 20_000);
    expect(run.files()).toEqual([]);
    expect(run.gauge('a1/c1:depth', 20_000)).toBe(25);
    const failures = run.log('a1/k1').filter((line) => line.startsWith('Unable to deliver event.'));
    expect(failures[0]).toContain('Expected timestamp in the Flume event headers, but it was null');
    // From about 1 s on, one try every 5 s.
    expect(failures).toHaveLength(4);
  });

  it('F23 testCloseOnIdle: a pause closes the file, and what comes then opens another', () => {
    const rolls =
      'sinks.k1.hdfs.rollInterval = 0\nsinks.k1.hdfs.rollSize = 0\nsinks.k1.hdfs.rollCount = 0';
    const run = runFlume({
      lines: [
        ...range(0, 10).map((i) => [100, `early ${i}`] as const),
        ...range(0, 10).map((i) => [10_000, `late ${i}`] as const),
      ],
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: {
        a1: agentText(
          spool,
          timestamp,
          rolls,
          'sinks.k1.hdfs.batchSize = 2\nsinks.k1.hdfs.idleTimeout = 1',
        ),
      },
      nodes: [hdfsNode],
      durationMs: 20_000,
    });
    expect(run.files().map(({ lines, open }) => [lines.length, open])).toEqual([
      [10, false],
      [10, false],
    ]);
  });

  it('E5 headers name directory, prefix and marks of a file', () => {
    const named = `sinks.k1.hdfs.path = /flume/%{host}
sinks.k1.hdfs.filePrefix = %{host}-log
sinks.k1.hdfs.fileSuffix = .txt
sinks.k1.hdfs.inUsePrefix = _
sources.r1.interceptors = i1
sources.r1.interceptors.i1.type = regex_extractor
sources.r1.interceptors.i1.regex = ^(web\\\\d)
sources.r1.interceptors.i1.serializers = s1
sources.r1.interceptors.i1.serializers.s1.name = host`;
    const run = runFlume({
      lines: ['web1 a', 'web2 b', 'web1 c', 'none'].map((line) => [100, line] as const),
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: { a1: agentText(spool, named) },
      nodes: [hdfsNode],
      durationMs: 6_000,
    });
    const found = run
      .files()
      .map(({ path, lines }) => `${path.replace(/\d{13}/, 'N')}: ${lines.join(', ')}`);
    expect(found).toEqual([
      '/flume/web1/_web1-log.N.txt.tmp: web1 a, web1 c',
      '/flume/web2/_web2-log.N.txt.tmp: web2 b',
      '/flume//_-log.N.txt.tmp: none',
    ]);
  });

  it('a file into a directory of its own name, without that of its own directory', () => {
    const byName = `sources.r1.basenameHeader = true
sinks.k1.hdfs.path = /flume/%{basename}`;
    const [first] = spooled(agentText(spool, byName), 20_000).files();
    expect(first?.path).toMatch(/^\/flume\/access_log\.1\/events-\.\d+$/);
  });

  it('E6 maxOpenFiles 2 closes the least recently used', () => {
    const keyed = `sinks.k1.hdfs.path = /flume/%{k}
sinks.k1.hdfs.maxOpenFiles = 2
sources.r1.interceptors = i1
sources.r1.interceptors.i1.type = regex_extractor
sources.r1.interceptors.i1.regex = (.)
sources.r1.interceptors.i1.serializers = s1
sources.r1.interceptors.i1.serializers.s1.name = k`;
    const run = runFlume({
      lines: ['1', '2', '3', '1'].map((line) => [100, line] as const),
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: { a1: agentText(spool, keyed) },
      nodes: [hdfsNode],
      durationMs: 6_000,
    });
    const found = run
      .files()
      .map(({ path, open }) => `${path.split('/')[2]} ${open ? 'open' : 'closed'}`);
    expect(found.sort()).toEqual(['1 closed', '1 open', '2 closed', '3 open']);
  });

  it('kill -9 leaves the open file under its name for ever, and the next life opens another', () => {
    const run = runFlume({
      lines: range(0, 10).map((i) => [i < 5 ? 100 : 8_000, `line ${i}`] as const),
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: { a1: agentText(spool, timestamp) },
      nodes: [hdfsNode],
      // The last take of the batch waits 3 s for a sixth event before the flush; so the crash is at 6 s.
      faults: [{ type: 'crash', target: 'a1', atMs: 6_000, restartAfterMs: 500 }],
      durationMs: 60_000,
    });
    expect(
      run.files().map(({ path, lines, open }) => [path.endsWith('.tmp'), lines.length, open]),
    ).toEqual([
      [true, 5, true],
      [false, 5, false],
    ]);
  });

  it('HDFS down: BACKOFF without an exception, and everything arrives when it is back', () => {
    const run = runFlume({
      lines: range(0, 5).map((i) => [100, `line ${i}`] as const),
      output: { kind: 'spool', directory: '/spool', everyMs: 500 },
      agents: { a1: agentText(spool, timestamp) },
      nodes: [hdfsNode],
      faults: [{ type: 'crash', target: 'hdfs', atMs: 0, restartAfterMs: 10_000 }],
      durationMs: 60_000,
    });
    expect(
      run.log('a1/k1').some((line) => line.startsWith('HDFS IO error: Connection refused')),
    ).toBe(true);
    expect(run.log('a1/k1').some((line) => line.startsWith('Unable to deliver event.'))).toBe(
      false,
    );
    expect(run.files().map(({ lines, open }) => [lines.length, open])).toEqual([[5, false]]);
  });
});
