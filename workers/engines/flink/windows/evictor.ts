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

/** The elements that stay, in order. */
export function evict(evictor: Evictor, elements: readonly Element[]): Element[] {
  switch (evictor.kind) {
    case 'CountEvictor':
      return elements.slice(Math.max(0, elements.length - evictor.maxCount));
    case 'TimeEvictor': {
      // Elements without timestamps are left alone; Flink looks at the first one only.
      if (elements.length === 0 || elements[0]?.timestampMs === LONG_MIN) return [...elements];
      let newestMs = LONG_MIN;
      for (const element of elements) newestMs = Math.max(newestMs, element.timestampMs);
      return elements.filter((element) => element.timestampMs > newestMs - evictor.windowSizeMs);
    }
  }
}
