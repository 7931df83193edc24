/**
 * Evictors throw elements out of a window around each firing; what survives is written back. A window
 * with an evictor keeps every element instead of one accumulator.
 *
 * Follows Flink 1.20 CountEvictor and TimeEvictor. DeltaEvictor is left out.
 */
import { LONG_MIN } from '../long.ts';
import type { Element } from './pane.ts';

export type Evictor =
  | { kind: 'CountEvictor'; maxCount: number; doEvictAfter: boolean }
  | { kind: 'TimeEvictor'; windowSizeMs: number; doEvictAfter: boolean };

const NO_TIMESTAMP =
  "Record has no timestamp. Is the time characteristic set to 'ProcessingTime', or did you forget to call " +
  "'DataStream.assignTimestampsAndWatermarks(...)'?";

/**
 * The elements that stay, in order.
 * @throws Error with Flink's message when the first has a timestamp and another has none
 */
export function evict(evictor: Evictor, elements: readonly Element[]): Element[] {
  switch (evictor.kind) {
    case 'CountEvictor':
      return elements.slice(Math.max(0, elements.length - evictor.maxCount));
    case 'TimeEvictor': {
      // Elements without timestamps are left alone; Flink looks at the first one only.
      if (elements.length === 0 || elements[0]?.timestampMs === LONG_MIN) return [...elements];
      let newestMs = LONG_MIN;
      for (const { timestampMs } of elements) {
        if (timestampMs === LONG_MIN) throw new Error(NO_TIMESTAMP);
        newestMs = Math.max(newestMs, timestampMs);
      }
      return elements.filter((element) => element.timestampMs > newestMs - evictor.windowSizeMs);
    }
  }
}
