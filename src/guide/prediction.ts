import { secondsText } from '../stage/glyphs/units.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';

/** What the learner may choose from: the records of each batch up to the result, oldest batch first. */
export interface BatchChoice {
  readonly startUs: number;
  readonly endUs: number;
  readonly records: readonly number[];
}

export function choicesUntil(lane: LaneIndex, endUs: number): BatchChoice[] {
  const { batchUs } = lane.lane;
  if (batchUs === null) return [];
  const { record, timeUs } = lane.input;
  return Array.from({ length: Math.ceil(endUs / batchUs) }, (_, n) => {
    const records: number[] = [];
    timeUs.forEach((at, i) => {
      if (at >= n * batchUs && at < (n + 1) * batchUs) records.push(record[i]!);
    });
    return { startUs: n * batchUs, endUs: (n + 1) * batchUs, records };
  });
}

/** The gap between what was predicted and what the simulation counted. */
export interface Gap {
  readonly right: number;
  /** Counted, and not predicted. */
  readonly missed: readonly number[];
  /** Predicted, and not counted. */
  readonly extra: readonly number[];
}

export function gapBetween(predicted: ReadonlySet<number>, counted: readonly number[]): Gap {
  const truth = new Set(counted);
  const missed = [...truth].filter((record) => !predicted.has(record));
  const extra = [...predicted].filter((record) => !truth.has(record));
  return { right: truth.size - missed.length, missed, extra };
}

/** The gap in words; what the window really covers is said where something was wrong. */
export function gapWords(
  { right, missed, extra }: Gap,
  { startUs, endUs }: { readonly startUs: number; readonly endUs: number },
): string {
  if (missed.length === 0 && extra.length === 0) return `All ${String(right)}: exactly right.`;
  const parts = [`${String(right)} right`];
  if (missed.length > 0) parts.push(`${String(missed.length)} missed`);
  if (extra.length > 0) parts.push(`${String(extra.length)} too many`);
  const span = `${secondsText(startUs)} to ${secondsText(endUs)} s`;
  return `${parts.join(', ')}. A window looks back over whole batches: ${span}.`;
}
