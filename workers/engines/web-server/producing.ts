/**
 * A web server that publishes its lines itself, with the `KafkaProducer` of 3.9: each line is the value of a record, and
 * what the input says of a key or a partition is asked for. What its producer holds dies with the server.
 */
import {
  type Completion,
  createProducer,
  NO_TIMESTAMP,
  onDisconnect,
  onMessage,
  onTimer,
  type Producer,
  producerRecord,
  send,
} from '../../clients/kafka/producer.ts';
import type { KafkaClientPort } from '../../clients/kafka/port.ts';
import { bookUndelivered } from '../../clients/kafka/undelivered.ts';
import { type ProducerConfig, producerDefaults } from '../../clients/kafka/producerConfig.ts';
import type { Graph } from '../../kernel/engine.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import { nextUint32 } from '../../kernel/random.ts';
import type { Pipe, RecordId } from '../../trace/format.ts';
import type { KafkaRequest, KafkaResponse } from '../../wire/kafka.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { KafkaOutput } from './config.ts';
import type { WebServerEvent } from './engine.ts';

type Env = Environment<WebServerEvent>;

export interface Producing {
  /** The node with the brokers. */
  readonly cluster: string;
  readonly topic: string;
  /** Of the topic's partitions, by their numbers. */
  readonly pipes: readonly number[];
  /** A server that was started again has a new one. */
  producer: Producer;
}

/** The way to each partition; none to a cluster that does not run. */
export function pipesToTopic(node: string, { to, topic }: KafkaOutput, graph: Graph): Pipe[] {
  const from = `${node}/log`;
  return graph
    .partitions(to, topic)
    .map(({ id }) => ({ id: `${from} > ${id}`, from, to: id, takes: false }));
}

export function producerSettings({ to, producer }: KafkaOutput): ProducerConfig {
  return { ...producerDefaults, ...producer, 'bootstrap.servers': [`${to}/broker-1`] };
}

/** @returns null where there is no cluster */
export function startProducing(output: KafkaOutput, env: Env): Producing | null {
  const pipes = pipesToTopic(env.node, output, env.graph).map(({ id }) => env.trace.pipe(id));
  if (pipes.length === 0) return null;
  return { cluster: output.to, topic: output.topic, pipes, producer: newProducer(output, env) };
}

function newProducer(output: KafkaOutput, env: Env): Producer {
  const seed = nextUint32(env.random('producer'));
  return createProducer(producerSettings(output), env.node, seed);
}

/** `producer.send(new ProducerRecord(topic, partition, key, line))`. */
export function publish(
  producing: Producing,
  record: RecordId,
  process: ProcessId,
  env: Env,
): void {
  const { keys, lines, partitions, sizeBytes } = env.records;
  const asked = partitions?.[record] ?? -1;
  send(
    producing.producer,
    producerRecord(
      producing.topic,
      asked < 0 ? null : asked,
      NO_TIMESTAMP,
      keys?.[record] ?? null,
      lines[record]!,
      record,
      0,
      sizeBytes[record],
    ),
    new ProducerPort(env, process, producing),
  );
}

export function producerWakes(producing: Producing, process: ProcessId, env: Env): void {
  settle(onTimer(producing.producer, new ProducerPort(env, process, producing)), env);
}

/** A broker's answer, or news that there will be none. */
export function hearOfKafka(
  producing: Producing,
  process: ProcessId,
  from: ProcessId,
  message: WireMessage,
  env: Env,
): void {
  const { producer } = producing;
  const port = new ProducerPort(env, process, producing);
  switch (message.type) {
    case 'connection-refused':
    case 'connection-reset':
      if (message.undelivered.type === 'kafka.produce')
        bookUndelivered(message.undelivered, env.processName(from), env);
      settle(onDisconnect(producer, env.processName(from), port), env);
      break;
    case 'peer-died':
      // An agent that reads the server's files may die too.
      if (!env.processName(from).startsWith(`${producing.cluster}/`)) return;
      settle(onDisconnect(producer, env.processName(from), port), env);
      break;
    default:
      settle(onMessage(producer, message as KafkaResponse, port), env);
  }
}

/** What the producer gives up, the application only hears of. */
function settle(completions: readonly Completion[], env: Env): void {
  for (const { error, message, records } of completions) {
    if (error === null) continue;
    for (const { record } of records) env.lost(record, `${env.node}/log`, message);
  }
}

/** The server died: what was not acknowledged is gone, unless it turns up in the topic after all. */
export function forgetProducer({ producer }: Producing, env: Env): void {
  const cause = 'the server died before it was acknowledged';
  const lose = (records: readonly { readonly record: RecordId }[]) => {
    for (const { record } of records) env.lost(record, `${env.node}/log`, cause);
  };
  for (const { queues } of producer.topics)
    for (const { inFlight, batches } of queues)
      for (const batch of [...inFlight, ...batches]) lose(batch.records);
  lose(producer.waiting.map(({ record }) => record));
}

export function producerAgain(producing: Producing, output: KafkaOutput, env: Env): void {
  producing.producer = newProducer(output, env);
}

/** A port that draws the records of a request on their way; a class as the clients' own port is. */
class ProducerPort implements KafkaClientPort {
  readonly env: Env;
  readonly process: ProcessId;
  readonly producing: Producing;

  constructor(env: Env, process: ProcessId, producing: Producing) {
    this.env = env;
    this.process = process;
    this.producing = producing;
  }

  nowUs(): number {
    return this.env.nowUs;
  }

  send(_clientId: string, broker: string, request: KafkaRequest, bytes: number): void {
    const { env, process, producing } = this;
    const dueUs = env.send(process, env.process(broker), request, bytes);
    if (request.type !== 'kafka.produce') return;
    if (dueUs < 0) {
      if (request.acks === 0) bookUndelivered(request, broker, env);
      return;
    }
    for (const { partition, records } of request.batches)
      for (const { record } of records) env.trace.send(producing.pipes[partition]!, record, dueUs);
  }

  wakeAt(_clientId: string, timeUs: number): void {
    this.env.at(this.process, timeUs, { type: 'producer wakes' });
  }
}
