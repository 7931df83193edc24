import type { Part } from '../../workers/trace/format.ts';
import { createRecorder } from '../../workers/trace/recorder.ts';
import type { EngineName, LaneRun, Output, Run } from '../../src/run/Run.ts';
import { joined } from '../../src/simulation/runOf.ts';
import { part, pipe } from './fixture.ts';

/**
 * A small opening scene written by hand: 2.5 lines a second for 24 s, one agent that sends each second, three
 * partitions in turn, and in each lane windows of 8 s every 4 s that fire a while after their end. The trace
 * is what an engine would write; nothing here claims to behave like one.
 */

const END_US = 24e6;
const LANES: readonly { engine: EngineName; entry: string; window: string; fireAfterUs: number }[] =
  [
    {
      engine: 'spark',
      entry: 'spark/direct-stream',
      window: 'spark/batches',
      fireAfterUs: 800_000,
    },
    { engine: 'storm', entry: 'storm/spout', window: 'storm/window', fireAfterUs: 4_500_000 },
    { engine: 'flink', entry: 'flink/source', window: 'flink/window', fireAfterUs: 3_200_000 },
  ];
const PARTITIONS = ['kafka/weblog-0', 'kafka/weblog-1', 'kafka/weblog-2'];

const parts: Part[] = [
  part('web/server', 'web-server', 'queue'),
  { ...part('a1/r1', 'source'), detail: 'TAILDIR' },
  { ...part('a1/c1', 'channel', 'queue'), detail: 'memory' },
  { ...part('a1/k1', 'sink'), detail: 'org.apache.flume.sink.kafka.KafkaSink' },
  ...PARTITIONS.map((id) => part(id, 'partition', 'log')),
  { ...part('spark/direct-stream', 'receiver'), label: 'direct stream' },
  part('spark/batches', 'batches', 'queue'),
  part('spark/results', 'results'),
  part('storm/spout', 'spout'),
  { ...part('storm/window', 'window-bolt', 'queue'), label: 'window bolt' },
  part('storm/acker', 'acker'),
  part('storm/results', 'results'),
  { ...part('flink/source', 'operator'), detail: '3 splits' },
  { ...part('flink/window', 'window-operator'), label: 'window operator' },
  part('flink/snapshots', 'snapshots'),
  part('flink/results', 'results'),
];

const pipes = [
  pipe('web/server', 'a1/r1'),
  pipe('a1/r1', 'a1/c1'),
  pipe('a1/c1', 'a1/k1'),
  ...PARTITIONS.map((id) => pipe('a1/k1', id)),
  ...LANES.flatMap(({ entry }) => PARTITIONS.map((from) => pipe(from, entry, false))),
  ...LANES.map(({ entry, window }) => pipe(entry, window)),
  ...LANES.map(({ engine, window }) => pipe(window, `${engine}/results`)),
];

const gauges = [
  { id: 'storm/acker:open', part: 'storm/acker', label: 'open trees', unit: 'count' as const },
  { id: 'flink/window:watermark', part: 'flink/window', label: 'watermark', unit: 'us' as const },
  { id: 'storm/window:watermark', part: 'storm/window', label: 'watermark', unit: 'us' as const },
  ...LANES.flatMap(({ entry }) =>
    PARTITIONS.map((_, p) => ({
      id: `${entry}:position-${String(p)}`,
      part: entry,
      label: 'position',
      unit: 'offset' as const,
    })),
  ),
];

const series = [
  { id: 'spark:batch', node: 'spark', what: 'batch' as const, label: 'batches' },
  { id: 'spark:job', node: 'spark', what: 'job' as const, label: 'jobs' },
  { id: 'flink:checkpoint', node: 'flink', what: 'checkpoint' as const, label: 'checkpoints' },
];

interface Line {
  readonly record: number;
  readonly happenedUs: number;
  readonly writtenUs: number;
  readonly takenUs: number;
  readonly partition: number;
  readonly appendedUs: number;
  readonly recordClass: number;
}

/** A repeatable run of fractions: enough to look like a log, and no more random than that. */
function fractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function writeLines(): Line[] {
  const next = fractions(31);
  const lines: Line[] = [];
  let happenedUs = 300_000;
  while (happenedUs < END_US) {
    const u = next();
    const recordClass = u < 0.6 ? 0 : u < 0.76 ? 1 : u < 0.9 ? 2 : 3;
    const servingUs = Math.floor(50_000 + next() * (u > 0.85 ? 2_600_000 : 250_000));
    lines.push({
      record: lines.length,
      happenedUs,
      writtenUs: happenedUs + servingUs,
      takenUs: 0,
      partition: lines.length % 3,
      appendedUs: 0,
      recordClass,
    });
    happenedUs += Math.floor(200_000 + next() * 400_000);
  }
  lines.sort((a, b) => a.writtenUs - b.writtenUs);
  return lines.map((line, record) => {
    const takenUs = (Math.floor(line.writtenUs / 1e6) + 1) * 1e6;
    return { ...line, record, takenUs, appendedUs: takenUs + 4000 };
  });
}

type Pen = ReturnType<typeof createRecorder>;

export function openingRun(): Run {
  const header = { parts, pipes, gauges, series };
  const recorder = createRecorder(header);
  const lines = writeLines();
  const happenings: { timeUs: number; write: (pen: Pen) => void }[] = [];
  const at = (timeUs: number, write: (pen: Pen) => void): void => {
    happenings.push({ timeUs, write });
  };
  const hop = (timeUs: number, from: string, to: string, record: number, dueUs: number): void => {
    at(timeUs, (pen) => pen.send(pen.pipe(`${from} > ${to}`), record, dueUs));
  };
  const read = new Map<string, number>();
  for (const { record, happenedUs, writtenUs, takenUs, partition, appendedUs } of lines) {
    at(happenedUs, (pen) => pen.write(pen.part('web/server'), record));
    hop(writtenUs, 'web/server', 'a1/r1', record, writtenUs + 1000);
    hop(writtenUs + 1000, 'a1/r1', 'a1/c1', record, writtenUs + 1100);
    hop(takenUs, 'a1/c1', 'a1/k1', record, takenUs + 100);
    const log = PARTITIONS[partition]!;
    hop(takenUs + 100, 'a1/k1', log, record, appendedUs);
    for (const { entry, window } of LANES) {
      const fetchedUs = appendedUs + 300_000;
      hop(fetchedUs, log, entry, record, fetchedUs + 2000);
      hop(fetchedUs + 2000, entry, window, record, fetchedUs + 4000);
      at(fetchedUs + 4000, (pen) => {
        const id = `${entry}:position-${String(partition)}`;
        const position = (read.get(id) ?? 0) + 1;
        read.set(id, position);
        pen.gauge(pen.gaugeId(id), position);
      });
    }
  }
  for (let n = 1; n * 2e6 <= END_US; n += 1) {
    const jobUs = n * 2e6 + 300_000 + (n % 2) * 250_000;
    at(n * 2e6, (pen) => pen.begin(pen.seriesId('spark:batch'), n, (n - 1) * 2e6));
    at(n * 2e6 + 50_000, (pen) => pen.begin(pen.seriesId('spark:job'), n, n * 2e6 + 50_000));
    at(jobUs, (pen) => pen.end(pen.seriesId('spark:job'), n, 0));
    at(jobUs, (pen) => pen.end(pen.seriesId('spark:batch'), n, 0));
  }
  for (let n = 1; n * 5e6 <= END_US; n += 1) {
    at(n * 5e6 - 3e6, (pen) => pen.begin(pen.seriesId('flink:checkpoint'), n, n * 5e6 - 3e6));
    at(n * 5e6 - 2.4e6, (pen) => pen.end(pen.seriesId('flink:checkpoint'), n, 1));
  }
  for (let t = 1e6; t <= END_US; t += 1e6) {
    const watermark = Math.max(0, t - 3e6 - (t % 3e6));
    at(t, (pen) => pen.gauge(pen.gaugeId('flink/window:watermark'), watermark));
    at(t, (pen) => pen.gauge(pen.gaugeId('storm/window:watermark'), watermark));
    at(t, (pen) => pen.gauge(pen.gaugeId('storm/acker:open'), Math.floor(t / 1e6) % 7));
  }
  happenings.sort((a, b) => a.timeUs - b.timeUs);
  for (const { timeUs, write } of happenings) {
    recorder.nowUs = timeUs;
    write(recorder);
  }
  return {
    durationUs: END_US,
    reachedUs: END_US,
    startEpochMs: 0,
    traceHash: recorder.hash(),
    header,
    trace: joined(recorder.takeBlocks()),
    texts: recorder.texts,
    records: {
      count: lines.length,
      arrivalUs: Float64Array.from(lines, (line) => line.writtenUs),
      eventTimeUs: Float64Array.from(lines, (line) => line.happenedUs),
      classOf: Int8Array.from(lines, (line) => line.recordClass),
      classNames: ['2xx', '3xx', '4xx', '5xx'],
    },
    lanes: LANES.map(({ engine, fireAfterUs }) => laneRun(engine, fireAfterUs, lines)),
    nodes: [],
    shared: { lost: [] },
    fileReports: [],
  };
}

const SIZE_US = 8e6;
const SLIDE_US = 4e6;

function laneRun(engine: EngineName, fireAfterUs: number, lines: readonly Line[]): LaneRun {
  const timeOf = (line: Line): number => (engine === 'spark' ? line.appendedUs : line.happenedUs);
  const lastWindow = (line: Line): number =>
    Math.floor(timeOf(line) / SLIDE_US) + SIZE_US / SLIDE_US;
  const outputs: Output[] = [];
  for (let k = 1; k * SLIDE_US + fireAfterUs <= END_US; k += 1) {
    const endUs = k * SLIDE_US;
    const inside = lines.filter((line) => timeOf(line) >= endUs - SIZE_US && timeOf(line) < endUs);
    const rows = ['2xx', '3xx', '4xx', '5xx'].map(
      (key, c) => [key, inside.filter((line) => line.recordClass === c).length] as const,
    );
    const firedUs = endUs + fireAfterUs;
    outputs.push({
      window: k,
      startUs: endUs - SIZE_US,
      endUs,
      rows,
      computedUs: firedUs,
      visibleUs: firedUs,
    });
  }
  return {
    id: engine,
    node: engine,
    engine,
    ends: engine === 'storm' ? '(]' : '[)',
    sizeUs: SIZE_US,
    slideUs: SLIDE_US,
    batchUs: engine === 'spark' ? 2e6 : null,
    isRunning: true,
    outputs,
    occurrences: {
      records: lines.map((line) => line.record),
      countedFirst: lines.map((line) => lastWindow(line) - SIZE_US / SLIDE_US + 1),
      countedLast: lines.map(lastWindow),
      atUs: lines.map((line) => line.appendedUs + 304_000),
      undoneUs: lines.map(() => Infinity),
    },
    ledger: {
      timesUs: new Float64Array(),
      records: new Int32Array(),
      statuses: new Uint8Array(),
      counts: new Int32Array(9),
    },
    refusals: [],
    metrics: {
      latencyMs: { records: 0, p50: null, p95: null, p99: null },
      recordsTouched: 0,
      stateHeld: { now: 0, max: 0 },
    },
  };
}
