/** Runs one Flink lane on a stub topic: record r lies in partition r mod `partitions` from its arrival on. */
import { parse } from 'valibot';
import { flinkSchema, type FlinkConfig } from '../../../workers/engines/flink/config.ts';
import { flinkEngine } from '../../../workers/engines/flink/engine.ts';
import type { FlinkState } from '../../../workers/engines/flink/job.ts';
import { recordsFromRows } from '../../../workers/input/records.ts';
import { costsWith, type CostKey } from '../../../workers/kernel/costs.ts';
import type { Graph } from '../../../workers/kernel/engine.ts';
import type { Fault } from '../../../workers/kernel/faults.ts';
import { createKernel, type Kernel } from '../../../workers/kernel/kernel.ts';
import { createLaneBook } from '../../../workers/results/laneBook.ts';
import { ledgerOf } from '../../../workers/results/ledger.ts';
import { createLossBook } from '../../../workers/results/losses.ts';
import { statuses } from '../../../workers/results/status.ts';
import type { Program } from '../../../workers/scenario/program.ts';
import { createRecorder } from '../../../workers/trace/recorder.ts';
import { topicStub, type TopicConfig } from '../storm/topicStub.ts';

/** Lines such as `apples 3` become the pair (apples, 3). */
export const SUMS: Program = {
  id: 'sums',
  functions: ['word-and-number'],
  aggregate: 'sum',
  windowIntervalMs: 8000,
  slideIntervalMs: 4000,
};

export interface LaneScene {
  readonly program?: Partial<Program>;
  readonly flink?: Record<string, unknown>;
  readonly partitions?: number;
  /** Arrival in ms, text, event time in ms if it is another. */
  readonly lines: readonly (readonly [number, string, number?])[];
  readonly faults?: readonly {
    readonly process: string;
    readonly atMs: number;
    readonly restartAfterMs: number | null;
  }[];
  readonly costs?: Partial<Record<CostKey, number>>;
  readonly untilMs: number;
  readonly startEpochMs?: number;
  readonly afterEvent?: (kernel: Kernel) => void;
}

export function configOf(scene: Pick<LaneScene, 'flink' | 'program'>): FlinkConfig {
  const node = parse(flinkSchema, {
    id: 'flink',
    type: 'flink',
    program: 'sums',
    source: { node: 'kafka', topic: 'weblog' },
    ...scene.flink,
  });
  return { ...node, program: { ...SUMS, ...scene.program } };
}

export function runLane(scene: LaneScene) {
  const config = configOf(scene);
  const topic: TopicConfig = { id: 'kafka', topic: 'weblog', partitions: scene.partitions ?? 1 };
  const topicParts = topicStub.anatomy(topic).parts;
  const graph: Graph = {
    node: () => undefined,
    parts: () => [],
    partitions: () => topicParts,
    processes: () => ['kafka/broker-1'],
  };
  const flinkProcesses = flinkEngine.processes(config).map((name) => `flink/${name}`);
  const processNames = ['kafka/broker-1', ...flinkProcesses];
  const anatomy = flinkEngine.anatomy(config);
  const recorder = createRecorder({
    parts: [...topicParts, ...anatomy.parts],
    pipes: flinkEngine.pipes(config, graph),
    gauges: [...anatomy.gauges, ...(flinkEngine.gauges?.(config, graph) ?? [])],
    series: [{ id: 'down', node: '', what: 'down', label: '' }, ...anatomy.series],
  });
  const nowUs = () => recorder.nowUs;
  const results = createLaneBook(nowUs);
  const rows = scene.lines.map(([arrivalMs, line, eventTimeMs]) => ({
    arrivalUs: arrivalMs * 1000,
    eventTimeUs: (eventTimeMs ?? arrivalMs) * 1000,
    line,
  }));
  const records = recordsFromRows('lines', rows);
  const faults = (scene.faults ?? []).map(({ process, atMs, restartAfterMs }): Fault => ({
    type: 'crash',
    processes: [processNames.indexOf(`flink/${process}`)],
    atUs: atMs * 1000,
    restartUs: restartAfterMs === null ? null : (atMs + restartAfterMs) * 1000,
  }));
  const kernel = createKernel(
    {
      seed: 1,
      startEpochMs: scene.startEpochMs ?? 1_800_000_000_000,
      records,
      costs: costsWith(scene.costs ?? {}),
      graph,
      members: [
        { node: 'kafka', engine: topicStub, config: topic, results: null },
        { node: 'flink', engine: flinkEngine, config, results },
      ],
      processNames,
      memberOf: processNames.map((_, process) => (process === 0 ? 0 : 1)),
      markPartOf: processNames.map(() => -1),
      downSeriesOf: processNames.map(() => 0),
      faults,
      speed: () => ({ latencyUs: 2000, bytesPerSecond: 1e8 }),
      recorder,
      shared: createLossBook(nowUs),
    },
    undefined,
    (running) => {
      for (const claim of flinkEngine.claims)
        if (!claim.holds(running.state('flink') as FlinkState))
          throw new Error(`broken claim: ${claim.name} at ${running.nowUs}`);
      scene.afterEvent?.(running);
    },
  );
  kernel.advance(scene.untilMs * 1000, 10_000_000);
  const bookings = results.bookings();
  const ledger = ledgerOf(bookings, records.arrivalUs, [], scene.untilMs * 1000);
  return {
    kernel,
    state: kernel.state('flink') as FlinkState,
    bookings,
    outputs: bookings.outputs.filter(({ visibleUs }) => visibleUs <= scene.untilMs * 1000),
    /** What has become of each record at the end. */
    fates: scene.lines.map(
      (_, record) => statuses[ledger.statuses[ledger.records.lastIndexOf(record)] ?? -1],
    ),
    texts: recorder.texts,
    log: (kernel.state('flink') as FlinkState).jobManager.log,
  };
}

/** `4..12: a=2 b=1` in seconds, keys sorted, for each output. */
export function show(outputs: ReturnType<typeof runLane>['outputs']): string[] {
  return outputs.map(({ startUs, endUs, rows }) => {
    const pairs = rows.map(([key, value]) => `${key}=${value}`).sort();
    return `${startUs / 1e6}..${endUs / 1e6}: ${pairs.join(' ')}`;
  });
}
