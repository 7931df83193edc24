import type { CoursePart } from './course.ts';
import {
  agent,
  everyLine,
  intoKafka,
  kafkaSink,
  oneOfEach,
  scene,
  taildir,
  webServer,
  weblog,
} from './pieces.ts';

const { program, lane } = everyLine('weblog');
const inputs = [weblog(10)];

const partitions = scene('Three partitions', 40_000, {
  inputs,
  programs: [program],
  nodes: [...intoKafka('weblog', 3), lane],
});

const brokers = [1, 2, 3].map((id) => `broker-${String(id)}.kafka:9092`).join(',');

const cluster = scene('A broker dies', 40_000, {
  inputs,
  programs: [program],
  nodes: [
    webServer('weblog'),
    agent('a1', [
      ...oneOfEach,
      ...taildir('weblog'),
      ...kafkaSink('k1', 'weblog', brokers),
      'sinks.k1.kafka.producer.acks = all',
    ]),
    {
      id: 'kafka',
      type: 'kafka',
      brokers: 3,
      topics: [{ name: 'weblog', partitions: 3, replicationFactor: 3 }],
      'min.insync.replicas': 2,
    },
    lane,
  ],
  faults: [{ type: 'crash', target: 'kafka/broker-2', atMs: 10_000, restartAfterMs: 15_000 }],
});

const away = scene('Kafka is away', 40_000, {
  inputs,
  programs: [program],
  nodes: [...intoKafka('weblog', 1), lane],
  faults: [{ type: 'crash', target: 'kafka/broker-1', atMs: 8000, restartAfterMs: 6000 }],
});

export const kafka: CoursePart = {
  name: 'Kafka',
  scenes: [
    {
      heading: 'Kafka',
      says: 'A topic is cut into partitions, each a log of its own. A line gets the next offset of one of them, and order holds only there. Without a key, lines stay with a partition until about 16 kB have gone to it.',
      opens: { scenario: partitions },
    },
    {
      heading: 'Setting up a Kafka cluster',
      says: 'Three brokers hold a copy of every partition each. Broker 2 dies at 10 s: another copy becomes the leader of what it led. With acks=all nothing is lost.',
      opens: { scenario: cluster },
    },
    {
      heading: 'Publishing web logs to Kafka',
      says: 'A web server writes a log, a Flume agent reads it, and its Kafka sink is the producer. From 8 s on Kafka is away: lines wait in the channel, and all of them come through.',
      opens: { scenario: away },
    },
    {
      heading: 'What acks promises',
      says: 'A lesson: the broker that leads a partition dies. What is lost, what comes twice, and who may lead next?',
      opens: { lesson: 'acks' },
    },
  ],
};
