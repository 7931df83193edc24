/**
 * `org.apache.storm.windowing.WaterMarkEventGenerator` (Storm 2.8.8).
 *
 * A task's watermark is the least, over its input streams, of the greatest event time seen, minus
 * the lag; it is worked out on a wall-clock timer, so it rises in steps. A tuple is late if it is
 * older than the last watermark that was emitted: late for all windows, there is no allowed
 * lateness.
 */

export interface WaterMarkEventGenerator {
  readonly eventTsLagMs: number;
  /** The greatest event time of each input stream; −Infinity before its first tuple. */
  readonly latestTsMs: number[];
  lastWaterMarkMs: number;
}

/** @param inputStreams how many streams must have delivered before there is a watermark */
export function createWaterMarkEventGenerator(
  eventTsLagMs: number,
  inputStreams: number,
): WaterMarkEventGenerator {
  const latestTsMs = Array.from({ length: inputStreams }, () => Number.NEGATIVE_INFINITY);
  return { eventTsLagMs, latestTsMs, lastWaterMarkMs: 0 };
}

/**
 * Takes note of a tuple; false if it is late. A late one still counts for its stream.
 *
 * @param stream the number of the input stream, from 0
 */
export function track(generator: WaterMarkEventGenerator, stream: number, tsMs: number): boolean {
  const { latestTsMs, lastWaterMarkMs } = generator;
  const latestMs = latestTsMs[stream]!;
  if (tsMs > latestMs) latestTsMs[stream] = tsMs;
  return tsMs >= lastWaterMarkMs;
}

/** The timer ran: the new watermark in milliseconds, or null if it did not grow. */
export function nextWaterMark(generator: WaterMarkEventGenerator): number | null {
  const waterMarkMs = computeWaterMark(generator);
  if (waterMarkMs <= generator.lastWaterMarkMs) return null;
  generator.lastWaterMarkMs = waterMarkMs;
  return waterMarkMs;
}

function computeWaterMark({ latestTsMs, eventTsLagMs }: WaterMarkEventGenerator): number {
  const leastMs = Math.min(...latestTsMs);
  const hasAll = leastMs > Number.NEGATIVE_INFINITY;
  return (hasAll ? leastMs : 0) - eventTsLagMs;
}
