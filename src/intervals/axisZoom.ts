/** Closer than this single records stand so far apart that nothing is left to compare. */
const CLOSEST_US = 2e6;

/** How long a stretch the axis shows after it was drawn `factor` times as close (below 1: less close). */
export function zoomedSpan(spanUs: number, factor: number, durationUs: number): number {
  return Math.min(durationUs, Math.max(Math.min(CLOSEST_US, durationUs), spanUs / factor));
}

/** Two fingers on the axis: where each was last, by pointer. */
export type Fingers = ReadonlyMap<number, number>;

/** How far apart two fingers are, and where their middle is, in pixels; null unless there are two. */
export function pinchOf(fingers: Fingers): { apart: number; middle: number } | null {
  const [a, b] = fingers.values();
  if (fingers.size !== 2 || a === undefined || b === undefined) return null;
  return { apart: Math.max(1, Math.abs(a - b)), middle: (a + b) / 2 };
}
