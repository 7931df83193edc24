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
  readonly inputStreams: number;
  /** The greatest event time per input stream `component:stream`. */
  readonly latestTsMs: Map<string, number>;
  lastWaterMarkMs: number;
}

/** @param inputStreams how many streams must have delivered before there is a watermark */
export function createWaterMarkEventGenerator(
  eventTsLagMs: number,
  inputStreams: number,
): WaterMarkEventGenerator {
  return { eventTsLagMs, inputStreams, latestTsMs: new Map(), lastWaterMarkMs: 0 };
}

/** Takes note of a tuple; false if it is late. A late one still counts for its stream. */
export function track(generator: WaterMarkEventGenerator, stream: string, tsMs: number): boolean {
  const latestMs = generator.latestTsMs.get(stream);
  if (latestMs === undefined || tsMs > latestMs) generator.latestTsMs.set(stream, tsMs);
  return tsMs >= generator.lastWaterMarkMs;
}

/** The timer ran: the new watermark in milliseconds, or null if it did not grow. */
export function nextWaterMark(generator: WaterMarkEventGenerator): number | null {
  const waterMarkMs = computeWaterMark(generator);
  if (waterMarkMs <= generator.lastWaterMarkMs) return null;
  generator.lastWaterMarkMs = waterMarkMs;
  return waterMarkMs;
}

function computeWaterMark(generator: WaterMarkEventGenerator): number {
  let leastMs = 0;
  if (generator.latestTsMs.size >= generator.inputStreams) {
    leastMs = Number.POSITIVE_INFINITY;
    for (const latestMs of generator.latestTsMs.values()) leastMs = Math.min(leastMs, latestMs);
  }
  return leastMs - generator.eventTsLagMs;
}
