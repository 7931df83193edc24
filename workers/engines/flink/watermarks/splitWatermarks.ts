/**
 * One watermark for a source reader out of those of its splits: the minimum over the splits that are not idle. So a
 * slow Kafka partition holds its reader back, and nothing becomes late because another partition is ahead.
 *
 * Follows Flink 1.20 `WatermarkOutputMultiplexer`: an immediate output combines at once, a deferred one on the periodic
 * tick (as FLIP-27 sources do for on-periodic emissions). Since Flink 2 the furthest watermark goes on when all are idle.
 */
import { LONG_MIN } from '../long.ts';

export interface SplitOutput {
  readonly split: string;
  watermarkMs: number;
  idle: boolean;
}

export interface SplitWatermarks {
  /** In the order in which they were registered; a reader has a few. */
  readonly splits: SplitOutput[];
  combinedMs: number;
  idle: boolean;
}

/** What the reader's own output gets: a larger watermark, idleness, or nothing. */
export type CombinedOutput = number | 'IDLE' | null;

export function createSplitWatermarks(): SplitWatermarks {
  return { splits: [], combinedMs: LONG_MIN, idle: false };
}

/** One that is registered already begins anew. */
export function registerSplit(state: SplitWatermarks, split: string): void {
  unregisterSplit(state, split);
  state.splits.push({ split, watermarkMs: LONG_MIN, idle: false });
}

/** Time moves on only at the next update, even if the slowest split went. */
export function unregisterSplit(state: SplitWatermarks, split: string): void {
  const at = state.splits.findIndex((output) => output.split === split);
  if (at >= 0) state.splits.splice(at, 1);
}

/**
 * A split's watermark; an older one than its last is ignored, but the split counts as active again.
 * @returns whether it grew
 */
export function setSplitWatermark(
  state: SplitWatermarks,
  split: string,
  watermarkMs: number,
): boolean {
  const output = outputOf(state, split);
  if (output === null) return false;
  output.idle = false;
  const grew = watermarkMs > output.watermarkMs;
  if (grew) output.watermarkMs = watermarkMs;
  return grew;
}

export function setSplitIdle(state: SplitWatermarks, split: string): void {
  const output = outputOf(state, split);
  if (output !== null) output.idle = true;
}

function outputOf({ splits }: SplitWatermarks, split: string): SplitOutput | null {
  for (const output of splits) if (output.split === split) return output;
  return null;
}

/** What an immediate output emits combines at once, if it could let the reader's watermark grow. */
export function emitOfSplit(
  state: SplitWatermarks,
  split: string,
  emitted: number | 'IDLE',
): CombinedOutput {
  if (emitted === 'IDLE') {
    setSplitIdle(state, split);
    return combineSplits(state);
  }
  const grew = setSplitWatermark(state, split, emitted);
  return grew && emitted > state.combinedMs ? combineSplits(state) : null;
}

/** `updateCombinedWatermark`. */
export function combineSplits(state: SplitWatermarks): CombinedOutput {
  if (state.splits.length === 0) return null;
  let minimumMs: number | null = null;
  for (const { idle, watermarkMs } of state.splits)
    if (!idle && (minimumMs === null || watermarkMs < minimumMs)) minimumMs = watermarkMs;
  state.idle = minimumMs === null;
  if (minimumMs === null) return 'IDLE';
  if (minimumMs <= state.combinedMs) return null;
  state.combinedMs = minimumMs;
  return minimumMs;
}
