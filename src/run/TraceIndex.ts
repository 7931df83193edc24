import { entryKinds, type TraceBlock, type TraceHeader } from '../../workers/trace/format.ts';
import type { Hops } from '../stage/screenTime.ts';
import { entriesBySubject, type EntriesBySubject } from './columns.ts';
import { countUntil } from './search.ts';
import { matchStays, type Passage, type Stays } from './stays.ts';

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
  readonly #sends: EntriesBySubject;
  readonly #writes: EntriesBySubject;
  readonly #leaves: EntriesBySubject;
  readonly #drops: EntriesBySubject;
  readonly #gauges: EntriesBySubject;
  readonly #begins: EntriesBySubject;
  readonly #ends: EntriesBySubject;
  readonly #hops = new Map<number, Hops>();
  readonly #stays = new Map<number, Stays>();
  readonly #readings = new Map<number, Readings>();
  readonly #spans = new Map<number, readonly Span[]>();
  readonly #gaugeNumbers: ReadonlyMap<string, number>;
  readonly #seriesNumbers: ReadonlyMap<string, number>;

  constructor(header: TraceHeader, trace: TraceBlock) {
    this.header = header;
    this.trace = trace;
    this.#sends = entriesBySubject(trace, entryKinds.send, header.pipes.length);
    this.#writes = entriesBySubject(trace, entryKinds.write, header.parts.length);
    this.#leaves = entriesBySubject(trace, entryKinds.leave, header.parts.length);
    this.#drops = entriesBySubject(trace, entryKinds.drop, header.parts.length);
    this.#gauges = entriesBySubject(trace, entryKinds.gauge, header.gauges.length);
    this.#begins = entriesBySubject(trace, entryKinds.begin, header.series.length);
    this.#ends = entriesBySubject(trace, entryKinds.end, header.series.length);
    this.#gaugeNumbers = new Map(header.gauges.map((gauge, i) => [gauge.id, i]));
    this.#seriesNumbers = new Map(header.series.map((series, i) => [series.id, i]));
  }

  /** Hops of a pipe in the order in which they were sent. */
  hops(pipe: number): Hops {
    return memo(this.#hops, pipe, () => {
      const { first, entries } = this.#sends;
      const [from, to] = [first[pipe]!, first[pipe + 1]!];
      const record = new Int32Array(to - from);
      const sentUs = new Float64Array(to - from);
      const dueUs = new Float64Array(to - from);
      for (let i = from; i < to; i += 1) {
        const entry = entries[i]!;
        record[i - from] = this.trace.records[entry]!;
        sentUs[i - from] = this.trace.timesUs[entry]!;
        dueUs[i - from] = this.trace.values[entry]!;
      }
      return { count: to - from, record, sentUs, dueUs };
    });
  }

  stays(part: number): Stays {
    return memo(this.#stays, part, () => {
      const { id, holds } = this.header.parts[part]!;
      const arrivals = this.#passages(this.#writes, part);
      const departures = holds === 'log' ? [] : this.#passages(this.#leaves, part);
      if (holds !== 'log') departures.push(...this.#passages(this.#drops, part));
      this.header.pipes.forEach((pipe, number) => {
        if (pipe.to !== id && !(pipe.from === id && pipe.takes)) return;
        const hops = this.hops(number);
        for (let i = 0; i < hops.count; i += 1) {
          const record = hops.record[i]!;
          if (pipe.to === id) arrivals.push({ record, timeUs: hops.dueUs[i]! });
          else if (holds !== 'log') departures.push({ record, timeUs: hops.sentUs[i]! });
        }
      });
      return matchStays(arrivals.sort(byTime), departures.sort(byTime));
    });
  }

  /** Readings of the gauge with this id; null where the run has no such gauge. */
  readings(id: string): Readings | null {
    const gauge = this.#gaugeNumbers.get(id);
    if (gauge === undefined) return null;
    return memo(this.#readings, gauge, () => {
      const { first, entries } = this.#gauges;
      const own = entries.subarray(first[gauge], first[gauge + 1]);
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
      for (const entry of this.#ends.entries.subarray(
        this.#ends.first[series],
        this.#ends.first[series + 1],
      )) {
        ends.set(trace.records[entry]!, entry);
      }
      const begins = this.#begins.entries.subarray(
        this.#begins.first[series],
        this.#begins.first[series + 1],
      );
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

  #passages({ first, entries }: EntriesBySubject, part: number): Passage[] {
    return Array.from(entries.subarray(first[part], first[part + 1]), (entry) => ({
      record: this.trace.records[entry]!,
      timeUs: this.trace.timesUs[entry]!,
    }));
  }
}

function byTime(a: Passage, b: Passage): number {
  return a.timeUs - b.timeUs;
}

function memo<Value>(kept: Map<number, Value>, key: number, make: () => Value): Value {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
}
