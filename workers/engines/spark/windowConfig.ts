/**
 * The one window operator of a lane, worked out from its config. A program without windows counts
 * each batch by itself, which is a window of one batch.
 */
import { aggregate } from '../../functions/aggregates.ts';
import { defaultCheckpointInterval } from './scheduling/checkpointInterval.ts';
import type { SparkConfig } from './config.ts';
import type { IncrementalReduce } from './windows/reducedWindow.ts';
import { isIncremental } from './windows/pythonReducedWindow.ts';
import { ownRemember, parentRemember } from './scheduling/remember.ts';

/** How a result comes from the batches: the class of the windowed stream. */
export type WindowMethod =
  'WindowedDStream' | 'ReducedWindowedDStream' | 'PythonReducedWindowedDStream';

export interface WindowConfig {
  readonly windowMs: number;
  readonly slideMs: number;
  readonly method: WindowMethod;
  /** How long the batches of the parent are remembered. */
  readonly batchRememberMs: number;
  /** How often results are checkpointed; null when that is not required. */
  readonly checkpointMs: number | null;
}

export function windowConfigOf(config: SparkConfig): WindowConfig {
  let known = windowConfigs.get(config);
  if (!known) windowConfigs.set(config, (known = workOut(config)));
  return known;
}

/** Every batch and every job asks for it, and a config never changes. */
const windowConfigs = new WeakMap<SparkConfig, WindowConfig>();

function workOut(config: SparkConfig): WindowConfig {
  const windowMs = config.program.windowIntervalMs ?? config.batchIntervalMs;
  const slideMs = config.program.slideIntervalMs ?? config.batchIntervalMs;
  const method = methodOf(config);
  const checkpointMs = method === 'WindowedDStream' ? null : defaultCheckpointInterval(slideMs);
  const batchRememberMs = parentRemember(ownRemember(slideMs, checkpointMs), windowMs);
  return { windowMs, slideMs, method, batchRememberMs, checkpointMs };
}

/** The functions of the window as the program passes them. */
export function functionsOf(config: SparkConfig): IncrementalReduce<number> {
  const { add, subtract } = aggregate(config.program.aggregate);
  return {
    reduce: add,
    inverse: subtract ?? add,
    keeps: config.filterZeros ? (value) => value !== 0 : null,
  };
}

/** Whether this window subtracts what left instead of reducing everything again. */
export function subtracts({ method, windowMs, slideMs }: WindowConfig): boolean {
  if (method === 'WindowedDStream') return false;
  return method === 'ReducedWindowedDStream' || isIncremental(windowMs, slideMs);
}

function methodOf(config: SparkConfig): WindowMethod {
  const { subtract } = aggregate(config.program.aggregate);
  const isInverse = config.inverseFunction && subtract !== null;
  if (!isInverse || config.program.windowIntervalMs === null) return 'WindowedDStream';
  return config.api === 'python' ? 'PythonReducedWindowedDStream' : 'ReducedWindowedDStream';
}
