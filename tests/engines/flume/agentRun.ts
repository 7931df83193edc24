/** A small run with Flume agents, and what a test asks of it. */
import { buildInputs } from '../../../workers/input/build.ts';
import { readScenario } from '../../../workers/scenario/reader.ts';
import { createSimulation } from '../../../workers/simulation.ts';
import type { Simulation } from '../../../workers/simulation.ts';
import { entryKinds } from '../../../workers/trace/format.ts';
import type { HdfsState } from '../../../workers/engines/hdfs/engine.ts';

export interface RunPlan {
  /** Arrival in ms, text, and the file where it is another than the server's own. */
  lines: readonly (readonly [number, string, string?])[];
  agents: Record<string, string>;
  durationMs: number;
  output?: unknown;
  nodes?: readonly unknown[];
  faults?: readonly unknown[];
  costs?: Record<string, number>;
}

export const accessLog = { kind: 'file', path: '/var/log/httpd/access_log' };

/** A topic `weblog` of one partition, so that order and place are plain. */
export const kafkaNode = {
  id: 'kafka',
  type: 'kafka',
  topics: [{ name: 'weblog', partitions: 1 }],
};

export const hdfsNode = {
  id: 'hdfs',
  type: 'hdfs',
  directories: [{ name: 'flume', path: '/flume' }],
};

export interface FlumeRun {
  readonly simulation: Simulation;
  /** Records sent over a pipe, in order, with the time of sending in ms. */
  sent(pipe: string): { record: number; ms: number }[];
  /** The value of a gauge at a time, undefined before its first. */
  gauge(id: string, ms: number): number | undefined;
  lost(): number[];
  log(part: string, ms?: number): readonly string[];
  /** Path and lines of each file of HDFS, at the end. */
  files(): { path: string; lines: string[]; open: boolean }[];
}

export function runFlume(plan: RunPlan): FlumeRun {
  const {
    lines,
    agents,
    durationMs,
    output = accessLog,
    nodes = [],
    faults = [],
    costs = {},
  } = plan;
  const read = readScenario({
    version: 1,
    title: 'a test',
    seed: 1,
    durationMs,
    startEpochMs: 1_767_603_600_000,
    inputs: [
      {
        id: 'lines',
        type: 'records',
        records: lines.map(([arrivalMs, value, file]) => ({
          arrivalMs,
          value,
          ...(file === undefined ? {} : { file }),
        })),
      },
    ],
    programs: [],
    nodes: [
      { id: 'web', type: 'web-server', input: 'lines', output },
      ...Object.entries(agents).map(([id, properties]) => ({
        id,
        type: 'flume',
        agent: 'a',
        properties,
        machine: 'web',
        defaultFs: nodes.includes(hdfsNode) ? 'hdfs' : null,
      })),
      ...nodes,
    ],
    links: [],
    faults,
    costs,
  });
  if (!read.ok) throw new Error(JSON.stringify(read));
  const { records } = buildInputs(read.value, new Map());
  const simulation = createSimulation(read.value, records);
  simulation.advance();
  const { blocks, texts } = simulation.take();
  const { header } = simulation;

  function each(
    kind: number,
    subject: number,
    visit: (record: number, us: number, value: number) => void,
  ): void {
    for (const block of blocks) {
      for (let i = 0; i < block.length; i++) {
        if (block.kinds[i] !== kind || block.subjects[i] !== subject) continue;
        visit(block.records[i] ?? -1, block.timesUs[i] ?? 0, block.values[i] ?? 0);
      }
    }
  }
  const numberOf = (list: readonly { id: string }[], id: string): number => {
    const index = list.findIndex((entry) => entry.id === id);
    if (index < 0)
      throw new Error(
        `no ${id} among ${list.map((entry) => entry.id).join(', ')} ${texts.join(', ')}`,
      );
    return index;
  };

  return {
    simulation,
    sent(pipe) {
      const found: { record: number; ms: number }[] = [];
      each(entryKinds.send, numberOf(header.pipes, pipe), (record, us) =>
        found.push({ record, ms: us / 1000 }),
      );
      return found;
    },
    gauge(id, ms) {
      let last: number | undefined;
      each(entryKinds.gauge, numberOf(header.gauges, id), (_record, us, value) => {
        if (us <= ms * 1000) last = value;
      });
      return last;
    },
    lost: () => simulation.losses.losses.map(({ record }) => record).sort((a, b) => a - b),
    log: (part, ms = durationMs) => simulation.viewAt(ms * 1000, part)?.log ?? [],
    files() {
      const { namespace } = simulation.kernel.state('hdfs') as HdfsState;
      return [...namespace.files.values()].map(({ path, lines: stored, lease }) => ({
        path,
        lines: stored.map(({ text }) => text),
        open: lease !== null,
      }));
    },
  };
}

/** `count` lines, one every `everyMs`, the first at `everyMs`. */
export function steadyLines(count: number, everyMs: number): [number, string][] {
  return Array.from({ length: count }, (_unused, i) => [(i + 1) * everyMs, `line ${i}`]);
}

/** Properties of agent `a`, from lines without their prefix. */
export function agentText(...lines: string[]): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `a.${line.trim()}`)
    .join('\n');
}
