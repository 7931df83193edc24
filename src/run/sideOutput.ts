import { entryKinds } from '../../workers/trace/format.ts';
import type { LaneIndex } from './LaneIndex.ts';
import type { RunModel } from './RunModel.ts';

/** As a Flink lane words it in its trace. */
const FINDING = 'late, in the side output';

/** The late records that a lane handed to its side output instead of dropping them. */
export function sideOutputOf({ run, index }: RunModel, { lane }: LaneIndex): Set<number> {
  const { trace, texts, header } = run;
  const text = texts.indexOf(FINDING);
  const records = new Set<number>();
  header.parts.forEach(({ node }, part) => {
    if (text < 0 || node !== lane.node) return;
    for (const entry of index.entries(entryKinds.finding, part))
      if (trace.values[entry] === text) records.add(trace.records[entry]!);
  });
  return records;
}
