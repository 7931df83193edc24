import FlatQueue from 'flatqueue';
import { buildInputs } from '../../workers/input/build.ts';
import { opening } from '../../workers/scenario/opening.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { createSimulation, type Simulation } from '../../workers/simulation.ts';

/**
 * Runs before the first that counts: the page's worker is warm too when a finger drags, and the optimising compiler
 * goes on finding something to do for about a hundred runs. What a cold worker takes is `openingFirstMs`.
 */
const WARM_UP = 150;
const ROUNDS = 45;
const SLOPE_ROUNDS = 5;

export interface SimulatorFigures {
  /** The opening scene: 120 s at 50 records a second, all lanes, trace on. Medians. */
  readonly openingMs: number;
  /** The very first run, before anything is compiled. */
  readonly openingFirstMs: number;
  readonly openingRecordsPerSecond: number;
  readonly openingEvents: number;
  /** The bare queue's time over the simulator's, for as many pops with as many pending: bar 0.15, aim 0.5. */
  readonly ratioToBareQueue: number;
  /** The same at window 300 s, slide 1 s. */
  readonly wideMs: number;
  readonly wideRecordsPerSecond: number;
  readonly wideRatioToBareQueue: number;
  /** Bar 400. */
  readonly wideTraceBytesPerRecordAndLane: number;
  /** Time for ten times the records over time for one: bar 13. */
  readonly slope: number;
}

export function benchSimulator(): SimulatorFigures {
  const wide = wideScenario(opening);
  const narrow = compare(opening);
  const broad = compare(wide);
  return {
    openingMs: rounded(narrow.ms),
    openingFirstMs: rounded(narrow.firstMs),
    openingRecordsPerSecond: Math.round((narrow.records / narrow.ms) * 1000),
    openingEvents: narrow.events,
    ratioToBareQueue: rounded(narrow.ratio),
    wideMs: rounded(broad.ms),
    wideRecordsPerSecond: Math.round((broad.records / broad.ms) * 1000),
    wideRatioToBareQueue: rounded(broad.ratio),
    wideTraceBytesPerRecordAndLane: rounded(broad.traceBytes / broad.records / broad.lanes),
    slope: rounded(slope(opening)),
  };
}

/** Window 300 s and slide 1 s; Storm is given the message timeout that such a window asks for. */
export function wideScenario(opening: Scenario): Scenario {
  return {
    ...opening,
    programs: opening.programs.map((program) => ({
      ...program,
      windowIntervalMs: 300_000,
      slideIntervalMs: 1000,
    })),
    nodes: opening.nodes.map((node) => {
      if (node.type === 'spark') return { ...node, batchIntervalMs: 1000 };
      if (node.type === 'storm') return { ...node, 'topology.message.timeout.secs': 400 };
      return node;
    }),
  };
}

interface Comparison {
  readonly ms: number;
  readonly firstMs: number;
  readonly ratio: number;
  readonly records: number;
  readonly events: number;
  readonly lanes: number;
  readonly traceBytes: number;
}

/** Simulator and bare queue in turn, round by round, so that a change of the machine's speed meets both. */
function compare(scenario: Scenario): Comparison {
  const { records } = buildInputs(scenario, new Map());
  // As in the page's worker, the run before is let go when the next one begins.
  let simulation!: Simulation;
  const run = (copy: Scenario) => {
    simulation = createSimulation(copy, records);
    simulation.advance();
  };
  // The page's worker is sent a scenario for each run, so nothing that was read of the one before is known.
  const copyOf = () => structuredClone(scenario);
  const firstStartMs = performance.now();
  run(copyOf());
  const firstMs = performance.now() - firstStartMs;
  for (let round = 1; round < WARM_UP; round += 1) run(copyOf());
  const simulatorMs: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const copy = copyOf();
    const ms = timed(() => {
      run(copy);
    });
    const bareMs = timed(() => {
      holdModel(simulation.kernel.pendingMax, simulation.kernel.events);
    });
    simulatorMs.push(ms);
    ratios.push(bareMs / ms);
  }
  return {
    ms: median(simulatorMs),
    firstMs,
    ratio: median(ratios),
    records: records.count,
    events: simulation.kernel.events,
    lanes: simulation.lanes.length,
    traceBytes: traceBytes(simulation),
  };
}

/** The classic measure of a queue: `pending` entries, then pop one and push one later, `pops` times. */
function holdModel(pending: number, pops: number): void {
  const queue = new FlatQueue<number>();
  let dice = 1;
  const roll = () => (dice = (Math.imul(dice, 1664525) + 1013904223) >>> 0);
  for (let i = 0; i < pending; i += 1) queue.push(i, roll());
  for (let i = 0; i < pops; i += 1) {
    const time = queue.peekValue() ?? 0;
    const item = queue.pop() ?? 0;
    queue.push(item, time + roll());
  }
}

function traceBytes(simulation: Simulation): number {
  return simulation
    .take()
    .blocks.reduce(
      (sum, { kinds, subjects, records, timesUs, values }) =>
        sum +
        kinds.byteLength +
        subjects.byteLength +
        records.byteLength +
        timesUs.byteLength +
        values.byteLength,
      0,
    );
}

function slope(opening: Scenario): number {
  const long: Scenario = { ...opening, durationMs: opening.durationMs * 10 };
  const records = buildInputs(opening, new Map()).records;
  const longRecords = buildInputs(long, new Map()).records;
  const ratios: number[] = [];
  for (let round = 0; round < SLOPE_ROUNDS; round += 1) {
    const one = timed(() => createSimulation(opening, records).advance());
    const ten = timed(() => createSimulation(long, longRecords).advance());
    ratios.push((ten / one) * (10 / (longRecords.count / records.count)));
  }
  return median(ratios);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
