/** Runs one Storm lane on a stub topic. */
import { parse } from 'valibot';
import { stormSchema, type StormConfig } from '../../../workers/engines/storm/config.ts';
import { stormEngine } from '../../../workers/engines/storm/engine.ts';
import type { StormState } from '../../../workers/engines/storm/state.ts';
import { recordsFromRows } from '../../../workers/input/records.ts';
import { costsWith } from '../../../workers/kernel/costs.ts';
import type { Graph } from '../../../workers/kernel/engine.ts';
import type { Fault } from '../../../workers/kernel/faults.ts';
import { createKernel } from '../../../workers/kernel/kernel.ts';
import { createLaneBook } from '../../../workers/results/laneBook.ts';
import { ledgerOf } from '../../../workers/results/ledger.ts';
import { createLossBook } from '../../../workers/results/losses.ts';
import { statuses } from '../../../workers/results/status.ts';
import type { Program } from '../../../workers/scenario/program.ts';
import { entryKinds, type TraceBlock, type TraceHeader } from '../../../workers/trace/format.ts';
import { createRecorder } from '../../../workers/trace/recorder.ts';
import { topicStub, type TopicConfig, type TopicState } from './topicStub.ts';

export const countWords: Program = {
  id: 'words',
  functions: ['split-words', 'pair-with-one'],
  aggregate: 'sum',
  windowIntervalMs: 8000,
  slideIntervalMs: 4000,
};

export interface LaneScene {
  readonly program?: Program;
  readonly storm?: Record<string, unknown>;
  readonly partitions?: number;
  /** Arrival in ms, text, event time in ms if it is another. */
  readonly lines: readonly (readonly [number, string, number?])[];
  readonly faults?: readonly {
    readonly worker: string;
    readonly atMs: number;
    readonly restartAfterMs: number;
  }[];
  readonly untilMs: number;
  readonly startEpochMs?: number;
}

export function runLane(scene: LaneScene) {
  const node = parse(stormSchema, {
    id: 'storm',
    type: 'storm',
    program: 'words',
    source: { node: 'kafka', topic: 'weblog' },
    ...scene.storm,
  });
  const config: StormConfig = { ...node, program: scene.program ?? countWords };
  const topic: TopicConfig = { id: 'kafka', topic: 'weblog', partitions: scene.partitions ?? 1 };
  const topicAnatomy = topicStub.anatomy(topic);
  const graph: Graph = {
    node: () => undefined,
    parts: () => [],
    partitions: () => topicAnatomy.parts,
    processes: () => ['kafka/broker-1'],
  };
  const processNames = [
    'kafka/broker-1',
    ...stormEngine.processes(config).map((name) => `storm/${name}`),
  ];
  const anatomy = stormEngine.anatomy(config);
  const header: TraceHeader = {
    parts: [...topicAnatomy.parts, ...anatomy.parts],
    pipes: stormEngine.pipes(config, graph),
    gauges: [...anatomy.gauges, ...(stormEngine.gauges?.(config, graph) ?? [])],
    series: [{ id: 'down', node: '', what: 'down', label: '' }],
  };
  const recorder = createRecorder(header);
  const nowUs = () => recorder.nowUs;
  const results = createLaneBook(nowUs);
  const rows = scene.lines.map(([arrivalMs, line, eventTimeMs]) => ({
    arrivalUs: arrivalMs * 1000,
    eventTimeUs: (eventTimeMs ?? arrivalMs) * 1000,
    line,
  }));
  const records = recordsFromRows('lines', rows);
  const faults = (scene.faults ?? []).map(({ worker, atMs, restartAfterMs }): Fault => ({
    type: 'crash',
    processes: [processNames.indexOf(`storm/${worker}`)],
    atUs: atMs * 1000,
    restartUs: (atMs + restartAfterMs) * 1000,
  }));
  const kernel = createKernel(
    {
      seed: 1,
      startEpochMs: scene.startEpochMs ?? 1_800_000_000_000,
      records,
      costs: costsWith({}),
      graph,
      members: [
        { node: 'kafka', engine: topicStub, config: topic, results: null },
        { node: 'storm', engine: stormEngine, config, results },
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
      for (const claim of stormEngine.claims) {
        if (!claim.holds(running.state('storm') as StormState))
          throw new Error(`broken claim: ${claim.name}`);
      }
    },
  );
  kernel.advance(scene.untilMs * 1000, 1_000_000);
  const bookings = results.bookings();
  const ledger = ledgerOf(bookings, records.arrivalUs, [], scene.untilMs * 1000);
  return {
    state: kernel.state('storm') as StormState,
    topic: kernel.state('kafka') as TopicState,
    view: (part: string) =>
      stormEngine.view(kernel.state('storm') as StormState, part, kernel.environment('storm')),
    outputs: bookings.outputs,
    bookings,
    /** What has become of each record at the end. */
    fates: scene.lines.map(
      (_, record) => statuses[ledger.statuses[ledger.records.lastIndexOf(record)] ?? -1],
    ),
    texts: recorder.texts,
    heldByPart: () => heldByPart(header, recorder.takeBlocks()),
  };
}

/** "4..12 s: a=2 b=1" for each output. */
export function showOutputs(outputs: ReturnType<typeof runLane>['outputs']): string[] {
  return outputs.map(({ startUs, endUs, rows }) => {
    const span = `${String(startUs / 1e6)}..${String(endUs / 1e6)} s`;
    return `${span}: ${rows.map(([key, value]) => `${key}=${String(value)}`).join(' ')}`;
  });
}

/** How many records the trace leaves in each part of the lane. */
function heldByPart(header: TraceHeader, blocks: readonly TraceBlock[]): Map<string, number> {
  const held = new Map(header.parts.map(({ id }) => [id, 0]));
  const add = (part: string | undefined, by: number) => {
    if (part !== undefined) held.set(part, (held.get(part) ?? 0) + by);
  };
  for (const { length, kinds, subjects } of blocks) {
    for (let i = 0; i < length; i++) {
      const subject = subjects[i] ?? -1;
      if (kinds[i] === entryKinds.send) {
        const pipe = header.pipes[subject];
        if (pipe?.takes) add(pipe.from, -1);
        add(pipe?.to, 1);
      }
      if (kinds[i] === entryKinds.leave || kinds[i] === entryKinds.drop)
        add(header.parts[subject]?.id, -1);
    }
  }
  return held;
}
