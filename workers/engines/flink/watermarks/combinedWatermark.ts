/**
 * The watermark of an operator with two inputs: the minimum over its inputs that are not idle. Unlike the valve of one
 * input there is no flush when both fall idle, and an input that comes back holds time where it is.
 *
 * Follows Flink 1.20 `IndexedCombinedWatermarkStatus` and `CombinedWatermarkStatus`.
 *
 * A component of its own: no operator of a lane has two inputs.
 */
import { LONG_MIN } from '../long.ts';
import type { ValveOutput } from './watermarkValve.ts';

export interface CombinedWatermark {
  readonly inputs: { watermarkMs: number; idle: boolean }[];
  combinedMs: number;
  idle: boolean;
}

export function createCombinedWatermark(inputCount: number): CombinedWatermark {
  return {
    inputs: Array.from({ length: inputCount }, () => ({ watermarkMs: LONG_MIN, idle: false })),
    combinedMs: LONG_MIN,
    idle: false,
  };
}

/** What goes on downstream: a larger watermark first, and then a change of the status. */
export function updateInput(
  state: CombinedWatermark,
  inputIndex: number,
  update: ValveOutput,
): ValveOutput[] {
  const input = state.inputs[inputIndex];
  if (input === undefined) return [];
  const wasIdle = state.idle;
  if (typeof update === 'number') {
    input.watermarkMs = Math.max(input.watermarkMs, update);
    // A watermark wakes its input, and with it the operator, which tells nobody.
    input.idle = false;
    return combine(state);
  }
  input.idle = update === 'IDLE';
  const advanced = combine(state);
  return wasIdle === state.idle ? advanced : [...advanced, update];
}

function combine(state: CombinedWatermark): ValveOutput[] {
  let minimumMs: number | null = null;
  for (const { idle, watermarkMs } of state.inputs)
    if (!idle && (minimumMs === null || watermarkMs < minimumMs)) minimumMs = watermarkMs;
  state.idle = minimumMs === null;
  if (minimumMs === null || minimumMs <= state.combinedMs) return [];
  state.combinedMs = minimumMs;
  return [minimumMs];
}
