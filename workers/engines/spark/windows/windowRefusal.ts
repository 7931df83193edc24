/**
 * Why Spark Streaming refuses a window or a slide: both must be multiples of the parent's slide
 * (for a stream read straight from its source, of the batch interval). Nothing else is asked:
 * the slide need not divide the window, and may even be longer than it.
 *
 * Three places check it, in their own words:
 * - PySpark, `DStream._validate_window_param`, before the JVM is called. It names the parent's
 *   slide only, and a Python user never gets to read the two below.
 * - `WindowedDStream` (window, and reduceByKeyAndWindow without an inverse), a plain Exception.
 * - `ReducedWindowedDStream` (with an inverse), by Scala's `require`.
 *
 * Follows Spark 3.5. Python's text is as recorded from 3.5.7 (2.4 said "the slide duration"); Scala's are those of 2.4
 * and 3.1 as well.
 */
import { durationText, requirementFailed } from '../refusal.ts';
import type { Api, Refusal } from '../refusal.ts';

export interface WindowRequest {
  readonly api: Api;
  readonly windowMs: number;
  readonly slideMs: number;
  /** The slide of the stream that the window is put on. */
  readonly parentSlideMs: number;
  /** Whether an inverse reduce function is given. */
  readonly inverse: boolean;
}

/** The refusal of the first duration that does not fit, the window being looked at first. */
export function refuseWindow(request: WindowRequest): Refusal | null {
  const { windowMs, slideMs, parentSlideMs } = request;
  if (windowMs % parentSlideMs !== 0) return refusalOf('window', windowMs, request);
  if (slideMs % parentSlideMs !== 0) return refusalOf('slide', slideMs, request);
  return null;
}

function refusalOf(which: 'window' | 'slide', durationMs: number, request: WindowRequest): Refusal {
  const parent = durationText(request.parentSlideMs);
  if (request.api === 'python') {
    return {
      exception: 'ValueError',
      message: `${which}Duration must be multiple of the parent dstream's slide (batch) duration (${parent})`,
    };
  }
  const duration = durationText(durationMs);
  if (request.inverse) {
    return requirementFailed(
      `The ${which} duration of ReducedWindowedDStream (${duration}) ` +
        `must be multiple of the slide duration of parent DStream (${parent})`,
    );
  }
  return {
    exception: 'java.lang.Exception',
    message:
      `The ${which} duration of windowed DStream (${duration}) ` +
      `must be a multiple of the slide duration of parent DStream (${parent})`,
  };
}
