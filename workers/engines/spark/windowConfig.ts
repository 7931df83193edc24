/**
 * The one window operator of a lane, worked out from its config. A program without windows counts
 * each batch by itself, which is a window of one batch.
 */
import { aggregate } from '../../functions/aggregates.ts';
import { defaultCheckpointInterval } from './scheduling/checkpointInterval.ts';
import type { SparkConfig } from './config.ts';
import type { IncrementalReduce } from './windows/reducedWindow.ts';
import { methodOf, type WindowedStream, type WindowMethod } from './windows/windowedStream.ts';
import { ownRemember, parentRemember } from './scheduling/remember.ts';

export interface WindowConfig extends WindowedStream {
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
  const method = methodOfProgram(config);
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

function methodOfProgram({ program, inverseFunction, api }: SparkConfig): WindowMethod {
  const isInverse = inverseFunction && aggregate(program.aggregate).subtract !== null;
  return methodOf(api, isInverse && program.windowIntervalMs !== null);
}
