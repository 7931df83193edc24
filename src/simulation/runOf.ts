import type { LanePicture, NodePicture, Picture } from '../../workers/protocol.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import type { TraceBlock } from '../../workers/trace/format.ts';
import type { LaneRun, NodeFacts, ProgramText, Run, RunRecords } from '../run/Run.ts';

/** Keys that get a colour and a shape of their own; all further ones share the last class. */
const CLASSES_MAX = 6;

/** The worker's picture, with all blocks of the trace so far, as the page reads it. */
export function runOf(picture: Picture, blocks: readonly TraceBlock[], scenario: Scenario): Run {
  return {
    durationUs: scenario.durationMs * 1000,
    reachedUs: picture.reachedUs,
    startEpochMs: scenario.startEpochMs,
    traceHash: picture.traceHash,
    header: picture.header,
    trace: joined(blocks),
    texts: picture.texts,
    records: recordsOf(picture),
    lanes: picture.lanes.map((lane) => laneOf(lane, picture, scenario)),
    nodes: picture.nodes.map(nodeFacts),
    shared: picture.shared,
    fileReports: picture.fileReports,
  };
}

/** One block from many. */
export function joined(blocks: readonly TraceBlock[]): TraceBlock {
  const [only] = blocks;
  if (blocks.length === 1 && only) return only;
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const all = {
    length,
    kinds: new Uint8Array(length),
    subjects: new Uint16Array(length),
    records: new Int32Array(length),
    timesUs: new Float64Array(length),
    values: new Float64Array(length),
  };
  let at = 0;
  for (const block of blocks) {
    all.kinds.set(block.kinds, at);
    all.subjects.set(block.subjects, at);
    all.records.set(block.records, at);
    all.timesUs.set(block.timesUs, at);
    all.values.set(block.values, at);
    at += block.length;
  }
  return all;
}

function recordsOf({
  records: { count, arrivalUs, eventTimeUs, keyOf, keys },
}: Picture): RunRecords {
  // The most frequent keys, in the order of their names, so that a colour means the same on every input.
  const shown = keys.length > CLASSES_MAX ? mostFrequent(keys, keyOf, CLASSES_MAX - 1) : [...keys];
  shown.sort();
  const classNames = keys.length > shown.length ? [...shown, 'others'] : shown;
  const classOfKey = Int8Array.from(keys, (key) => {
    const index = shown.indexOf(key);
    return index < 0 ? shown.length : index;
  });
  const classOf = Int8Array.from(keyOf, (key) => (key < 0 ? -1 : classOfKey[key]!));
  return { count, arrivalUs, eventTimeUs, classOf, classNames };
}

function mostFrequent(keys: readonly string[], keyOf: Int32Array, most: number): string[] {
  const counts = new Int32Array(keys.length);
  for (const key of keyOf) if (key >= 0) counts[key]! += 1;
  return [...keys.keys()]
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most)
    .map((key) => keys[key]!);
}

function laneOf(lane: LanePicture, { header }: Picture, scenario: Scenario): LaneRun {
  const isRunning = header.parts.some(({ node }) => node === lane.id);
  // A job that its engine refused to start has no batches and no windows.
  const inRun = (ms: number | null) => (isRunning && ms !== null ? ms * 1000 : null);
  const node = scenario.nodes.find(({ id }) => id === lane.id);
  return {
    id: lane.id,
    node: lane.id,
    engine: lane.type as LaneRun['engine'],
    ends: lane.type === 'storm' ? '(]' : '[)',
    isRunning,
    sizeUs: inRun(lane.windowIntervalMs),
    slideUs: inRun(lane.slideIntervalMs),
    batchUs: node && 'batchIntervalMs' in node ? inRun(node.batchIntervalMs) : null,
    outputs: lane.outputs,
    occurrences: lane.occurrences,
    ledger: lane.ledger,
    refusals: lane.refusals,
    metrics: lane.metrics,
  };
}

function nodeFacts({ id, type, version, omissions, knobs, program }: NodePicture): NodeFacts {
  return { id, type, version, omissions, knobs, program: program && programText(program) };
}

/** The program by lines, its marks by line and column. */
function programText({ language, text, marks }: NonNullable<NodePicture['program']>): ProgramText {
  const lines = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return {
    language,
    lines,
    marks: marks.map(({ start, end, knob }) => {
      const line = starts.findLastIndex((begin) => begin <= start);
      return { line, start: start - starts[line]!, end: end - starts[line]!, knob };
    }),
  };
}
