import {
  assign,
  close,
  commit,
  type Consumer,
  type ConsumerConfig,
  consumerDefaults,
  type ConsumerEvent,
  createConsumer,
  listOffsets,
  onDisconnect as onConsumerDisconnect,
  onMessage as onConsumerMessage,
  onTimer as onConsumerTimer,
  poll,
  subscribe,
} from '../../../workers/clients/kafka/consumer.ts';
import { portOf } from '../../../workers/clients/kafka/port.ts';
import {
  type Completion,
  createProducer,
  NO_TIMESTAMP,
  onDisconnect,
  onMessage,
  onTimer,
  type Producer,
  type ProducerConfig,
  producerDefaults,
  producerRecord,
  send,
} from '../../../workers/clients/kafka/producer.ts';
import { type KafkaConfig, kafkaSchema } from '../../../workers/engines/kafka/config.ts';
import { kafkaEngine } from '../../../workers/engines/kafka/engine.ts';
import type { PartitionLog } from '../../../workers/engines/kafka/log/partitionLog.ts';
import type { KafkaState } from '../../../workers/engines/kafka/state.ts';
import { recordsFromRows } from '../../../workers/input/records.ts';
import { costsWith } from '../../../workers/kernel/costs.ts';
import type { Engine } from '../../../workers/kernel/engine.ts';
import type { Environment } from '../../../workers/kernel/environment.ts';
import type { Fault } from '../../../workers/kernel/faults.ts';
import {
  type AnyEngine,
  createKernel,
  type Kernel,
  type Keyframe,
} from '../../../workers/kernel/kernel.ts';
import { createLossBook, type LossBook } from '../../../workers/results/losses.ts';
import { createRecorder, type OwnedRecorder } from '../../../workers/trace/recorder.ts';
import type { KafkaResponse } from '../../../workers/wire/kafka.ts';
import { recordsIn } from '../../../workers/wire/recordLog.ts';
import * as v from 'valibot';

/** A cluster with topic `t`, one producer `p` and consumers, on links of 1 ms without any other cost. */
export interface ClusterCase {
  readonly kafka?: Partial<v.InferInput<typeof kafkaSchema>>;
  readonly producer?: Partial<ProducerConfig>;
  /** When what is sent, with the value as the record's text. */
  readonly sends?: readonly Sent[];
  readonly consumers?: readonly Reader[];
  readonly faults?: (process: (name: string) => number) => readonly Fault[];
  readonly afterEvent?: (run: ClusterRun) => void;
}

export interface Sent {
  readonly atMs: number;
  readonly value: string;
  readonly key?: string;
  readonly partition?: number;
}

export interface Reader {
  readonly id: string;
  readonly config?: Partial<ConsumerConfig>;
  readonly partitions: readonly number[];
  readonly offset?: number | null;
  readonly fromMs?: number;
  /** Time between getting records and polling again, for a slow reader. */
  readonly busyMs?: number;
  /** Asks for the ends of its partitions at this time. */
  readonly listAtMs?: number;
  /** Commits what it polled. */
  readonly commits?: boolean;
  /** Subscribes to the topic with its group instead of being given the partitions. */
  readonly subscribes?: boolean;
  /** Closes properly, or is killed. */
  readonly closeAtMs?: number;
  readonly killAtMs?: number;
}

export interface Polled {
  readonly timeUs: number;
  readonly reader: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string | null;
}

interface AppState {
  readonly producer: Producer;
  readonly consumers: Map<string, Consumer>;
  readonly polled: Polled[];
  readonly completions: (Completion & { timeUs: number })[];
  readonly events: (ConsumerEvent & { timeUs: number; reader: string })[];
}

type AppEvent =
  | { readonly type: 'send'; readonly sent: Sent; readonly record: number }
  | { readonly type: 'start'; readonly reader: Reader }
  | { readonly type: 'list'; readonly reader: Reader }
  | { readonly type: 'poll'; readonly reader: Reader }
  | { readonly type: 'end'; readonly reader: Reader; readonly isKill: boolean }
  | { readonly type: 'wake'; readonly clientId: string };

export interface ClusterRun {
  readonly kernel: Kernel;
  readonly recorder: OwnedRecorder;
  readonly app: AppState;
  readonly kafka: KafkaState;
  readonly losses: LossBook;
  process(name: string): number;
  /** Runs up to `ms`. */
  until(ms: number): ClusterRun;
}

function appEngine(
  test: ClusterCase,
  brokers: readonly string[],
): Engine<null, AppState, AppEvent> {
  type Env = Environment<AppEvent>;
  const readers = new Map((test.consumers ?? []).map((reader) => [reader.id, reader]));
  const port = (env: Env) =>
    portOf(env, env.process('app/main'), (clientId): AppEvent => ({ type: 'wake', clientId }));
  const completed = (state: AppState, env: Env, completions: readonly Completion[]) => {
    for (const completion of completions)
      state.completions.push({ ...completion, timeUs: env.nowUs });
  };
  const happened = (state: AppState, env: Env, id: string, events: readonly ConsumerEvent[]) => {
    for (const event of events) {
      state.events.push({ ...event, timeUs: env.nowUs, reader: id });
      const reader = readers.get(id);
      if (event.kind === 'records ready' && reader) pollNow(state, env, reader);
    }
  };
  const pollNow = (state: AppState, env: Env, reader: Reader) => {
    const consumer = state.consumers.get(reader.id);
    if (!consumer) return;
    for (;;) {
      const polled = poll(consumer, port(env));
      if (polled.length === 0) return;
      for (const { topic, partition, records } of polled) {
        for (const { offset, value } of recordsIn(records)) {
          state.polled.push({ timeUs: env.nowUs, reader: reader.id, partition, offset, value });
        }
        if (reader.commits) {
          commit(consumer, [{ topic, partition, offset: records.end }], port(env));
        }
      }
      if (reader.busyMs === undefined) continue;
      env.after(env.process('app/main'), reader.busyMs * 1000, { type: 'poll', reader });
      return;
    }
  };
  return {
    type: 'app',
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
      const process = env.process('app/main');
      (test.sends ?? []).forEach((sent, record) => {
        env.at(process, sent.atMs * 1000, { type: 'send', sent, record });
      });
      for (const reader of readers.values()) {
        env.at(process, (reader.fromMs ?? 0) * 1000, { type: 'start', reader });
        for (const [atMs, isKill] of [
          [reader.closeAtMs, false],
          [reader.killAtMs, true],
        ] as const) {
          if (atMs !== undefined) env.at(process, atMs * 1000, { type: 'end', reader, isKill });
        }
        if (reader.listAtMs !== undefined) {
          env.at(process, reader.listAtMs * 1000, { type: 'list', reader });
        }
      }
      const producer = { ...producerDefaults, 'bootstrap.servers': brokers, ...test.producer };
      return {
        producer: createProducer(producer, 'p', 7),
        consumers: new Map(),
        polled: [],
        completions: [],
        events: [],
      };
    },
    handle(state, _process, event, env) {
      if (event.type === 'send') {
        const { key, partition, value } = event.sent;
        const to = partition ?? null;
        const record = producerRecord('t', to, NO_TIMESTAMP, key ?? null, value, event.record, 0);
        send(state.producer, record, port(env));
      } else if (event.type === 'start') {
        const { id, config, partitions, offset } = event.reader;
        const common = { ...consumerDefaults, 'bootstrap.servers': brokers };
        const consumer = createConsumer({ ...common, ...config }, id, 7);
        state.consumers.set(id, consumer);
        const positions = partitions.map((partition) => ({
          topic: 't',
          partition,
          offset: offset ?? null,
          pipe: -1,
        }));
        if (event.reader.subscribes) subscribe(consumer, ['t'], new Map(), port(env));
        else assign(consumer, positions, port(env));
        pollNow(state, env, event.reader);
      } else if (event.type === 'end') {
        const consumer = state.consumers.get(event.reader.id);
        if (consumer && !event.isKill) close(consumer, port(env));
        state.consumers.delete(event.reader.id);
      } else if (event.type === 'poll') pollNow(state, env, event.reader);
      else if (event.type === 'list') {
        const consumer = state.consumers.get(event.reader.id);
        const partitions = event.reader.partitions.map((partition) => ({ topic: 't', partition }));
        if (consumer) listOffsets(consumer, partitions, 'latest', port(env));
      } else if (event.clientId === 'p') completed(state, env, onTimer(state.producer, port(env)));
      else {
        const consumer = state.consumers.get(event.clientId);
        if (consumer) happened(state, env, event.clientId, onConsumerTimer(consumer, port(env)));
      }
    },
    receive(state, _process, from, message, env) {
      if (
        message.type === 'connection-refused' ||
        message.type === 'connection-reset' ||
        message.type === 'peer-died'
      ) {
        const broker = env.processName(from);
        completed(state, env, onDisconnect(state.producer, broker, port(env)));
        for (const [id, consumer] of state.consumers) {
          happened(state, env, id, onConsumerDisconnect(consumer, broker, port(env)));
        }
        return;
      }
      const response = message as KafkaResponse;
      if (response.clientId === 'p') {
        completed(state, env, onMessage(state.producer, response, port(env)));
        return;
      }
      const consumer = state.consumers.get(response.clientId);
      if (consumer) {
        happened(state, env, response.clientId, onConsumerMessage(consumer, response, port(env)));
      }
    },
    crash: () => undefined,
    restart: () => undefined,
    view: () => ({ title: '', facts: [], settings: [], tables: [], log: [] }),
  };
}

/** Starts a case, or takes it up again at a keyframe. The number of a sent value is its record. */
export function clusterRun(test: ClusterCase, from?: Keyframe): ClusterRun {
  const config: KafkaConfig = v.parse(kafkaSchema, {
    id: 'kafka',
    type: 'kafka',
    topics: [{ name: 't', partitions: 1 }],
    ...test.kafka,
  });
  const kafkaProcesses = kafkaEngine.processes(config).map((name) => `kafka/${name}`);
  const processNames = [...kafkaProcesses, 'app/main'];
  const brokers = kafkaProcesses.filter((name) => name.includes('/broker-'));
  const { parts, gauges } = kafkaEngine.anatomy(config);
  const series = processNames.map((name) => ({
    id: `${name}:down`,
    node: name,
    what: 'down' as const,
    label: name,
  }));
  const recorder = createRecorder({ parts, pipes: [], gauges, series });
  const losses = createLossBook(() => recorder.nowUs);
  const process = (name: string) => processNames.indexOf(name);
  const app = appEngine(test, brokers) as unknown as AnyEngine;
  const kernel: Kernel = createKernel(
    {
      seed: 1,
      startEpochMs: 0,
      graph: {
        node: () => undefined,
        parts: () => parts,
        partitions: () => parts,
        processes: () => kafkaProcesses,
      },
      records: recordsFromRows(
        'sends',
        (test.sends ?? []).map(({ atMs, value }) => ({
          arrivalUs: atMs * 1000,
          eventTimeUs: atMs * 1000,
          line: value,
        })),
      ),
      costs: costsWith({ kafkaAppendUs: 0 }),
      members: [
        { node: 'kafka', engine: kafkaEngine, config, results: null },
        { node: 'app', engine: app, config: null, results: null },
      ],
      processNames,
      memberOf: processNames.map((name) => (name === 'app/main' ? 1 : 0)),
      markPartOf: processNames.map(() => -1),
      downSeriesOf: processNames.map((_, index) => index),
      faults: test.faults?.(process) ?? [],
      speed: () => ({ latencyUs: 1000, bytesPerSecond: Infinity }),
      recorder,
      shared: losses,
    },
    from,
    () => {
      test.afterEvent?.(run);
      for (const claim of kafkaEngine.claims) {
        if (!claim.holds(run.kafka)) throw new Error(`Claim broken: ${claim.name}`);
      }
    },
  );
  const run: ClusterRun = {
    kernel,
    recorder,
    losses,
    process,
    get app() {
      return kernel.state('app') as AppState;
    },
    get kafka() {
      return kernel.state('kafka') as KafkaState;
    },
    until(ms) {
      kernel.advance(ms * 1000, Infinity);
      return run;
    },
  };
  return run;
}

export function valuesIn({ records }: PartitionLog): (string | null)[] {
  return recordsIn({ log: records, from: 0, end: records.length }).map(({ value }) => value);
}
