import type { LaneRun, Output } from './Run.ts';
import { countUntil } from './search.ts';
import { keptBy, type Passages } from './stays.ts';
import type { Readings, Span, TraceIndex } from './TraceIndex.ts';

/** Records as they reach a lane, in order of time. */
export interface LaneInput {
  readonly record: Int32Array;
  readonly timeUs: Float64Array;
}

/** One lane arranged for questions at an instant. Built once a run, and mostly when first asked. */
export class LaneIndex {
  readonly lane: LaneRun;
  /** Outputs that become visible, in that order. */
  readonly outputs: readonly Output[];
  readonly #visibleUs: Float64Array;
  readonly #index: TraceIndex;
  readonly #members = new Map<Output, readonly number[]>();
  readonly #watermark: string | null;
  #input: LaneInput | null = null;

  constructor(lane: LaneRun, index: TraceIndex) {
    this.lane = lane;
    this.#index = index;
    this.outputs = lane.outputs
      .filter((output) => output.visibleUs !== Infinity)
      .sort((a, b) => a.visibleUs - b.visibleUs);
    this.#visibleUs = Float64Array.from(this.outputs, (output) => output.visibleUs);
    this.#watermark = watermarkGauge(lane, index);
  }

  /** How many outputs are visible at `timeUs`: they are the first ones of `outputs`. */
  visibleCount(timeUs: number): number {
    return countUntil(this.#visibleUs, timeUs);
  }

  get visibleTimesUs(): Float64Array {
    return this.#visibleUs;
  }

  /** The records that an output counted, a record once for each of its tuples. */
  membersOf(output: Output): readonly number[] {
    const known = this.#members.get(output);
    if (known !== undefined) return known;
    const { records, countedFirst, countedLast, atUs, undoneUs } = this.lane.occurrences;
    const members: number[] = [];
    for (let i = 0; i < records.length; i += 1) {
      if (countedFirst[i]! > output.window || countedLast[i]! < output.window) continue;
      if (atUs[i]! <= output.computedUs && undoneUs[i]! > output.computedUs)
        members.push(records[i]!);
    }
    this.#members.set(output, members);
    return members;
  }

  /** The windows that count the record now or will: those that light up with it. */
  windowsOf(record: number): Set<number> {
    const { records, countedFirst, countedLast, undoneUs } = this.lane.occurrences;
    const windows = new Set<number>();
    for (let i = 0; i < records.length; i += 1) {
      if (records[i] !== record || undoneUs[i] !== Infinity) continue;
      for (let k = countedFirst[i]!; k <= countedLast[i]!; k += 1) windows.add(k);
    }
    return windows;
  }

  /** Windows that hold something at `timeUs` and have not been computed yet, oldest first. */
  openWindowsAt(timeUs: number): { startUs: number; endUs: number; count: number }[] {
    const { sizeUs, slideUs } = this.lane;
    const [first] = this.lane.outputs;
    if (sizeUs === null || slideUs === null || first === undefined) return [];
    const { countedFirst, countedLast, atUs, undoneUs } = this.lane.occurrences;
    // By window, how many ranges begin with it less how many ended before it: a record may be in hundreds.
    const changes = new Map<number, number>();
    const change = (window: number, by: number) =>
      changes.set(window, (changes.get(window) ?? 0) + by);
    for (let i = 0; i < atUs.length && atUs[i]! <= timeUs; i += 1) {
      if (undoneUs[i]! <= timeUs || countedFirst[i]! > countedLast[i]!) continue;
      change(countedFirst[i]!, 1);
      change(countedLast[i]! + 1, -1);
    }
    const counts = new Map<number, number>();
    let open = 0;
    const windows = [...changes.keys()].sort((a, b) => a - b);
    for (const [i, window] of windows.entries()) {
      open += changes.get(window) ?? 0;
      if (open === 0) continue;
      for (let k = window; k < (windows[i + 1] ?? window); k += 1) counts.set(k, open);
    }
    for (const output of this.lane.outputs) {
      if (output.computedUs <= timeUs) counts.delete(output.window);
    }
    const endOfZeroUs = first.endUs - first.window * slideUs;
    return [...counts]
      .sort(([a], [b]) => a - b)
      .map(([k, count]) => {
        const endUs = endOfZeroUs + k * slideUs;
        return { startUs: endUs - sizeUs, endUs, count };
      });
  }

  /** What reaches the lane: the logs that it reads, or what arrives at its own receivers. */
  get input(): LaneInput {
    this.#input ??= laneInput(this.lane, this.#index);
    return this.#input;
  }

  spans(name: string): readonly Span[] {
    return this.#index.spans(`${this.lane.node}:${name}`);
  }

  /** The lane's event time clock, as steps; null where it has none. */
  get watermark(): { timesUs: Float64Array; values: Float64Array } | null {
    return this.#watermark === null ? null : this.#index.readings(this.#watermark);
  }

  watermarkAt(timeUs: number): number | null {
    return this.#watermark === null ? null : this.#index.gaugeAt(this.#watermark, timeUs);
  }
}

function isOf(lane: LaneRun, part: string): boolean {
  return part === lane.node || part.startsWith(`${lane.node}/`);
}

/** The watermark of the operator that fires the windows; one of another operator only where there is no such. */
function watermarkGauge(lane: LaneRun, { header }: TraceIndex): string | null {
  const own = header.gauges.filter(({ id, part }) => isOf(lane, part) && id.endsWith(':watermark'));
  const windows = new Set(
    header.parts.filter(({ glyph }) => glyph.startsWith('window')).map(({ id }) => id),
  );
  return (own.find(({ part }) => windows.has(part)) ?? own[0])?.id ?? null;
}

function laneInput(lane: LaneRun, index: TraceIndex): LaneInput {
  const { parts, pipes } = index.header;
  const numbers = new Set<number>();
  for (const pipe of pipes) {
    if (isOf(lane, pipe.from) || !isOf(lane, pipe.to)) continue;
    const from = parts.findIndex(({ id }) => id === pipe.from);
    const to = parts.findIndex(({ id }) => id === pipe.to);
    numbers.add(parts[from]?.holds === 'log' ? from : to);
  }
  const arrivals: { record: number; timeUs: number }[] = [];
  for (const number of numbers) {
    const stays = index.stays(number);
    const part = parts[number]!;
    const { record, timeUs } =
      part.holds === 'log'
        ? readableFrom(keptBy(stays), index.readings(`${part.id}:hw`))
        : { record: stays.record, timeUs: stays.fromUs };
    record.forEach((own, i) => arrivals.push({ record: own, timeUs: timeUs[i]! }));
  }
  arrivals.sort((a, b) => a.timeUs - b.timeUs);
  return {
    record: Int32Array.from(arrivals, ({ record }) => record),
    timeUs: Float64Array.from(arrivals, ({ timeUs }) => timeUs),
  };
}

/** When a log's records could be read: not before its high watermark had passed them. */
function readableFrom({ record, timeUs }: Passages, highWatermark: Readings | null): Passages {
  if (highWatermark === null) return { record, timeUs };
  const { timesUs, values } = highWatermark;
  let reading = 0;
  const readableUs = timeUs.map((atUs, offset) => {
    while (reading < values.length && values[reading]! <= offset) reading += 1;
    return Math.max(atUs, timesUs[reading] ?? Infinity);
  });
  return { record, timeUs: readableUs };
}
