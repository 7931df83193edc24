import { entryKinds } from '../../workers/trace/format.ts';
import type { RunModel } from '../run/RunModel.ts';
import { keptBy } from '../run/stays.ts';

/** Things worth jumping to: their name, and when they happen, ascending. */
export interface Jump {
  readonly words: string;
  readonly timesUs: readonly number[];
}

/**
 * What this run has to look at. A kind that never happens is not offered.
 *
 * @param shown the lanes that a person has on the bench, by id; what happens in others is nothing to jump to
 */
export function jumpsOf({ run, lanes, index }: RunModel, shown: readonly string[]): Jump[] {
  const { trace, texts } = run;
  const hidden = new Set(lanes.flatMap(({ lane }) => (shown.includes(lane.id) ? [] : [lane.node])));
  const late: number[] = [];
  const twice: number[] = [];
  const lost: number[] = [];
  index.header.parts.forEach(({ node, glyph }, part) => {
    if (hidden.has(node)) return;
    // What a topic got once more, and kept, is no loss.
    const kept = new Set(glyph === 'partition' ? keptBy(index.stays(part)).record : []);
    for (const entry of index.entries(entryKinds.drop, part)) lost.push(trace.timesUs[entry]!);
    for (const entry of index.entries(entryKinds.finding, part)) {
      const what = texts[trace.values[entry]!] ?? '';
      const times = what.startsWith('late')
        ? late
        : what.startsWith('duplicate')
          ? twice
          : what.startsWith('lost') && !kept.has(trace.records[entry]!)
            ? lost
            : null;
      times?.push(trace.timesUs[entry]!);
    }
  });
  const crashes = index.header.series
    .filter(({ what, node }) => what === 'down' && !hidden.has(node))
    .flatMap(({ id }) => index.spans(id).map(({ beganUs }) => beganUs));
  const checkpoints = lanes
    .filter(({ lane }) => !hidden.has(lane.node))
    .flatMap((lane) => lane.spans('checkpoint').map(({ beganUs }) => beganUs));
  const ascending = (times: number[]): number[] => [...new Set(times)].sort((a, b) => a - b);
  return [
    { words: 'crash', timesUs: ascending(crashes) },
    { words: 'lost record', timesUs: ascending(lost) },
    { words: 'duplicate', timesUs: ascending(twice) },
    { words: 'late record', timesUs: ascending(late) },
    { words: 'checkpoint', timesUs: ascending(checkpoints) },
  ]
    .filter(({ timesUs }) => timesUs.length > 0)
    .slice(0, 3);
}
