/**
 * The last step before watermarks go downstream: they never regress, and a stream that was idle becomes active again only
 * together with a watermark that advances. Records may flow meanwhile.
 *
 * Follows Flink 1.20 `TimestampsAndWatermarksOperator.WatermarkEmitter`; that of sources does the same.
 */
import { LONG_MIN } from '../long.ts';
import type { ValveOutput } from './watermarkValve.ts';

export interface WatermarkEmitter {
  currentMs: number;
  idle: boolean;
}

export function createWatermarkEmitter(): WatermarkEmitter {
  return { currentMs: LONG_MIN, idle: false };
}

/** What goes downstream of what a generator emitted. */
export function emit(emitter: WatermarkEmitter, emitted: number | 'IDLE' | null): ValveOutput[] {
  if (emitted === null) return [];
  if (emitted === 'IDLE') {
    if (emitter.idle) return [];
    emitter.idle = true;
    return ['IDLE'];
  }
  if (emitted <= emitter.currentMs) return [];
  emitter.currentMs = emitted;
  if (!emitter.idle) return [emitted];
  emitter.idle = false;
  return ['ACTIVE', emitted];
}
