/** Speed is simulated seconds a second of watching; its slider is logarithmic, 0.1× to 10×. */
export const SLOWEST = 0.1;
export const FASTEST = 10;

/** Slider position, -1 to 1 in tenths, to speed. */
export function speedAt(position: number): number {
  return Number((10 ** position).toPrecision(2));
}

export function positionOf(speed: number): number {
  return Math.round(Math.log10(speed) * 10) / 10;
}

/** "1 s = 0.5 s": a second of watching is so many simulated seconds. */
export function speedText(speed: number): string {
  return `1 s = ${String(speed)} s`;
}
