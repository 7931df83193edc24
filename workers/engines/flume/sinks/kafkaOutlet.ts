/** A Kafka sink at work: its producer, and what of the present transaction is acknowledged. */
import {
  createProducer,
  flush,
  NO_TIMESTAMP,
  onDisconnect,
  onMessage,
  onTimer,
  producerRecord,
  send,
} from '../../../clients/kafka/producer.ts';
import type { Completion, ProducerConfig } from '../../../clients/kafka/producer.ts';
import type { KafkaClientPort } from '../../../clients/kafka/port.ts';
import { bookUndelivered } from '../../../clients/kafka/undelivered.ts';
import type { ProcessId } from '../../../kernel/environment.ts';
import { nextUint32 } from '../../../kernel/random.ts';
import type { KafkaRequest, KafkaResponse, ProduceRequest } from '../../../wire/kafka.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, Outlet, Sink } from '../agentState.ts';
import type { Transaction } from '../channels/transaction.ts';
import { nowMs } from '../clock.ts';
import type { FlumeEvent } from '../event.ts';
import { kafkaTarget } from './kafka.ts';
import type { KafkaSinkSettings, KafkaTarget } from './kafka.ts';
import type { OutletAnswer } from './outlets.ts';
import { EventDeliveryException } from './sinkException.ts';

type KafkaOutlet = Outlet & { kind: 'kafka' };

/** `KafkaSink.start` makes the producer; a restarted agent has a new one. */
export function createKafkaOutlet(
  config: ProducerConfig,
  name: string,
  topic: string,
  pipes: readonly number[],
  env: AgentEnvironment,
): KafkaOutlet {
  const clientId = `${env.node}/${name}`;
  const seed = nextUint32(env.random(`${name} producer`));
  return {
    kind: 'kafka',
    clientId,
    producer: createProducer(config, clientId, seed),
    tag: 0,
    failure: null,
    sent: [],
    topic,
    pipes,
  };
}

export function beginKafka(outlet: KafkaOutlet, transaction: Transaction): void {
  outlet.tag = transaction.id;
  outlet.failure = null;
  outlet.sent = [];
}

export function acceptIntoKafka(
  state: AgentState,
  sink: Sink,
  outlet: KafkaOutlet,
  takes: readonly FlumeEvent[],
  first: number,
  env: AgentEnvironment,
): OutletAnswer | null {
  const settings = sink.configured.settings as KafkaSinkSettings;
  const port = kafkaPort(state, outlet, env);
  const { producer, tag } = outlet;
  let target: KafkaTarget | null = null;
  let headers: FlumeEvent['headers'] | null = null;
  try {
    for (let i = first; i < takes.length; i++) {
      const event = takes[i] as FlumeEvent;
      // Lines of one file mostly share their headers, and so go to the same place.
      if (target === null || event.headers !== headers) {
        target = kafkaTarget(settings, event, nowMs(env));
        headers = event.headers;
      }
      const { topic, partition, key } = target;
      const { body, bodyBytes, recordId } = event;
      send(
        producer,
        producerRecord(topic, partition, NO_TIMESTAMP, key, body, recordId, tag, bodyBytes),
        port,
      );
    }
  } catch (problem) {
    if (!(problem instanceof EventDeliveryException)) throw problem;
    return { is: 'failed', message: problem.message };
  }
  return null;
}

/** `producer.flush()` and then every future's `get()`. */
export function finishKafka(
  state: AgentState,
  outlet: KafkaOutlet,
  sink: Sink,
  env: AgentEnvironment,
): OutletAnswer {
  if (outlet.producer.unfinished > 0 && !outlet.producer.flushing) {
    flush(outlet.producer, kafkaPort(state, outlet, env));
  }
  if (outlet.producer.unfinished > 0) return { is: 'pending', giveUpUs: null };
  if (outlet.failure === null) return { is: 'done' };
  return {
    is: 'failed',
    message: `Failed to publish events (${sink.configured.name}): ${outlet.failure}`,
  };
}

export function kafkaAnswered(
  state: AgentState,
  outlet: KafkaOutlet,
  response: KafkaResponse,
  env: AgentEnvironment,
): void {
  settle(outlet, onMessage(outlet.producer, response, kafkaPort(state, outlet, env)));
}

export function kafkaTimerRang(
  state: AgentState,
  outlet: KafkaOutlet,
  env: AgentEnvironment,
): void {
  settle(outlet, onTimer(outlet.producer, kafkaPort(state, outlet, env)));
}

/** Whether a process, by its full name, is one of the cluster that the sink writes to. */
export function isOfCluster(outlet: KafkaOutlet, process: string): boolean {
  const [broker = ''] = outlet.producer.config['bootstrap.servers'];
  return process.startsWith(broker.slice(0, broker.indexOf('/') + 1));
}

export function kafkaDisconnected(
  state: AgentState,
  outlet: KafkaOutlet,
  broker: string,
  env: AgentEnvironment,
): void {
  settle(outlet, onDisconnect(outlet.producer, broker, kafkaPort(state, outlet, env)));
}

/** Records of an earlier transaction, which was rolled back meanwhile, no longer matter. */
function settle(outlet: KafkaOutlet, completions: readonly Completion[]): void {
  for (const { error, message, records } of completions) {
    if (error === null) continue;
    const failed = records.filter(({ tag }) => tag === outlet.tag).map(({ record }) => record);
    if (failed.length === 0) continue;
    outlet.failure ??= message;
    outlet.sent = outlet.sent.map((batch) => {
      return batch.filter(({ record }) => !failed.includes(record));
    });
  }
}

function kafkaPort(state: AgentState, outlet: KafkaOutlet, env: AgentEnvironment): KafkaClientPort {
  return new SinkPort(env, state.process, outlet);
}

/** A port that draws the records of a request on their way; a class as the clients' own port is. */
class SinkPort implements KafkaClientPort {
  readonly env: AgentEnvironment;
  readonly process: ProcessId;
  readonly outlet: KafkaOutlet;

  constructor(env: AgentEnvironment, process: ProcessId, outlet: KafkaOutlet) {
    this.env = env;
    this.process = process;
    this.outlet = outlet;
  }

  nowUs(): number {
    return this.env.nowUs;
  }

  send(_clientId: string, broker: string, request: KafkaRequest, bytes: number): void {
    const { env, process, outlet } = this;
    const dueUs = env.send(process, env.process(broker), request, bytes);
    if (request.type !== 'kafka.produce') return;
    if (dueUs >= 0) traceSent(outlet, request, dueUs, env);
    else if (request.acks === 0) bookUndelivered(request, broker, env);
  }

  wakeAt(clientId: string, timeUs: number): void {
    this.env.at(this.process, timeUs, { type: 'kafka client', clientId });
  }
}

function traceSent(
  outlet: KafkaOutlet,
  request: ProduceRequest,
  dueUs: number,
  env: AgentEnvironment,
): void {
  for (const batch of request.batches) {
    outlet.sent.push(batch.records);
    const pipe = batch.topic === outlet.topic ? outlet.pipes[batch.partition] : undefined;
    if (pipe === undefined) continue;
    for (const { record } of batch.records) {
      if (record >= 0) env.trace.send(pipe, record, dueUs);
    }
  }
}
