import { expect, it } from 'vitest';
import { agentText, kafkaNode, runFlume } from '../flume/agentRun.ts';

it('a record names the file that it is appended to, and only watched files are read', () => {
  const run = runFlume({
    lines: [
      [1000, 'one', '/var/log/httpd/first_log'],
      [2000, 'two'],
      [3000, 'three', '/var/log/mail/log'],
      [4000, 'four', '/var/log/httpd/first_log'],
    ],
    agents: {
      a1: agentText(
        'sources = r1',
        'channels = c1',
        'sinks = k1',
        'sources.r1.type = TAILDIR',
        'sources.r1.filegroups = f1',
        'sources.r1.filegroups.f1 = /var/log/httpd/.*log',
        'sources.r1.channels = c1',
        'channels.c1.type = memory',
        'sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink',
        'sinks.k1.kafka.bootstrap.servers = kafka:9092',
        'sinks.k1.kafka.topic = weblog',
        'sinks.k1.channel = c1',
      ),
    },
    nodes: [kafkaNode],
    durationMs: 20_000,
  });
  const sent = run.sent('a1/k1 > kafka/weblog-0').map(({ record }) => record);
  expect(sent.sort((a, b) => a - b)).toEqual([0, 1, 3]);
  const [files] = run.simulation.viewAt(20_000_000, 'web/log')!.tables;
  expect(files!.rows.map(([path, , lines]) => [path, lines])).toEqual([
    ['/var/log/httpd/access_log', '1'],
    ['/var/log/httpd/first_log', '2'],
    ['/var/log/mail/log', '1'],
  ]);
});

it('a server that publishes has no files, and says so to an agent that asks', () => {
  const agent = agentText(
    'sources = r1',
    'channels = c1',
    'sinks = k1',
    'sources.r1.type = TAILDIR',
    'sources.r1.filegroups = f1',
    'sources.r1.filegroups.f1 = /var/log/httpd/.*log',
    'sources.r1.channels = c1',
    'channels.c1.type = memory',
    'sinks.k1.type = null',
    'sinks.k1.channel = c1',
  );
  const run = runFlume({
    lines: [
      [1000, 'one'],
      [9000, 'two'],
    ],
    agents: { a1: agent },
    nodes: [kafkaNode],
    output: { kind: 'kafka', to: 'kafka', topic: 'weblog' },
    faults: [{ type: 'crash', target: 'a1', atMs: 5000, restartAfterMs: 1000 }],
    durationMs: 20_000,
  });
  expect(run.sent('web/log > kafka/weblog-0').map(({ record }) => record)).toEqual([0, 1]);
  // What the source saw of the directory, also after its agent's return.
  const state = run.simulation.kernel.state('a1') as {
    sources: { work: { reader: { loaded: boolean } } }[];
  };
  expect(state.sources[0]!.work.reader.loaded).toBe(true);
});
