/**
 * How often a stream's RDDs are written to the checkpoint directory, and why a start is refused.
 *
 * Inverse windows and state must be checkpointed, or their lineage would grow for ever. By default
 * that happens every 10 seconds, rounded up to whole slides; mapWithState takes ten slides.
 *
 * Follows DStream.initialize and validateAtStart, MapWithStateDStream and DStreamGraph.validate of
 * Spark Streaming 3.5, down to the double blanks in two of the messages. Milliseconds.
 */
import { durationText, requirementFailed } from '../refusal.ts';
import type { Refusal } from '../refusal.ts';

/** The default for updateStateByKey and for windows with an inverse. */
export function defaultCheckpointInterval(slideMs: number): number {
  return slideMs * Math.ceil(10_000 / slideMs);
}

/** The default for mapWithState, which also expires idle keys only then. */
export function mapWithStateCheckpointInterval(slideMs: number): number {
  return slideMs * 10;
}

export interface CheckpointedStream {
  /** The stream's class, as the message names it, e.g. `ReducedWindowedDStream`. */
  readonly className: string;
  readonly slideMs: number;
  readonly checkpointMs: number;
  readonly rememberMs: number;
  /** Whether `ssc.checkpoint(directory)` was called. */
  readonly directorySet: boolean;
}

/** What `ssc.start()` says about one checkpointed stream, or null if it may start. */
export function refuseCheckpoint(stream: CheckpointedStream): Refusal | null {
  const { className, slideMs, checkpointMs, rememberMs } = stream;
  const checkpoint = durationText(checkpointMs);
  const slide = durationText(slideMs);
  if (!stream.directorySet) {
    return requirementFailed(
      'The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().',
    );
  }
  if (checkpointMs < slideMs) {
    return requirementFailed(
      `The checkpoint interval for ${className} has been set to ${checkpoint} which is lower ` +
        `than its slide time (${slide}). Please set it to at least ${slide}.`,
    );
  }
  if (checkpointMs % slideMs !== 0) {
    return requirementFailed(
      `The checkpoint interval for ${className} has been set to  ${checkpoint} which not a ` +
        `multiple of its slide time (${slide}). Please set it to a multiple of ${slide}.`,
    );
  }
  if (rememberMs <= checkpointMs) {
    return requirementFailed(
      `The remember duration for ${className} has been set to  ${durationText(rememberMs)} which ` +
        `is not more than the checkpoint interval (${checkpoint}). Please set it to a value ` +
        `higher than ${checkpoint}.`,
    );
  }
  return null;
}

/** A program without an output operation computes nothing, so it does not start. */
export function refuseWithoutOutput(outputOperations: number): Refusal | null {
  return outputOperations > 0
    ? null
    : requirementFailed('No output operations registered, so nothing to execute');
}
