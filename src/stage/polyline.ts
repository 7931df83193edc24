/** A way across the stage, as points and how far along each of them lies. */
export interface Polyline {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Length from the start to each point; the last is the whole. */
  readonly along: readonly number[];
}

export type Point = readonly [x: number, y: number];

export function polyline(points: readonly Point[]): Polyline {
  const along: number[] = [];
  let length = 0;
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    if (before !== undefined) length += Math.hypot(x - before[0], y - before[1]);
    along.push(length);
  });
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y), along };
}

const CURVE_POINTS = 16;

/** A level departure and a level arrival, bent in between. */
export function curve([x0, y0]: Point, [x1, y1]: Point): Point[] {
  if (Math.abs(y0 - y1) < 0.5) {
    return [
      [x0, y0],
      [x1, y1],
    ];
  }
  const middle = (x0 + x1) / 2;
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i): Point => {
    const t = i / CURVE_POINTS;
    const u = 1 - t;
    return [
      u * u * u * x0 + 3 * u * u * t * middle + 3 * u * t * t * middle + t * t * t * x1,
      u * u * u * y0 + 3 * u * u * t * y0 + 3 * u * t * t * y1 + t * t * t * y1,
    ];
  });
}

/** The point at `fraction` (0 to 1) of the way. */
export function pointAt({ x, y, along }: Polyline, fraction: number): Point {
  const target = fraction * (along.at(-1) ?? 0);
  let i = 1;
  while (i < along.length - 1 && along[i]! < target) i += 1;
  const from = along[i - 1]!;
  const part = (target - from) / ((along[i] ?? from) - from || 1);
  return [
    x[i - 1]! + ((x[i] ?? x[i - 1]!) - x[i - 1]!) * part,
    y[i - 1]! + ((y[i] ?? y[i - 1]!) - y[i - 1]!) * part,
  ];
}
