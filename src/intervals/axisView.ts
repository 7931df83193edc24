/** The stretch of simulated time that the axis shows. */
export interface AxisView {
  readonly fromUs: number;
  readonly toUs: number;
}

/** A run up to this long is shown whole. */
export const WHOLE_UP_TO_US = 40e6;
export const USUAL_SPAN_US = 24e6;

/**
 * The page of the axis that holds `timeUs`. Like a page of music it stays until the playhead leaves it, and
 * a fifth of the page before is seen again at its start. It depends on the time alone, so scrubbing back
 * shows the same page.
 */
export function viewAt(timeUs: number, spanUs: number, durationUs: number): AxisView {
  if (spanUs >= durationUs) return { fromUs: 0, toUs: durationUs };
  const pageUs = spanUs * 0.8;
  const page = Math.max(0, Math.floor((timeUs - spanUs * 0.2) / pageUs));
  const fromUs = Math.min(page * pageUs, durationUs - spanUs);
  return { fromUs, toUs: fromUs + spanUs };
}

/** On a phone. */
const NARROW_SPAN_US = 12e6;

/** How long a stretch the axis shows at first. */
export function usualSpan(durationUs: number, narrow: boolean): number {
  if (narrow) return Math.min(NARROW_SPAN_US, durationUs);
  return durationUs <= WHOLE_UP_TO_US ? durationUs : USUAL_SPAN_US;
}
