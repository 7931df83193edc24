import { sparkEngine } from '../../../workers/engines/spark/engine.ts';
import type { SparkConfig } from '../../../workers/engines/spark/config.ts';
import type { SparkState } from '../../../workers/engines/spark/state.ts';
import { recordsFromRows } from '../../../workers/input/records.ts';
import { costsWith, type CostKey } from '../../../workers/kernel/costs.ts';
import type { Engine, Graph } from '../../../workers/kernel/engine.ts';
import type { Environment } from '../../../workers/kernel/environment.ts';
import type { Fault } from '../../../workers/kernel/faults.ts';
import { createKernel, type AnyEngine, type Kernel } from '../../../workers/kernel/kernel.ts';
import { createLaneBook } from '../../../workers/results/laneBook.ts';
import { createLossBook } from '../../../workers/results/losses.ts';
import type { Part } from '../../../workers/trace/format.ts';
import { createRecorder } from '../../../workers/trace/recorder.ts';
import type { FetchRequest, KafkaRequest } from '../../../workers/wire/kafka.ts';
import { appendRecord, createRecordLog } from '../../../workers/wire/recordLog.ts';

/** A record that lies in a partition from `atMs` on. */
export interface Appended {
  readonly atMs: number;
  readonly partition: number;
  readonly line: string;
}

export const LANE: SparkConfig = {
  id: 'spark',
  type: 'spark',
  source: { node: 'kafka', topic: 'weblog' },
  program: {
    id: 'count',
    functions: ['word-and-number'],
    aggregate: 'sum',
    windowIntervalMs: 8000,
    slideIntervalMs: 4000,
  },
  api: 'python',
  batchIntervalMs: 2000,
  inverseFunction: false,
  filterZeros: false,
  checkpoint: false,
  'auto.offset.reset': 'latest',
  'spark.streaming.concurrentJobs': 1,
  'spark.streaming.backpressure.enabled': false,
  'spark.streaming.backpressure.initialRate': 0,
  'spark.streaming.backpressure.pid.minRate': 100,
  'spark.streaming.kafka.maxRatePerPartition': 0,
  'spark.streaming.kafka.minRatePerPartition': 1,
};

/** A log that fills by the clock, and answers what Spark asks. Everything else of Kafka is left out. */
function brokerOf(
  appended: readonly Appended[],
  partitions: number,
  damage: RunSettings['damage'],
): AnyEngine {
  const until = (partition: number, nowUs: number) => {
    const nowMs = nowUs / 1000;
    const entries = appended.flatMap((entry, record) =>
      entry.partition === partition && entry.atMs <= nowMs ? [{ ...entry, record }] : [],
    );
    if (!damage || partition > 0 || nowMs < damage.atMs) return entries;
    const kept = entries.filter(({ atMs }) => atMs < damage.atMs).slice(0, damage.length);
    return [...kept, ...entries.filter(({ atMs }) => atMs >= damage.atMs)];
  };
  type Waiting = { request: FetchRequest; to: number };
  const answerFetch = ({ request, to }: Waiting, isLast: boolean, env: Environment<Waiting>) => {
    const found = request.positions.map(({ topic, partition, offset }) => {
      const log = createRecordLog();
      for (const { record, line, atMs } of until(partition, env.nowUs)) {
        const sizeBytes = line.length;
        appendRecord(log, 0, { timestampMs: atMs, key: null, value: line, sizeBytes, record });
      }
      const records = { log, from: Math.min(offset, log.length), end: log.length };
      const nothing = { error: null, diverging: null, batches: [], logStartOffset: 0 };
      return { topic, partition, highWatermark: log.length, records, ...nothing };
    });
    if (!isLast && found.every(({ records }) => records.from === records.end)) {
      env.after(env.process('kafka/broker-1'), request.maxWaitMs * 1000, { request, to });
      return;
    }
    const { clientId, correlationId } = request;
    const type = 'kafka.fetch-response';
    env.send(env.process('kafka/broker-1'), to, {
      type,
      clientId,
      correlationId,
      partitions: found,
    });
  };
  const engine: Engine<null, null, Waiting> = {
    type: 'kafka',
    version: 'a log for tests',
    omissions: [],
    knobs: [],
    claims: [],
    refusals: () => [],
    processes: () => ['broker-1'],
    anatomy: () => ({ parts: [], gauges: [], series: [] }),
    pipes: () => [],
    programText: () => null,
    start: () => null,
    handle: (_state, _process, waiting, env) => answerFetch(waiting, true, env),
    receive(_state, process, from, message, env) {
      const { clientId, correlationId } = message as KafkaRequest;
      const all = Array.from({ length: partitions }, (_, partition) => partition);
      if (message.type === 'kafka.metadata') {
        const topic = {
          topic: 'weblog',
          error: null,
          partitions: all.map((partition) => ({
            partition,
            leader: 1,
            leaderEpoch: 0,
            replicas: [1],
            isr: [1],
          })),
        };
        const brokers = [{ id: 1, process: 'kafka/broker-1' }];
        const type = 'kafka.metadata-response';
        env.send(process, from, { type, clientId, correlationId, brokers, topics: [topic] });
      } else if (message.type === 'kafka.list-offsets') {
        const { at } = message;
        const listed = message.partitions.map(({ topic, partition }) => {
          const offset = at === 'latest' ? until(partition, env.nowUs).length : 0;
          return { topic, partition, error: null, offset };
        });
        const type = 'kafka.list-offsets-response';
        env.send(process, from, { type, clientId, correlationId, at, partitions: listed });
      } else if (message.type === 'kafka.fetch') {
        answerFetch({ request: message, to: from }, false, env);
      }
    },
    crash: () => undefined,
    restart: () => undefined,
    view: () => ({ title: '', facts: [], settings: [], tables: [], log: [] }),
  };
  return engine;
}

export interface LaneRun {
  readonly kernel: Kernel;
  readonly state: SparkState;
  readonly book: ReturnType<typeof createLaneBook>;
  /** Every mark and finding in the trace, once each. */
  readonly texts: readonly string[];
  /** Each output: end of its window in seconds, rows as `a3 b1`, when it was visible in ms. */
  readonly outputs: readonly { endS: number; rows: string; visibleMs: number; window: number }[];
}

export interface RunSettings {
  readonly untilMs: number;
  readonly lane?: Partial<SparkConfig>;
  readonly costs?: Partial<Record<CostKey, number>>;
  readonly startEpochMs?: number;
  readonly partitions?: number;
  /** One way between the broker and the lane; 0 unless told, where a message still takes 1 µs. */
  readonly latencyMs?: number;
  /** From when on partition 0 holds only its first records, as after an unclean leader election. */
  readonly damage?: { readonly atMs: number; readonly length: number };
  /** By process: 0 is the broker, 1 the driver, 2 the executor. */
  readonly faults?: readonly Fault[];
}

/** Runs one lane behind a log for tests, over links without latency, and asks its claims after every event. */
export function runLane(appended: readonly Appended[], settings: RunSettings): LaneRun {
  const {
    untilMs,
    lane = {},
    costs = {},
    startEpochMs = 0,
    partitions = 1,
    latencyMs = 0,
    faults = [],
  } = settings;
  const config: SparkConfig = { ...LANE, ...lane };
  const logs: Part[] = Array.from({ length: partitions }, (_, n) => ({
    id: `kafka/weblog-${n}`,
    node: 'kafka',
    process: 'kafka/broker-1',
    glyph: 'partition',
    label: '',
    detail: '',
    holds: 'log',
    capacity: null,
    changedDefaults: [],
  }));
  const graph: Graph = {
    node: () => undefined,
    parts: () => logs,
    partitions: () => logs,
    processes: () => ['kafka/broker-1'],
  };
  const anatomy = sparkEngine.anatomy(config);
  const down = ['kafka/broker-1', 'spark/driver', 'spark/executor'].map((name) => ({
    id: `${name}:down`,
    node: name,
    what: 'down' as const,
    label: '',
  }));
  const recorder = createRecorder({
    parts: [...logs, ...anatomy.parts],
    pipes: sparkEngine.pipes(config, graph),
    gauges: [...anatomy.gauges, ...(sparkEngine.gauges?.(config, graph) ?? [])],
    series: [...anatomy.series, ...down],
  });
  const rows = appended.map(({ atMs, line, partition }) => ({
    arrivalUs: atMs * 1000,
    eventTimeUs: atMs * 1000,
    line,
    partition,
  }));
  const book = createLaneBook(() => recorder.nowUs);
  const kernel = createKernel(
    {
      seed: 1,
      startEpochMs,
      graph,
      records: recordsFromRows('log', rows),
      costs: costsWith(costs),
      members: [
        {
          node: 'kafka',
          engine: brokerOf(appended, partitions, settings.damage),
          config: null,
          results: null,
        },
        { node: 'spark', engine: sparkEngine, config, results: book },
      ],
      processNames: ['kafka/broker-1', 'spark/driver', 'spark/executor'],
      memberOf: [0, 1, 1],
      markPartOf: [-1, -1, -1],
      downSeriesOf: down.map(({ id }) => recorder.seriesId(id)),
      faults,
      speed: () => ({ latencyUs: latencyMs * 1000, bytesPerSecond: 1e15 }),
      recorder,
      shared: createLossBook(() => recorder.nowUs),
    },
    undefined,
    (running) => {
      for (const claim of sparkEngine.claims) {
        if (!claim.holds(running.state('spark') as SparkState))
          throw new Error(`not so: ${claim.name}`);
      }
    },
  );
  kernel.advance(untilMs * 1000, Infinity);
  const outputs = book.bookings().outputs.map(({ window, endUs, rows: shown, visibleUs }) => ({
    window,
    endS: endUs / 1_000_000,
    rows: shown.map(([key, value]) => `${key}${value}`).join(' '),
    visibleMs: visibleUs / 1000,
  }));
  return {
    kernel,
    state: kernel.state('spark') as SparkState,
    book,
    texts: recorder.texts,
    outputs,
  };
}
