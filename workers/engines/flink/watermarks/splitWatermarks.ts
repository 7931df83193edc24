/**
 * One watermark for a source reader out of those of its splits: the minimum over the splits that are not idle. So a
 * slow Kafka partition holds its reader back, and nothing becomes late because another partition is ahead.
 *
 * Follows Flink 1.20 `WatermarkOutputMultiplexer`: an immediate output combines at once, a deferred one on the periodic
 * tick (as FLIP-27 sources do for on-periodic emissions). Since Flink 2 the furthest watermark goes on when all are idle.
 */
import { LONG_MIN } from '../long.ts';

export interface SplitOutput {
  watermarkMs: number;
  idle: boolean;
}

export interface SplitWatermarks {
  readonly splits: Map<string, SplitOutput>;
  combinedMs: number;
  idle: boolean;
}

/** What the reader's own output gets: a larger watermark, idleness, or nothing. */
export type CombinedOutput = number | 'IDLE' | null;

export function createSplitWatermarks(): SplitWatermarks {
  return { splits: new Map(), combinedMs: LONG_MIN, idle: false };
}

export function registerSplit(state: SplitWatermarks, split: string): void {
  state.splits.set(split, { watermarkMs: LONG_MIN, idle: false });
}

/** Time moves on only at the next update, even if the slowest split went. */
export function unregisterSplit(state: SplitWatermarks, split: string): void {
  state.splits.delete(split);
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
  const output = state.splits.get(split);
  if (output === undefined) return false;
  output.idle = false;
  const grew = watermarkMs > output.watermarkMs;
  if (grew) output.watermarkMs = watermarkMs;
  return grew;
}

export function setSplitIdle(state: SplitWatermarks, split: string): void {
  const output = state.splits.get(split);
  if (output !== undefined) output.idle = true;
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
  if (state.splits.size === 0) return null;
  let minimumMs: number | null = null;
  for (const { idle, watermarkMs } of state.splits.values())
    if (!idle && (minimumMs === null || watermarkMs < minimumMs)) minimumMs = watermarkMs;
  state.idle = minimumMs === null;
  if (minimumMs === null) return 'IDLE';
  if (minimumMs <= state.combinedMs) return null;
  state.combinedMs = minimumMs;
  return minimumMs;
}
