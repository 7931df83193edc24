import type { Stops } from '../playback/Playhead.svelte.ts';
import { LaneIndex } from './LaneIndex.ts';
import { looksOf } from './looks.ts';
import type { Run } from './Run.ts';
import { keptBy } from './stays.ts';
import { TraceIndex } from './TraceIndex.ts';

/** A run with its indexes: what the pictures are made of. */
export interface RunModel {
  readonly run: Run;
  readonly index: TraceIndex;
  readonly lanes: readonly LaneIndex[];
  readonly stops: Stops;
  /** By class, the number of its look. */
  readonly looks: readonly number[];
  /** By record, the number of its look; −1 for one that the program filters. */
  readonly lookOf: Int8Array;
  /** When a log got a record for the second time. */
  readonly againUs: ReadonlyMap<number, number>;
}

export function modelOf(run: Run): RunModel {
  const index = new TraceIndex(run.header, run.trace);
  const lanes = run.lanes.map((lane) => new LaneIndex(lane, index));
  const looks = looksOf(run.records.classNames);
  const lookOf = run.records.classOf.map((recordClass) => looks[recordClass] ?? -1);
  return {
    run,
    index,
    lanes,
    stops: stopsOf(run, lanes),
    looks,
    lookOf,
    againUs: secondArrivals(index),
  };
}

function secondArrivals(index: TraceIndex): Map<number, number> {
  const firstUs = new Map<number, number>();
  const againUs = new Map<number, number>();
  index.header.parts.forEach((part, number) => {
    if (part.glyph !== 'partition') return;
    const { record, timeUs } = keptBy(index.stays(number));
    record.forEach((own, i) => {
      const before = firstUs.get(own);
      if (before === undefined) firstUs.set(own, timeUs[i]!);
      else againUs.set(own, Math.max(before, timeUs[i]!));
    });
  });
  return againUs;
}

function stopsOf(run: Run, lanes: readonly LaneIndex[]): Stops {
  const batches = lanes.flatMap((lane) => lane.spans('batch').map((span) => span.beganUs));
  const windows = lanes.flatMap((lane) => [...lane.visibleTimesUs]);
  return {
    record: run.records.arrivalUs.slice().sort(),
    batch: Float64Array.from(batches).sort(),
    window: Float64Array.from(windows).sort(),
  };
}
