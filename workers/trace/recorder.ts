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
  return new BlockRecorder(header);
}

/** A class, so that every run has the same functions: the engines' calls to them stay fast from run to run. */
class BlockRecorder implements OwnedRecorder {
  nowUs = 0;
  muted = false;
  readonly texts: string[] = [];
  private readonly parts: Map<string, number>;
  private readonly pipes: Map<string, number>;
  private readonly gauges: Map<string, number>;
  private readonly series: Map<string, number>;
  private readonly textIds = new Map<string, number>();
  private readonly state: TraceHash = createTraceHash();
  private full: TraceBlock[] = [];
  private kinds = new Uint8Array(ENTRIES_A_BLOCK);
  private subjects = new Uint16Array(ENTRIES_A_BLOCK);
  private records = new Int32Array(ENTRIES_A_BLOCK);
  private timesUs = new Float64Array(ENTRIES_A_BLOCK);
  private values = new Float64Array(ENTRIES_A_BLOCK);
  private used = 0;
  private hashed = 0;

  constructor(header: TraceHeader) {
    this.parts = indexById(header.parts, 'part');
    this.pipes = indexById(header.pipes, 'pipe');
    this.gauges = indexById(header.gauges, 'gauge');
    this.series = indexById(header.series, 'series');
  }

  part(id: string): number {
    return lookUp(this.parts, id, 'part');
  }

  pipe(id: string): number {
    return lookUp(this.pipes, id, 'pipe');
  }

  gaugeId(id: string): number {
    return lookUp(this.gauges, id, 'gauge');
  }

  seriesId(id: string): number {
    return lookUp(this.series, id, 'series');
  }

  write(part: number, record: RecordId): void {
    this.put(entryKinds.write, part, record, 0);
  }

  send(pipe: number, record: RecordId, dueUs: number): void {
    if (dueUs >= 0) this.put(entryKinds.send, pipe, record, dueUs);
  }

  leave(part: number, record: RecordId): void {
    this.put(entryKinds.leave, part, record, 0);
  }

  drop(part: number, record: RecordId, cause: string): void {
    this.put(entryKinds.drop, part, record, this.textId(cause));
  }

  gauge(gauge: number, value: number): void {
    this.put(entryKinds.gauge, gauge, -1, value);
  }

  begin(series: number, span: number, startUs: number): void {
    this.put(entryKinds.begin, series, span, startUs);
  }

  end(series: number, span: number, value: number): void {
    this.put(entryKinds.end, series, span, value);
  }

  mark(part: number, text: string): void {
    this.put(entryKinds.mark, part, -1, this.textId(text));
  }

  finding(part: number, record: RecordId, what: string): void {
    this.put(entryKinds.finding, part, record, this.textId(what));
  }

  result(part: number, output: number, window: number): void {
    this.put(entryKinds.result, part, output, window);
  }

  takeBlocks(): TraceBlock[] {
    if (this.used > 0) this.closeBlock();
    const blocks = this.full;
    this.full = [];
    return blocks;
  }

  hash(): string {
    hashBlock(this.state, this.block(), this.hashed);
    this.hashed = this.used;
    return digest(this.state);
  }

  private put(kind: number, subject: number, record: number, value: number): void {
    if (this.muted) return;
    if (this.used === ENTRIES_A_BLOCK) this.closeBlock();
    const { used } = this;
    this.kinds[used] = kind;
    this.subjects[used] = subject;
    this.records[used] = record;
    this.timesUs[used] = this.nowUs;
    this.values[used] = value;
    this.used = used + 1;
  }

  private closeBlock(): void {
    const block = this.block();
    hashBlock(this.state, block, this.hashed);
    this.full.push(this.used === ENTRIES_A_BLOCK ? block : trimmed(block));
    this.kinds = new Uint8Array(ENTRIES_A_BLOCK);
    this.subjects = new Uint16Array(ENTRIES_A_BLOCK);
    this.records = new Int32Array(ENTRIES_A_BLOCK);
    this.timesUs = new Float64Array(ENTRIES_A_BLOCK);
    this.values = new Float64Array(ENTRIES_A_BLOCK);
    this.used = 0;
    this.hashed = 0;
  }

  private block(): TraceBlock {
    const { used, kinds, subjects, records, timesUs, values } = this;
    return { length: used, kinds, subjects, records, timesUs, values };
  }

  private textId(text: string): number {
    const known = this.textIds.get(text);
    if (known !== undefined) return known;
    const id = this.texts.length;
    this.texts.push(text);
    this.textIds.set(text, id);
    hashText(this.state, text);
    return id;
  }
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
