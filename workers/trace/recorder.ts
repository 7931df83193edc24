import { assert } from '../kernel/assert.ts';
import { entryKinds, type RecordId, type TraceBlock, type TraceHeader } from './format.ts';
import { createTraceHash, digest, hashBlock, hashText, type TraceHash } from './hash.ts';

/**
 * The engines' pen. Names are turned into numbers once, at the start of a run; after that writing an entry is five
 * array writes.
 */
export interface Recorder {
  /** @throws when no such part was declared. */
  part(id: string): number;
  pipe(id: string): number;
  gaugeId(id: string): number;
  seriesId(id: string): number;

  write(part: number, record: RecordId): void;
  /** @param dueUs what the environment's `send` returned; nothing is drawn of a message that a cut link swallowed */
  send(pipe: number, record: RecordId, dueUs: number): void;
  leave(part: number, record: RecordId): void;
  drop(part: number, record: RecordId, cause: string): void;
  gauge(gauge: number, value: number): void;
  begin(series: number, span: number, startUs: number): void;
  end(series: number, span: number, value: number): void;
  mark(part: number, text: string): void;
  finding(part: number, record: RecordId, what: string): void;
  result(part: number, output: number, window: number): void;
}

const ENTRIES_A_BLOCK = 65536;

/** A recorder that the kernel owns: it knows the time and hands over what was written. */
export interface OwnedRecorder extends Recorder {
  nowUs: number;
  /** While true nothing is written: a seek runs again through what is already recorded. */
  muted: boolean;
  readonly texts: readonly string[];
  /** What was written since the last call; the caller owns it. */
  takeBlocks(): TraceBlock[];
  /** The hash of everything written so far, 16 hexadecimal digits. Takes nothing. */
  hash(): string;
}

export function createRecorder(header: TraceHeader): OwnedRecorder {
  const parts = indexById(header.parts, 'part');
  const pipes = indexById(header.pipes, 'pipe');
  const gauges = indexById(header.gauges, 'gauge');
  const series = indexById(header.series, 'series');
  const texts: string[] = [];
  const textIds = new Map<string, number>();
  const state: TraceHash = createTraceHash();
  // Texts have a hash of their own, because entries are hashed later than they are written.
  const textState: TraceHash = createTraceHash();
  let full: TraceBlock[] = [];
  let kinds = new Uint8Array(ENTRIES_A_BLOCK);
  let subjects = new Uint16Array(ENTRIES_A_BLOCK);
  let records = new Int32Array(ENTRIES_A_BLOCK);
  let timesUs = new Float64Array(ENTRIES_A_BLOCK);
  let values = new Float64Array(ENTRIES_A_BLOCK);
  let used = 0;
  let hashed = 0;

  function closeBlock(): void {
    const block = { length: used, kinds, subjects, records, timesUs, values };
    hashBlock(state, block, hashed);
    full.push(used === ENTRIES_A_BLOCK ? block : trimmed(block));
    kinds = new Uint8Array(ENTRIES_A_BLOCK);
    subjects = new Uint16Array(ENTRIES_A_BLOCK);
    records = new Int32Array(ENTRIES_A_BLOCK);
    timesUs = new Float64Array(ENTRIES_A_BLOCK);
    values = new Float64Array(ENTRIES_A_BLOCK);
    used = 0;
    hashed = 0;
  }

  function put(kind: number, subject: number, record: number, value: number): void {
    if (recorder.muted) return;
    if (used === ENTRIES_A_BLOCK) closeBlock();
    kinds[used] = kind;
    subjects[used] = subject;
    records[used] = record;
    timesUs[used] = recorder.nowUs;
    values[used] = value;
    used += 1;
  }

  function textId(text: string): number {
    const known = textIds.get(text);
    if (known !== undefined) return known;
    const id = texts.length;
    texts.push(text);
    textIds.set(text, id);
    hashText(textState, text);
    return id;
  }

  const recorder: OwnedRecorder = {
    nowUs: 0,
    muted: false,
    texts,
    part: (id) => lookUp(parts, id, 'part'),
    pipe: (id) => lookUp(pipes, id, 'pipe'),
    gaugeId: (id) => lookUp(gauges, id, 'gauge'),
    seriesId: (id) => lookUp(series, id, 'series'),
    write: (part, record) => put(entryKinds.write, part, record, 0),
    send: (pipe, record, dueUs) => {
      if (dueUs >= 0) put(entryKinds.send, pipe, record, dueUs);
    },
    leave: (part, record) => put(entryKinds.leave, part, record, 0),
    drop: (part, record, cause) => put(entryKinds.drop, part, record, textId(cause)),
    gauge: (gauge, value) => put(entryKinds.gauge, gauge, -1, value),
    begin: (id, span, startUs) => put(entryKinds.begin, id, span, startUs),
    end: (id, span, value) => put(entryKinds.end, id, span, value),
    mark: (part, text) => put(entryKinds.mark, part, -1, textId(text)),
    finding: (part, record, what) => put(entryKinds.finding, part, record, textId(what)),
    result: (part, output, window) => put(entryKinds.result, part, output, window),
    takeBlocks() {
      if (used > 0) closeBlock();
      const blocks = full;
      full = [];
      return blocks;
    },
    hash() {
      hashBlock(state, { length: used, kinds, subjects, records, timesUs, values }, hashed);
      hashed = used;
      return digest(state, textState);
    },
  };
  return recorder;
}

function trimmed(block: TraceBlock): TraceBlock {
  const { length } = block;
  return {
    length,
    kinds: block.kinds.slice(0, length),
    subjects: block.subjects.slice(0, length),
    records: block.records.slice(0, length),
    timesUs: block.timesUs.slice(0, length),
    values: block.values.slice(0, length),
  };
}

function indexById(list: readonly { readonly id: string }[], what: string): Map<string, number> {
  const index = new Map<string, number>();
  list.forEach((item, position) => {
    assert(!index.has(item.id), `the ${what} ${item.id} is declared twice`);
    index.set(item.id, position);
  });
  return index;
}

function lookUp(index: Map<string, number>, id: string, what: string): number {
  const position = index.get(id);
  assert(position !== undefined, `no ${what} ${id} was declared`);
  return position;
}
