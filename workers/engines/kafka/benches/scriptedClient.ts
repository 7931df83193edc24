/**
 * An application that does what a script says, one step at a time: it writes, reads all there is, or polls once as a
 * member of a group.
 */
import * as v from 'valibot';
import {
  assign,
  close,
  commit,
  type Consumer,
  consumerDefaults,
  type ConsumerEvent,
  createConsumer,
  onDisconnect as onConsumerDisconnect,
  onMessage as onConsumerMessage,
  onTimer as onConsumerTimer,
  poll,
  subscribe,
} from '../../../clients/kafka/consumer.ts';
import { positionsToCommit } from '../../../clients/kafka/committedOffsets.ts';
import { type KafkaClientPort, portOf } from '../../../clients/kafka/port.ts';
import {
  type Completion,
  createProducer,
  NO_TIMESTAMP,
  onDisconnect,
  onMessage,
  onTimer,
  type Producer,
  producerDefaults,
  producerRecord,
  send,
} from '../../../clients/kafka/producer.ts';
import type { Engine } from '../../../kernel/engine.ts';
import type { Environment } from '../../../kernel/environment.ts';
import type { KafkaResponse } from '../../../wire/kafka.ts';
import { recordsIn } from '../../../wire/recordLog.ts';
import { natural } from './schemas.ts';

export const TOPIC = 't';
/** How long a consumer of a group waits for records before it commits where it is. */
const PATIENCE_US = 10_000_000;

export const clientStep = v.variant('call', [
  v.strictObject({
    call: v.literal('produce'),
    acks: v.optional(v.picklist(['0', '1', 'all']), 'all'),
    values: v.pipe(v.array(v.string()), v.maxLength(100)),
  }),
  v.strictObject({ call: v.literal('read') }),
  v.strictObject({
    call: v.literal('consume'),
    group: v.string(),
    'max.poll.records': v.pipe(natural, v.minValue(1)),
    'auto.offset.reset': v.optional(v.picklist(['latest', 'earliest', 'none']), 'latest'),
    commit: v.optional(v.boolean(), true),
  }),
]);
export type ClientStep = v.InferOutput<typeof clientStep>;

export interface TimedStep {
  readonly atUs: number;
  readonly step: ClientStep;
}

/** What the step that is under way has come to. */
export interface ClientState {
  step: ClientStep | null;
  producer: Producer | null;
  consumer: Consumer | null;
  /** Values not sent yet: each waits for the one before it. */
  toSend: readonly string[];
  answers: unknown[];
}

type ClientEvent =
  | { readonly type: 'begin'; readonly timed: TimedStep; readonly id: string }
  | { readonly type: 'wake'; readonly id: string }
  | { readonly type: 'out of patience'; readonly id: string };

type Env = Environment<ClientEvent>;

export function scriptedClient(
  script: readonly TimedStep[],
  brokers: readonly string[],
): Engine<null, ClientState, ClientEvent> {
  const mainOf = (env: Env) => env.process(`${env.node}/main`);
  const portIn = (env: Env) =>
    portOf(env, mainOf(env), (id): ClientEvent => ({ type: 'wake', id }));
  const settings = { 'bootstrap.servers': brokers };
  return {
    type: 'client',
    version: 'none',
    omissions: [],
    knobs: [],
    claims: [],
    refusals: () => [],
    processes: () => ['main'],
    anatomy: () => ({ parts: [], gauges: [], series: [] }),
    pipes: () => [],
    programText: () => null,
    start(_, env) {
      for (const [index, timed] of script.entries()) {
        env.at(mainOf(env), timed.atUs, { type: 'begin', timed, id: `client-${index}` });
      }
      return { step: null, producer: null, consumer: null, toSend: [], answers: [] };
    },
    handle(state, _process, event, env) {
      const port = portIn(env);
      if (event.type === 'begin') begin(state, event.timed.step, event.id, settings, env, port);
      else if (event.type === 'out of patience') {
        if (state.consumer?.net.clientId === event.id) finishPoll(state, port);
      } else if (state.producer?.net.clientId === event.id) {
        sent(state, onTimer(state.producer, port), port);
      } else if (state.consumer?.net.clientId === event.id) {
        happened(state, onConsumerTimer(state.consumer, port), port);
      }
    },
    receive(state, _process, from, message, env) {
      const port = portIn(env);
      const { producer, consumer } = state;
      if (
        message.type === 'connection-refused' ||
        message.type === 'connection-reset' ||
        message.type === 'peer-died'
      ) {
        const broker = env.processName(from);
        if (producer) sent(state, onDisconnect(producer, broker, port), port);
        if (consumer) happened(state, onConsumerDisconnect(consumer, broker, port), port);
        return;
      }
      const response = message as KafkaResponse;
      if (producer?.net.clientId === response.clientId) {
        sent(state, onMessage(producer, response, port), port);
      } else if (consumer?.net.clientId === response.clientId) {
        happened(state, onConsumerMessage(consumer, response, port), port);
      }
    },
    crash: () => undefined,
    restart: () => undefined,
    view: () => ({ title: '', facts: [], settings: [], tables: [], log: [] }),
  };
}

function begin(
  state: ClientState,
  step: ClientStep,
  id: string,
  settings: { readonly 'bootstrap.servers': readonly string[] },
  env: Env,
  port: KafkaClientPort,
): void {
  Object.assign(state, { step, producer: null, consumer: null, toSend: [], answers: [] });
  if (step.call === 'produce') {
    const { acks, values } = step;
    const config = {
      ...producerDefaults,
      ...settings,
      acks,
      retries: 0,
      'request.timeout.ms': 4_000,
      'delivery.timeout.ms': 5_000,
    };
    state.producer = createProducer(config, id, 0);
    state.toSend = values;
    sendNext(state, port);
  } else if (step.call === 'read') {
    state.consumer = createConsumer({ ...consumerDefaults, ...settings }, id, 0);
    assign(state.consumer, [{ topic: TOPIC, partition: 0, offset: 0, pipe: -1 }], port);
    pollAll(state, port);
  } else {
    const { group, 'max.poll.records': most, 'auto.offset.reset': reset } = step;
    const config = {
      ...consumerDefaults,
      ...settings,
      'group.id': group,
      'auto.offset.reset': reset,
      'enable.auto.commit': false,
      'max.poll.records': most,
    };
    state.consumer = createConsumer(config, id, 0);
    subscribe(state.consumer, [TOPIC], new Map(), port);
    pollOnce(state, port);
    env.after(env.process(`${env.node}/main`), PATIENCE_US, { type: 'out of patience', id });
  }
}

function sendNext(state: ClientState, port: KafkaClientPort): void {
  const [value, ...rest] = state.toSend;
  if (value === undefined || !state.producer) return;
  state.toSend = rest;
  send(state.producer, producerRecord(TOPIC, 0, NO_TIMESTAMP, null, value, -1, 0), port);
}

function sent(state: ClientState, completions: readonly Completion[], port: KafkaClientPort): void {
  for (const { baseOffset, error } of completions) {
    state.answers.push(error ?? baseOffset);
    sendNext(state, port);
  }
}

function happened(
  state: ClientState,
  events: readonly ConsumerEvent[],
  port: KafkaClientPort,
): void {
  for (const { kind } of events) {
    if (kind === 'records ready' && state.step?.call === 'read') pollAll(state, port);
    else if (kind === 'records ready' && state.answers.length === 0) pollOnce(state, port);
    else if (kind === 'offsets committed') leave(state, port);
  }
}

function pollAll(state: ClientState, port: KafkaClientPort): void {
  while (state.consumer) {
    const polled = poll(state.consumer, port);
    if (polled.length === 0) return;
    for (const { records } of polled) {
      for (const { offset, leaderEpoch, value } of recordsIn(records)) {
        state.answers.push([offset, leaderEpoch, value]);
      }
    }
  }
}

function pollOnce(state: ClientState, port: KafkaClientPort): void {
  if (!state.consumer) return;
  for (const { records } of poll(state.consumer, port)) {
    for (const { offset, value } of recordsIn(records)) state.answers.push([offset, value]);
  }
  if (state.answers.length > 0) finishPoll(state, port);
}

/** Commits, if that is asked for, and leaves the group. */
function finishPoll(state: ClientState, port: KafkaClientPort): void {
  const { consumer, step } = state;
  if (!consumer || step?.call !== 'consume') return;
  const positions = step.commit ? positionsToCommit(consumer) : [];
  if (positions.length > 0) commit(consumer, positions, port);
  else leave(state, port);
}

function leave(state: ClientState, port: KafkaClientPort): void {
  if (state.consumer) close(state.consumer, port);
  state.consumer = null;
}
