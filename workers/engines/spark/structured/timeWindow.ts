/**
 * Event-time windows of Structured Streaming: `window(timeColumn, size, slide, startTime)` puts a row
 * into every window that holds its time. Windows are aligned to the epoch in UTC (plus `startTime`),
 * and, unlike in DStreams, the slide may not be longer than the window.
 *
 * Follows TimeWindow and ResolveTimeWindows of Spark 3.5. Times in microseconds, as Spark keeps them.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
export interface TimeWindow {
  readonly startUs: number;
  /** Not included. */
  readonly endUs: number;
}

/** The windows of a row, oldest first. */
export function windowsOf(
  timeUs: number,
  sizeUs: number,
  slideUs: number,
  startTimeUs = 0,
): TimeWindow[] {
  const sinceStart = timeUs - startTimeUs;
  const lastStartUs = timeUs - (sinceStart - Math.floor(sinceStart / slideUs) * slideUs);
  const windows: TimeWindow[] = [];
  for (let n = Math.ceil(sizeUs / slideUs) - 1; n >= 0; n--) {
    const startUs = lastStartUs - n * slideUs;
    if (timeUs < startUs + sizeUs) windows.push({ startUs, endUs: startUs + sizeUs });
  }
  return windows;
}

/**
 * The AnalysisException for a window that cannot be, or null. The real message goes on with the plan.
 * @param column the time column as the query names it
 */
export function refuseTimeWindow(
  column: string,
  sizeUs: number,
  slideUs: number,
  startTimeUs = 0,
): string | null {
  const expression = `"window(${column}, ${sizeUs}, ${slideUs}, ${startTimeUs})"`;
  if (sizeUs <= 0) return outOfRange(expression, 'window_duration', sizeUs);
  if (slideUs <= 0) return outOfRange(expression, 'slide_duration', slideUs);
  if (slideUs > sizeUs) {
    return violated(
      expression,
      `The \`slide_duration\`(${slideUs}L) must be <= the \`window_duration\`(${sizeUs}L).`,
    );
  }
  const shiftUs = Math.abs(startTimeUs);
  if (shiftUs >= slideUs) {
    return violated(
      expression,
      `The \`abs(start_time)\`(${shiftUs}L) must be < the \`slide_duration\`(${slideUs}L).`,
    );
  }
  return null;
}

function violated(expression: string, constraint: string): string {
  return (
    '[DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION] ' +
    `Cannot resolve ${expression} due to data type mismatch: ${constraint}`
  );
}

function outOfRange(expression: string, name: string, value: number): string {
  return (
    '[DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE] ' +
    `Cannot resolve ${expression} due to data type mismatch: ` +
    `The \`${name}\` must be between (0, 9223372036854775807] (current value = ${value}L).`
  );
}
