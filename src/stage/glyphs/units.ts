/** Simulated microseconds as seconds without needless digits: 12, 12.5. */
export function secondsText(timeUs: number): string {
  return String(Math.round(timeUs / 1e4) / 100);
}

/** For a reading that changes all the time: always one digit after the point, so that it does not wobble. */
export function clockText(timeUs: number): string {
  return (timeUs / 1e6).toFixed(1);
}
