import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hdfsNode, kafkaNode, runFlume, steadyLines } from './agentRun.ts';

// A properties text may come from a link that anybody wrote: whatever it says, the run goes on to its
// end, or the agent is refused in words.
const names = fc.constantFrom('x', 'y', 'channel-x');
const numbers = fc.constantFrom('0', '-1', '1', '3', '100', '1000000', '2147483648', 'x', '');
const source = (name: string, type: string) => `sources.${name}.type = ${type}
sources.${name}.filegroups = f
sources.${name}.filegroups.f = /var/log/httpd/.*
sources.${name}.spoolDir = /var/log/httpd
sources.${name}.command = tail -F /var/log/httpd/access_log
sources.${name}.bind = 0
sources.${name}.port = 1
sources.${name}.totalEvents = 7
sources.${name}.channels = x y`;
const sink = (name: string, type: string, channel: string) => `sinks.${name}.type = ${type}
sinks.${name}.channel = ${channel}
sinks.${name}.hdfs.path = /flume/%{h}
sinks.${name}.kafka.bootstrap.servers = kafka:9092
sinks.${name}.kafka.topic = weblog
sinks.${name}.hostname = a1
sinks.${name}.port = 1`;
const sound = [
  'sources = x y channel-x\nchannels = x y\nsinks = x y',
  source('x', 'TAILDIR'),
  'channels.x.type = memory',
  sink('x', 'null', 'x'),
];

const lines = fc.oneof(
  fc
    .tuple(names, fc.constantFrom('TAILDIR', 'spooldir', 'exec', 'seq', 'netcat', 'avro'))
    .map(([name, type]) => source(name, type)),
  fc
    .tuple(names, fc.constantFrom('memory', 'file'))
    .map(([name, type]) => `channels.${name}.type = ${type}`),
  fc
    .tuple(
      names,
      fc.constantFrom('null', 'logger', 'hdfs', 'avro', 'org.apache.flume.sink.kafka.KafkaSink'),
      fc.constantFrom('x', 'y'),
    )
    .map(([name, type, channel]) => sink(name, type, channel)),
  fc
    .tuple(
      names,
      fc.constantFrom(
        'batchSize',
        'writePosInterval',
        'backoffSleepIncrement',
        'maxBackoffSleep',
        'pollDelay',
        'maxBackoff',
        'deserializer.maxLineLength',
        'batchTimeout',
        'restartThrottle',
        'max-line-length',
        'maxBatchCount',
      ),
      numbers,
    )
    .map(([name, key, value]) => `sources.${name}.${key} = ${value}`),
  fc
    .tuple(
      names,
      fc.constantFrom(
        'capacity',
        'transactionCapacity',
        'keep-alive',
        'byteCapacity',
        'checkpointInterval',
      ),
      numbers,
    )
    .map(([name, key, value]) => `channels.${name}.${key} = ${value}`),
  fc
    .tuple(
      names,
      fc.constantFrom(
        'flumeBatchSize',
        'batchSize',
        'batch-size',
        'defaultPartitionId',
        'hdfs.rollCount',
        'hdfs.rollInterval',
        'hdfs.idleTimeout',
        'hdfs.callTimeout',
        'hdfs.maxOpenFiles',
        'hdfs.batchSize',
        'kafka.producer.linger.ms',
        'kafka.producer.request.timeout.ms',
      ),
      numbers,
    )
    .map(([name, key, value]) => `sinks.${name}.${key} = ${value}`),
  fc
    .tuple(names, fc.constantFrom('$9', '$', '\\\\', 'x'))
    .map(([name, replacement]) =>
      [
        `sources.${name}.interceptors = i`,
        `sources.${name}.interceptors.i.type = search_replace`,
        `sources.${name}.interceptors.i.searchPattern = l`,
        `sources.${name}.interceptors.i.replaceString = ${replacement}`,
      ].join('\n'),
    ),
  fc
    .constantFrom('failover', 'load_balance')
    .map(
      (type) => `sinkgroups = g\nsinkgroups.g.sinks = x y\nsinkgroups.g.processor.type = ${type}`,
    ),
);

describe('any properties text', () => {
  it('runs to the end of the run, or is refused', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 14 }), (drawn) => {
        const text = [...sound, ...drawn]
          .flatMap((line) => line.split('\n'))
          .map((line) => `a.${line}`)
          .join('\n');
        const run = runFlume({
          lines: steadyLines(20, 100),
          agents: { a1: text },
          nodes: [kafkaNode, hdfsNode],
          faults: [{ type: 'crash', target: 'a1', atMs: 1_500, restartAfterMs: 500 }],
          durationMs: 5_000,
        });
        expect(run.simulation.isFinished).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
