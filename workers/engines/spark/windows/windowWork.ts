/**
 * What a window costs, in reduced batches touched for one output, once the window is full.
 *
 * Without an inverse every output merges all batches of the window. With one it merges the
 * previous result, the batches that left and those that entered, which is less only when
 * 1 + 2 slides < window (counted in batches): for a tumbling window it is more.
 *
 * Follows the RDDs that WindowedDStream, ReducedWindowedDStream and PythonReducedWindowedDStream
 * of Spark Streaming 3.5 put together.
 */
import { isIncremental } from './pythonReducedWindow.ts';
import type { Api } from '../refusal.ts';

/** Partial results merged for one output. Window and slide in parent slides (batches). */
export function partialsMerged(
  windowBatches: number,
  slideBatches: number,
  inverse: boolean,
  api: Api,
): number {
  if (!inverse) return windowBatches;
  if (api === 'python' && !isIncremental(windowBatches, slideBatches)) return windowBatches;
  return 1 + 2 * slideBatches;
}
