/** The Kafka clients of a lane's spout tasks: what reaches them, and what they report to the spout. */
import {
  onDisconnect,
  onMessage,
  onTimer,
  type ConsumerEvent,
} from '../../clients/kafka/consumer.ts';
import { portOf, type KafkaClientPort } from '../../clients/kafka/port.ts';
import type { ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import type { KafkaResponse } from '../../wire/kafka.ts';
import { recordIdsIn } from '../../wire/recordLog.ts';
import type { WireMessage } from '../../wire/message.ts';
import { isOfConnection } from '../../wire/transport.ts';
import type { SpoutTask, StormEnvironment, StormEvent, StormState } from './state.ts';
import { processOf } from './transfer.ts';

export type OnConsumerEvent = (
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  event: ConsumerEvent,
) => void;

const wakes = (clientId: string): StormEvent => ({ type: 'client wakes', clientId });

export function spoutPort(state: StormState, env: StormEnvironment, task: number): KafkaClientPort {
  return portOf(env, processOf(state, task), wakes);
}

/** The spout tasks whose workers are up. */
export function spoutsOf(state: Readonly<StormState>): SpoutTask[] {
  const spouts: SpoutTask[] = [];
  for (const id of state.spoutTasks) {
    const task = state.tasks[id];
    if (task?.kind === 'spout') spouts.push(task);
  }
  return spouts;
}

/** Records that the client has fetched and the spout has not polled, of one partition or of all. */
export function fetchedRecords({ consumer }: SpoutTask, partition?: number): RecordId[] {
  return consumer.fetched
    .filter((batch) => partition === undefined || batch.partition === partition)
    .flatMap(({ records }) => recordIdsIn(records));
}

/** Hands a message to the clients of a worker that it concerns. */
export function receiveMessage(
  state: StormState,
  env: StormEnvironment,
  process: ProcessId,
  from: ProcessId,
  message: WireMessage,
  report: OnConsumerEvent,
): void {
  // Whatever does not tell of a connection is an answer of a broker.
  const response = isOfConnection(message) ? null : (message as KafkaResponse);
  for (const task of state.spoutTasks) {
    if (processOf(state, task) !== process) continue;
    const spout = state.tasks[task];
    if (spout?.kind !== 'spout') continue;
    // An answer to an earlier life of the worker finds nobody.
    if (response !== null && response.clientId !== spout.consumer.net.clientId) continue;
    const port = spoutPort(state, env, task);
    const events =
      response === null
        ? onDisconnect(spout.consumer, env.processName(from), port)
        : onMessage(spout.consumer, response, port);
    for (const event of events) report(state, env, spout, event);
  }
}

export function wakeClient(
  state: StormState,
  env: StormEnvironment,
  clientId: string,
  report: OnConsumerEvent,
): void {
  for (const spout of spoutsOf(state)) {
    if (spout.consumer.net.clientId !== clientId) continue;
    for (const event of onTimer(spout.consumer, spoutPort(state, env, spout.task)))
      report(state, env, spout, event);
  }
}
