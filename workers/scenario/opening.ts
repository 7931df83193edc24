// The opening scene: one web log, one Flume agent, one Kafka topic, and the same count in three
// engines. The page opens with it, and examples/weblog.json is made from it.

import { present } from '../kernel/assert.ts';
import { readScenario } from './reader.ts';
import type { Scenario } from './scenario.ts';

const properties = `# One agent, a1: a web server's log goes to Kafka.
a1.sources = r1
a1.channels = c1
a1.sinks = k1

a1.sources.r1.type = TAILDIR
a1.sources.r1.filegroups = f1
a1.sources.r1.filegroups.f1 = /var/log/httpd/access_log
a1.sources.r1.channels = c1
# Shortened for this scene: by default the source waits 1 s, 2 s and up to 5 s between two looks.
a1.sources.r1.backoffSleepIncrement = 200
a1.sources.r1.maxBackoffSleep = 200

# What the channel holds is lost when the agent dies.
a1.channels.c1.type = memory
a1.channels.c1.capacity = 100
a1.channels.c1.transactionCapacity = 100

a1.sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink
a1.sinks.k1.kafka.bootstrap.servers = kafka:9092
a1.sinks.k1.kafka.topic = weblog
a1.sinks.k1.flumeBatchSize = 20
a1.sinks.k1.channel = c1
`;

const source = { node: 'kafka', topic: 'weblog' };
const program = 'status-counts';

function readOpening(): Scenario {
  const read = readScenario({
    version: 1,
    title: 'One input, three engines, one clock',
    seed: 7,
    durationMs: 120_000,
    // 5 January 2026, 09:00 UTC. A whole minute, so that windows begin at the scene's beginning.
    startEpochMs: 1_767_603_600_000,
    inputs: [
      {
        id: 'weblog',
        type: 'generated',
        ratePerSecond: 50,
        bursts: { everyMs: 20_000, lengthMs: 3_000, factor: 3 },
        delayedShare: 0.1,
        delayMs: 2_000,
        eventTime: 'as-arrived',
        errorShare: 0.2,
      },
    ],
    programs: [
      {
        id: program,
        functions: ['parse-access-log', 'status-class-as-key', 'pair-with-one'],
        aggregate: 'sum',
        windowIntervalMs: 8_000,
        slideIntervalMs: 4_000,
      },
    ],
    nodes: [
      {
        id: 'web',
        type: 'web-server',
        input: 'weblog',
        output: { kind: 'file', path: '/var/log/httpd/access_log' },
      },
      { id: 'a1', type: 'flume', agent: 'a1', properties, machine: 'web', defaultFs: null },
      { id: 'kafka', type: 'kafka', topics: [{ name: 'weblog', partitions: 3 }] },
      { id: 'spark', type: 'spark', program, source, batchIntervalMs: 2_000 },
      {
        id: 'storm',
        type: 'storm',
        program,
        source,
        'topology.bolts.tuple.timestamp.max.lag.ms': 2_000,
      },
      {
        id: 'flink',
        type: 'flink',
        program,
        source,
        outOfOrdernessMs: 2_000,
        'execution.checkpointing.interval': 5_000,
      },
    ],
    links: [],
    faults: [],
    costs: {},
  });
  return present(read.ok ? read.value : null, 'the opening scene');
}

export const opening: Scenario = readOpening();
