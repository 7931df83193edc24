/**
 * Joins two keyed streams by nearness in event time: a left record meets the right ones with
 * `left + lower ≤ right ≤ left + upper`, at once when the later of the two arrives.
 *
 * Follows Flink 1.20 `IntervalJoinOperator`. A record is late if it is strictly older than the watermark, unlike in
 * windows; late records are dropped (the side outputs are left out). Values are numbers.
 */
import { LONG_MIN } from './long.ts';
import type { Element } from './windows/pane.ts';

export interface IntervalJoinConfig {
  readonly lowerBoundMs: number;
  readonly upperBoundMs: number;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
}

export interface IntervalJoin {
  watermarkMs: number;
  readonly leftByKey: Map<string, Element[]>;
  readonly rightByKey: Map<string, Element[]>;
}

export interface Joined {
  left: number;
  right: number;
  /** The later of both timestamps. */
  timestampMs: number;
}

export function createIntervalJoin(): IntervalJoin {
  return { watermarkMs: LONG_MIN, leftByKey: new Map(), rightByKey: new Map() };
}

/** An element of one side meets the buffer of the other; [] also when it is late and dropped. */
export function joinElement(
  config: IntervalJoinConfig,
  join: IntervalJoin,
  side: 'left' | 'right',
  key: string,
  element: Element,
): Joined[] {
  if (element.timestampMs < join.watermarkMs) return [];
  const isLeft = side === 'left';
  const own = isLeft ? join.leftByKey : join.rightByKey;
  const buffer = own.get(key) ?? [];
  own.set(key, buffer);
  buffer.push(element);
  const lowerMs = config.lowerBoundMs + (config.lowerInclusive ? 0 : 1);
  const upperMs = config.upperBoundMs - (config.upperInclusive ? 0 : 1);
  const joined: Joined[] = [];
  // The other buffer is a map keyed by time in Flink, so partners come in order of time.
  const others = [...((isLeft ? join.rightByKey : join.leftByKey).get(key) ?? [])];
  others.sort((a, b) => a.timestampMs - b.timestampMs);
  for (const other of others) {
    const [left, right] = isLeft ? [element, other] : [other, element];
    const apartMs = right.timestampMs - left.timestampMs;
    if (apartMs < lowerMs || apartMs > upperMs) continue;
    const timestampMs = Math.max(left.timestampMs, right.timestampMs);
    joined.push({ left: left.value, right: right.value, timestampMs });
  }
  return joined;
}

/** Forgets what can meet nobody any more. */
export function advanceJoin(
  config: IntervalJoinConfig,
  join: IntervalJoin,
  watermarkMs: number,
): void {
  join.watermarkMs = Math.max(join.watermarkMs, watermarkMs);
  expire(join.leftByKey, join.watermarkMs - Math.max(config.upperBoundMs, 0));
  expire(join.rightByKey, join.watermarkMs - Math.max(-config.lowerBoundMs, 0));
}

function expire(byKey: Map<string, Element[]>, uptoMs: number): void {
  for (const [key, elements] of byKey) {
    const kept = elements.filter((element) => element.timestampMs > uptoMs);
    if (kept.length === 0) byKey.delete(key);
    else if (kept.length < elements.length) byKey.set(key, kept);
  }
}
