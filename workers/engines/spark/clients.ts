/** The Kafka consumers inside a lane: one in the driver that asks for offsets, some in the executor that read. */
import type { Consumer, ConsumerEvent } from '../../clients/kafka/consumer.ts';
import { onDisconnect, onMessage, onTimer } from '../../clients/kafka/consumer.ts';
import { portOf, type KafkaClientPort } from '../../clients/kafka/port.ts';
import type { ProcessId } from '../../kernel/environment.ts';
import type { KafkaResponse } from '../../wire/kafka.ts';
import { offsetsListed } from './driver.ts';
import { clientWakesAgain, continueReading, executorPort } from './executor.ts';
import { failReading } from './jobs.ts';
import { bookSkipped } from './skipped.ts';
import type { RangeReader, SparkEnvironment, SparkState } from './state.ts';

export function driverPort(state: SparkState, env: SparkEnvironment): KafkaClientPort {
  return portOf(env, state.driverProcess, clientWakesAgain);
}

/** A broker answered one of the clients. An answer to a client that is gone is nobody's. */
export function brokerAnswered(
  state: SparkState,
  message: KafkaResponse,
  env: SparkEnvironment,
): void {
  withClient(state, message.clientId, env, (consumer, port) => onMessage(consumer, message, port));
}

export function clientWakes(state: SparkState, clientId: string, env: SparkEnvironment): void {
  withClient(state, clientId, env, onTimer);
}

/** A broker is down, as seen from one of the lane's processes: all clients in it learn of it. */
export function brokerLost(
  state: SparkState,
  process: ProcessId,
  broker: string,
  env: SparkEnvironment,
): void {
  const { driver, executor } = state;
  const ids =
    process === state.driverProcess
      ? [driver.consumer?.net.clientId ?? '', ...state.ledgerReaders.keys()]
      : [...executor.readers.keys()];
  for (const clientId of ids) {
    withClient(state, clientId, env, (consumer, port) => onDisconnect(consumer, broker, port));
  }
}

function withClient(
  state: SparkState,
  clientId: string,
  env: SparkEnvironment,
  call: (consumer: Consumer, port: KafkaClientPort) => readonly ConsumerEvent[],
): void {
  const { driver, executor, ledgerReaders } = state;
  const reader = executor.readers.get(clientId);
  if (reader !== undefined) {
    const port = executorPort(state, env);
    for (const event of call(reader.consumer, port)) readerEvent(state, reader, event, env, port);
  } else if (driver.consumer?.net.clientId === clientId) {
    const port = driverPort(state, env);
    for (const event of call(driver.consumer, port)) {
      if (event.kind === 'offsets listed') offsetsListed(state, event.offsets, env, port);
    }
  } else {
    const ledgerReader = ledgerReaders.get(clientId);
    if (ledgerReader === undefined) return;
    const port = driverPort(state, env);
    for (const event of call(ledgerReader.consumer, port)) {
      if (event.kind === 'records ready') bookSkipped(state, ledgerReader, env, port);
    }
  }
}

/** A range that the broker does not have any more fails the task. */
function readerEvent(
  state: SparkState,
  reader: RangeReader,
  event: ConsumerEvent,
  env: SparkEnvironment,
  port: KafkaClientPort,
): void {
  if (event.kind === 'records ready') continueReading(state, reader, env, port);
  const task = state.executor.running.get(reader.user);
  if (event.kind === 'failed' && task) {
    failReading(state, { batchMs: task.batchMs, message: event.message }, env);
  }
}
