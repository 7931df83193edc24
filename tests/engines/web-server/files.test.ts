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
