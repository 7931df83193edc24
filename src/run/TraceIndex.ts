import { entryKinds, type TraceBlock, type TraceHeader } from '../../workers/trace/format.ts';
import type { LinkHops } from './hops.ts';
import { listEntries, type EntryLists } from './columns.ts';
import { countUntil } from './search.ts';
import { matchStays, mergePassages, type Stays } from './stays.ts';

/** One gauge's readings in order of time. */
export interface Readings {
  readonly timesUs: Float64Array;
  readonly values: Float64Array;
}

/** One stretch of a series: a batch, a job, a checkpoint, a time of being down. */
export interface Span {
  readonly number: number;
  /** When it was opened, which for a batch may be later than `startUs`. */
  readonly beganUs: number;
  readonly startUs: number;
  /** Infinity while it has not closed. */
  readonly endUs: number;
  /** The series' own number at the end; NaN while it has not closed. */
  readonly value: number;
}

/** A trace arranged for questions of the form "what is in this part at this time". Built once a run. */
export class TraceIndex {
  readonly header: TraceHeader;
  readonly trace: TraceBlock;
  readonly #entries: EntryLists;
  readonly #hops = new Map<number, LinkHops>();
  readonly #stays = new Map<number, Stays>();
  readonly #readings = new Map<number, Readings>();
  readonly #spans = new Map<number, readonly Span[]>();
  readonly #gaugeNumbers: ReadonlyMap<string, number>;
  readonly #seriesNumbers: ReadonlyMap<string, number>;

  constructor(header: TraceHeader, trace: TraceBlock) {
    this.header = header;
    this.trace = trace;
    this.#entries = listEntries(trace, Object.keys(entryKinds).length);
    this.#gaugeNumbers = new Map(header.gauges.map((gauge, i) => [gauge.id, i]));
    this.#seriesNumbers = new Map(header.series.map((series, i) => [series.id, i]));
  }

  /** Hops of a pipe in the order in which they were sent. */
  hops(pipe: number): LinkHops {
    return memo(this.#hops, pipe, () => {
      const sends = this.#entries.of(entryKinds.send, pipe);
      const { record, timeUs } = this.#passages(entryKinds.send, pipe);
      const dueUs = Float64Array.from(sends, (entry) => this.trace.values[entry]!);
      return { count: sends.length, record, sentUs: timeUs, dueUs };
    });
  }

  stays(part: number): Stays {
    return memo(this.#stays, part, () => {
      const { id, holds } = this.header.parts[part]!;
      const arrivals = [this.#passages(entryKinds.write, part)];
      const departures = [this.#passages(entryKinds.leave, part)];
      if (holds !== 'log') departures.push(this.#passages(entryKinds.drop, part));
      this.header.pipes.forEach((pipe, number) => {
        const isExit = pipe.from === id && pipe.takes && holds !== 'log';
        if (pipe.to !== id && !isExit) return;
        const { record, sentUs, dueUs } = this.hops(number);
        if (pipe.to === id) arrivals.push({ record, timeUs: dueUs });
        if (isExit) departures.push({ record, timeUs: sentUs });
      });
      return matchStays(mergePassages(arrivals), mergePassages(departures));
    });
  }

  /** Readings of the gauge with this id; null where the run has no such gauge. */
  readings(id: string): Readings | null {
    const gauge = this.#gaugeNumbers.get(id);
    if (gauge === undefined) return null;
    return memo(this.#readings, gauge, () => {
      const own = this.#entries.of(entryKinds.gauge, gauge);
      return {
        timesUs: Float64Array.from(own, (entry) => this.trace.timesUs[entry]!),
        values: Float64Array.from(own, (entry) => this.trace.values[entry]!),
      };
    });
  }

  /** What a gauge shows at `timeUs`; null before its first reading. */
  gaugeAt(id: string, timeUs: number): number | null {
    const readings = this.readings(id);
    if (readings === null) return null;
    return readings.values[countUntil(readings.timesUs, timeUs) - 1] ?? null;
  }

  spans(id: string): readonly Span[] {
    const series = this.#seriesNumbers.get(id);
    if (series === undefined) return [];
    return memo(this.#spans, series, () => {
      const { trace } = this;
      const ends = new Map<number, number>();
      for (const entry of this.#entries.of(entryKinds.end, series)) {
        ends.set(trace.records[entry]!, entry);
      }
      const begins = this.#entries.of(entryKinds.begin, series);
      return Array.from(begins, (entry) => {
        const number = trace.records[entry]!;
        const end = ends.get(number);
        return {
          number,
          beganUs: trace.timesUs[entry]!,
          startUs: trace.values[entry]!,
          endUs: end === undefined ? Infinity : trace.timesUs[end]!,
          value: end === undefined ? NaN : trace.values[end]!,
        };
      });
    });
  }

  /** The entries of a kind at a subject. */
  entries(kind: number, subject: number): Int32Array {
    return this.#entries.of(kind, subject);
  }

  #passages(kind: number, subject: number): { record: Int32Array; timeUs: Float64Array } {
    const own = this.#entries.of(kind, subject);
    return {
      record: Int32Array.from(own, (entry) => this.trace.records[entry]!),
      timeUs: Float64Array.from(own, (entry) => this.trace.timesUs[entry]!),
    };
  }
}

function memo<Value>(kept: Map<number, Value>, key: number, make: () => Value): Value {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}
