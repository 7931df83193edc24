/**
 * The windows that Storm 2.8.8 refuses, in its own words.
 *
 * A tuple of a window is acked only when it leaves the window, one slide after its last firing. A
 * window longer than the message timeout would therefore fail all its tuples, and a window of more
 * tuples than a spout may have pending would never fill: `WindowedBoltExecutor.validate` throws
 * for both while the worker prepares the bolt. `BaseWindowedBolt` refuses non-positive sizes
 * earlier, while the topology is built.
 */
import {
  slidingInterval,
  windowLength,
  type Measure,
  type WindowedBoltConfig,
} from './windowConfig.ts';

/** The topology's settings that limit its windows. */
export interface WindowLimits {
  readonly 'topology.message.timeout.secs': number;
  readonly 'topology.enable.message.timeouts': boolean;
  readonly 'topology.max.spout.pending': number | null;
}

const maxInteger = 2147483647;

/** The message of the `IllegalArgumentException`, or null if Storm takes the window. */
export function refuseWindow(config: WindowedBoltConfig, limits: WindowLimits): string | null {
  const length = windowLength(config);
  const slide = slidingInterval(config);
  return (
    refuseSize('Window length', length) ??
    refuseSize('Sliding interval', slide) ??
    refuseLateTupleStream(config) ??
    refuseLength(length, slide, limits)
  );
}

function refuseSize(name: string, size: Measure | null): string | null {
  if (size === null) return null;
  const value = size.kind === 'Count' ? size.count : size.ms;
  if (size.kind === 'Duration' && value < 0) return 'Duration cannot be negative';
  if (size.kind === 'Duration' && value > maxInteger) return 'Duration is too long';
  return value > 0 ? null : `${name} must be positive [${size.kind}{value=${String(value)}}]`;
}

function refuseLateTupleStream(config: WindowedBoltConfig): string | null {
  if (config['topology.bolts.late.tuple.stream'] === null || config.timestampField !== null)
    return null;
  return 'Late tuple stream can be defined only when specifying a timestamp field';
}

function refuseLength(length: Measure | null, slide: Measure, limits: WindowLimits): string | null {
  if (length === null) return 'Window length is not specified';
  // Storm adds in 32 bits, so the sum of two lengths of more than 12 days wraps around and passes.
  const durationMs =
    ((length.kind === 'Duration' ? length.ms : 0) + (slide.kind === 'Duration' ? slide.ms : 0)) | 0;
  const timeoutMs = limits['topology.enable.message.timeouts']
    ? limits['topology.message.timeout.secs'] * 1000
    : maxInteger;
  if (durationMs > timeoutMs) {
    return `Window duration (length + sliding interval) value ${String(durationMs)} is more than topology.message.timeout.secs value ${String(timeoutMs)}`;
  }
  const count =
    ((length.kind === 'Count' ? length.count : 0) + (slide.kind === 'Count' ? slide.count : 0)) | 0;
  const maxPending = limits['topology.max.spout.pending'] ?? maxInteger;
  if (count > maxPending) {
    return `Window count (length + sliding interval) value ${String(count)} is more than topology.max.spout.pending value ${String(maxPending)}`;
  }
  return null;
}

/**
 * `Fields.fieldIndex`, when the first tuple comes: nobody looks before. It kills the worker, and the next one too.
 *
 * @param fields what the bolt's input declares
 */
export function refuseTimestampField(
  { timestampField }: WindowedBoltConfig,
  fields: readonly string[],
): string | null {
  if (timestampField === null || fields.includes(timestampField)) return null;
  return `${timestampField} does not exist`;
}
