/**
 * Joins two keyed streams by nearness in event time: a left record meets the right ones with
 * `left + lower ≤ right ≤ left + upper`, at once when the later of the two arrives.
 *
 * Follows Flink 1.20 `IntervalJoinOperator` on the heap backend. A record is late if it is strictly older than the
 * watermark, unlike in windows. Values are numbers.
 *
 * A component of its own: the job of a lane has no join.
 */
import { grownTableLength } from '../../jvm/hashMapOrder.ts';
import { longHash } from '../../jvm/longHash.ts';
import { LONG_MIN } from './long.ts';
import type { Element } from './windows/pane.ts';

export interface IntervalJoinConfig {
  readonly lowerBoundMs: number;
  readonly upperBoundMs: number;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
}

/** One side's records of one key: a map keyed by time, in Flink a `java.util.HashMap`. */
interface JoinBuffer {
  readonly byTime: Map<number, Element[]>;
  /** A table grows with its entries and does not shrink with them. */
  tableLength: number;
}

export interface IntervalJoin {
  watermarkMs: number;
  readonly leftByKey: Map<string, JoinBuffer>;
  readonly rightByKey: Map<string, JoinBuffer>;
}

export interface Joined {
  left: number;
  right: number;
  /** The later of both timestamps. */
  timestampMs: number;
}

const NO_TIMESTAMP =
  'Long.MIN_VALUE timestamp: Elements used in interval stream joins need to have timestamps meaningful timestamps.';

/** The message of the IllegalArgumentException that the operator's constructor throws, or null. */
export function refusalOfIntervalJoin(config: IntervalJoinConfig): string | null {
  return config.lowerBoundMs > config.upperBoundMs
    ? 'lowerBound <= upperBound must be fulfilled'
    : null;
}

export function createIntervalJoin(): IntervalJoin {
  return { watermarkMs: LONG_MIN, leftByKey: new Map(), rightByKey: new Map() };
}

/** Whether a record comes too late; it is dropped, or goes to the side output, and nothing counts it. */
export function isLateForJoin(join: IntervalJoin, timestampMs: number): boolean {
  return timestampMs < join.watermarkMs;
}

/**
 * An element of one side meets the buffer of the other; [] also when it is late.
 * @throws Error with Flink's message when the element has no timestamp
 */
export function joinElement(
  config: IntervalJoinConfig,
  join: IntervalJoin,
  side: 'left' | 'right',
  key: string,
  element: Element,
): Joined[] {
  if (element.timestampMs === LONG_MIN) throw new Error(NO_TIMESTAMP);
  if (isLateForJoin(join, element.timestampMs)) return [];
  const isLeft = side === 'left';
  keep(isLeft ? join.leftByKey : join.rightByKey, key, element);
  const others = (isLeft ? join.rightByKey : join.leftByKey).get(key);
  const { lowerMs, upperMs } = tightened(config);
  const joined: Joined[] = [];
  for (const other of others === undefined ? [] : inTableOrder(others)) {
    const [left, right] = isLeft ? [element, other] : [other, element];
    const apartMs = right.timestampMs - left.timestampMs;
    if (apartMs < lowerMs || apartMs > upperMs) continue;
    const timestampMs = Math.max(left.timestampMs, right.timestampMs);
    joined.push({ left: left.value, right: right.value, timestampMs });
  }
  return joined;
}

/** Forgets what can only meet records that are late, or exactly of the watermark's time. */
export function advanceJoin(
  config: IntervalJoinConfig,
  join: IntervalJoin,
  watermarkMs: number,
): void {
  join.watermarkMs = Math.max(join.watermarkMs, watermarkMs);
  const { lowerMs, upperMs } = tightened(config);
  expire(join.leftByKey, join.watermarkMs - Math.max(upperMs, 0));
  expire(join.rightByKey, join.watermarkMs - Math.max(-lowerMs, 0));
}

/** Exclusive bounds are a millisecond tighter, for matching as well as for keeping. */
function tightened(config: IntervalJoinConfig) {
  return {
    lowerMs: config.lowerBoundMs + (config.lowerInclusive ? 0 : 1),
    upperMs: config.upperBoundMs - (config.upperInclusive ? 0 : 1),
  };
}

function keep(byKey: Map<string, JoinBuffer>, key: string, element: Element): void {
  const buffer = byKey.get(key) ?? { byTime: new Map<number, Element[]>(), tableLength: 0 };
  byKey.set(key, buffer);
  const sameTime = buffer.byTime.get(element.timestampMs);
  if (sameTime !== undefined) {
    sameTime.push(element);
    return;
  }
  buffer.byTime.set(element.timestampMs, [element]);
  buffer.tableLength = Math.max(buffer.tableLength, grownTableLength(buffer.byTime.size));
}

/** The records as the hash map iterates over their times. */
function inTableOrder({ byTime, tableLength }: JoinBuffer): Element[] {
  const bucket = (timestampMs: number) => {
    const hash = longHash(timestampMs);
    return (hash ^ (hash >>> 16)) & (tableLength - 1);
  };
  return [...byTime].sort(([a], [b]) => bucket(a) - bucket(b)).flatMap(([, elements]) => elements);
}

function expire(byKey: Map<string, JoinBuffer>, uptoMs: number): void {
  for (const [key, { byTime }] of byKey) {
    for (const timestampMs of byTime.keys()) if (timestampMs <= uptoMs) byTime.delete(timestampMs);
    if (byTime.size === 0) byKey.delete(key);
  }
}
