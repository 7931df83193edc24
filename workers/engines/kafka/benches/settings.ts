/** Benches of settings: what is taken, and in which words the rest is refused. */
import * as v from 'valibot';
import { ConfigException, type SettingValue } from '../../../clients/kafka/configDef.ts';
import { readConsumerSettings } from '../../../clients/kafka/consumerConfig.ts';
import { readProducerSettings } from '../../../clients/kafka/producerConfig.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { type KafkaConfig, kafkaSchema } from '../config.ts';
import { topicNameProblem } from '../topicName.ts';
import { topicProblems } from '../topicProblems.ts';
import { topicSettingsProblem } from '../topicSettings.ts';
import { brokers } from './schemas.ts';

const written = v.record(v.string(), v.string());
type Written = v.InferOutput<typeof written>;

export const producerSettings = settingsBench('producer', readProducerSettings, [
  'acks',
  'retries',
  'enable.idempotence',
  'max.in.flight.requests.per.connection',
  'batch.size',
  'linger.ms',
  'delivery.timeout.ms',
]);

export const consumerSettings = settingsBench('consumer', readConsumerSettings, [
  'auto.offset.reset',
  'enable.auto.commit',
  'max.poll.records',
  'isolation.level',
  'session.timeout.ms',
  'heartbeat.interval.ms',
]);

function settingsBench(
  client: string,
  read: (settings: Written) => Map<string, SettingValue>,
  shown: readonly string[],
) {
  return benchOf({
    component: `kafka/${client}-settings`,
    meaning: `The settings of a ${client}. Each step is what a properties file says. Answers: what the ${client} goes by, or the message with which it refuses.`,
    config: v.strictObject({}),
    step: written,
    create: () => null,
    play(_, settings) {
      try {
        const values = read(settings);
        return Object.fromEntries(shown.map((key) => [key, values.get(key)]));
      } catch (error) {
        if (error instanceof ConfigException) return { refused: error.message };
        throw error;
      }
    },
  });
}

export const topicSettings = benchOf({
  component: 'kafka/topic-settings',
  meaning:
    'The settings of a topic. Each step is a list of settings. Answers: taken, or the message with which they are refused.',
  config: v.strictObject({}),
  step: written,
  create: () => null,
  play: (_, settings) => said(topicSettingsProblem(settings)),
});

export const topicNames = benchOf({
  component: 'kafka/topic-name',
  meaning: 'Names of topics. Answers: taken, or why it is not a name.',
  config: v.strictObject({}),
  step: v.pipe(v.string(), v.maxLength(1000)),
  create: () => null,
  play: (_, name) => said(topicNameProblem(name)),
});

const topic = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(1000)),
  partitions: v.optional(v.pipe(v.number(), v.safeInteger(), v.maxValue(1000)), 1),
  replicationFactor: v.optional(v.pipe(v.number(), v.safeInteger(), v.maxValue(1000)), 1),
  replicaAssignment: v.optional(v.pipe(v.array(brokers), v.maxLength(1000))),
  settings: v.optional(written, {}),
});

export const createTopic = benchOf({
  component: 'kafka/create-topic',
  meaning:
    'What a cluster of three brokers makes of new topics. Each step is a topic: name, partitions and replicationFactor, or replicaAssignment; settings. Answers: created, or the message with which it is refused.',
  config: v.strictObject({}),
  step: topic,
  create: (): KafkaConfig =>
    v.parse(kafkaSchema, { id: 'kafka', type: 'kafka', brokers: 3, topics: [] }),
  play(cluster, { settings, ...wanted }) {
    const [problem] = topicProblems(cluster, wanted, cluster.topics);
    const refused = problem ?? topicSettingsProblem(settings);
    if (refused !== null) return { refused };
    cluster.topics.push(wanted);
    return 'created';
  },
});

function said(problem: string | null): 'taken' | { refused: string } {
  return problem === null ? 'taken' : { refused: problem };
}
