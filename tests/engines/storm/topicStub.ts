/**
 * A Kafka of one broker that never fails, so that a test of the lane knows every offset beforehand:
 * record r lies in partition r mod `partitions` from its arrival on.
 */
import type { Engine } from '../../../workers/kernel/engine.ts';
import type { ProcessId } from '../../../workers/kernel/environment.ts';
import type { CommittedOffset, FetchRequest, KafkaRequest } from '../../../workers/wire/kafka.ts';
import {
  appendRecord,
  createRecordLog,
  recordIdsIn,
  type RecordLog,
} from '../../../workers/wire/recordLog.ts';

export interface TopicConfig {
  readonly id: string;
  readonly topic: string;
  readonly partitions: number;
}

export interface TopicState {
  readonly config: TopicConfig;
  readonly process: ProcessId;
  readonly logs: RecordLog[];
  next: number;
  readonly committed: Map<number, number>;
  /** Every commit, in order, with its time. */
  readonly commits: (CommittedOffset & { readonly timeUs: number })[];
  readonly waiting: { readonly from: ProcessId; readonly request: FetchRequest }[];
}

type TopicEvent =
  { readonly type: 'arrival' } | { readonly type: 'waited'; readonly correlationId: number };

export const topicStub: Engine<TopicConfig, TopicState, TopicEvent> = {
  type: 'topic',
  version: 'a stub',
  omissions: [],
  knobs: [],
  claims: [],
  refusals: () => [],
  processes: () => ['broker-1'],
  programText: () => null,
  anatomy: ({ id, topic, partitions }) => ({
    parts: Array.from({ length: partitions }, (_, n) => ({
      id: `${id}/${topic}-${String(n)}`,
      node: id,
      process: `${id}/broker-1`,
      glyph: 'partition' as const,
      label: '',
      detail: '',
      holds: 'log' as const,
      capacity: null,
      changedDefaults: [],
    })),
    gauges: [],
    series: [],
  }),
  pipes: () => [],

  start(config, env) {
    const process = env.process(`${config.id}/broker-1`);
    const { arrivalUs } = env.records;
    for (let record = 0; record < env.records.count; record++) {
      env.at(process, arrivalUs[record] as number, { type: 'arrival' });
    }
    const logs = Array.from({ length: config.partitions }, createRecordLog);
    return { config, process, logs, next: 0, committed: new Map(), commits: [], waiting: [] };
  },

  handle(state, process, event, env) {
    if (event.type === 'arrival') {
      const record = state.next++;
      const log = state.logs[record % state.config.partitions] as RecordLog;
      const timestampMs = Math.floor(env.nowUs / 1000);
      appendRecord(log, 0, { timestampMs, key: null, value: '', sizeBytes: 1, record });
    }
    for (const { from, request } of state.waiting.splice(0)) {
      const isDue = event.type === 'waited' && event.correlationId === request.correlationId;
      const answer = fetched(state, request);
      if (isDue || answer.some(({ records }) => records.from < records.end)) {
        const dueUs = env.send(process, from, {
          ...head(request),
          type: 'kafka.fetch-response',
          partitions: answer,
        });
        answer.forEach(({ records }, i) => {
          const pipe = request.positions[i]?.pipe ?? -1;
          for (const record of recordIdsIn(records)) env.trace.send(pipe, record, dueUs);
        });
      } else state.waiting.push({ from, request });
    }
  },

  receive(state, process, from, message, env) {
    if (message.type === 'peer-died') {
      const others = state.waiting.filter((one) => one.from !== from);
      state.waiting.splice(0, state.waiting.length, ...others);
      return;
    }
    const request = message as KafkaRequest;
    switch (request.type) {
      case 'kafka.metadata': {
        const partitions = state.logs.map((_, partition) => ({
          partition,
          leader: 1,
          leaderEpoch: 0,
          replicas: [1],
          isr: [1],
        }));
        const topics = [{ topic: state.config.topic, error: null, partitions }];
        const brokers = [{ id: 1, process: env.processName(process) }];
        env.send(process, from, {
          ...head(request),
          type: 'kafka.metadata-response',
          brokers,
          topics,
        });
        break;
      }
      case 'kafka.find-coordinator':
        env.send(process, from, {
          ...head(request),
          type: 'kafka.find-coordinator-response',
          error: null,
          process: env.processName(process),
        });
        break;
      case 'kafka.offset-fetch': {
        const offsets = request.partitions.map((one) => ({
          ...one,
          offset: state.committed.get(one.partition) ?? -1,
        }));
        env.send(process, from, {
          ...head(request),
          type: 'kafka.offset-fetch-response',
          error: null,
          offsets,
        });
        break;
      }
      case 'kafka.offset-commit':
        for (const one of request.offsets) {
          state.committed.set(one.partition, one.offset);
          state.commits.push({ ...one, timeUs: env.nowUs });
        }
        env.send(process, from, {
          ...head(request),
          type: 'kafka.offset-commit-response',
          error: null,
        });
        break;
      case 'kafka.list-offsets': {
        const partitions = request.partitions.map((one) => ({ ...one, error: null, offset: 0 }));
        env.send(process, from, {
          ...head(request),
          type: 'kafka.list-offsets-response',
          at: request.at,
          partitions,
        });
        break;
      }
      case 'kafka.fetch':
        state.waiting.push({ from, request });
        env.after(process, request.maxWaitMs * 1000, {
          type: 'waited',
          correlationId: request.correlationId,
        });
        topicStub.handle(state, process, { type: 'waited', correlationId: -1 }, env);
        break;
      default:
        break;
    }
  },

  crash: () => undefined,
  restart: () => undefined,
  view: () => ({ title: '', facts: [], settings: [], tables: [], log: [] }),
};

function fetched(state: TopicState, request: FetchRequest) {
  return request.positions.map(({ topic, partition, offset }) => {
    const log = state.logs[partition] as RecordLog;
    return {
      topic,
      partition,
      error: null,
      highWatermark: log.length,
      logStartOffset: 0,
      diverging: null,
      records: { log, from: offset, end: log.length },
      batches: [],
    };
  });
}

function head({ clientId, correlationId }: KafkaRequest) {
  return { clientId, correlationId };
}
