/** Simulated microseconds as seconds without needless digits: 12, 12.5. */
export function secondsText(timeUs: number): string {
  return String(Math.round(timeUs / 1e4) / 100);
}

/** "1 line", "2 lines". */
export function countText(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** "4 to 12": a window that reaches back before the run is said to begin with it. */
export function spanText(startUs: number, endUs: number): string {
  const fromUs = endUs > 0 ? Math.max(0, startUs) : startUs;
  return `${secondsText(fromUs)} to ${secondsText(endUs)}`.replaceAll('-', '−');
}

/** For a reading that changes all the time: always one digit after the point, so that it does not wobble. */
export function clockText(timeUs: number): string {
  return (timeUs / 1e6).toFixed(1);
}
