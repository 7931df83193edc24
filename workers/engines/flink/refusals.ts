/**
 * What Flink would refuse about a lane's job, in the words of the exception that the client throws while the program is
 * built. Flink does not mind a slide that does not divide the window, nor one that is longer.
 */
import type { Refusal } from '../../kernel/engine.ts';
import { refusalOfCheckpointing } from './checkpoints/checkpointCoordinator.ts';
import type { FlinkConfig } from './config.ts';
import { refusalOfExponentialDelay } from './exponentialDelay.ts';
import { coordinatorConfigOf, exponentialDelayOf } from './jobManager.ts';
import { refusalOfStrategy } from './watermarks/watermarkGenerator.ts';
import { windowConfigOf } from './windowing.ts';
import { refusalOfWindow } from './windows/windowOperator.ts';

export function refusalsOf(config: FlinkConfig): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (field: string, message: string | null, source: string) => {
    if (message !== null) refusals.push({ field, message, source });
  };
  const windows = windowConfigOf(config);
  if (windows !== null)
    refuse(
      'slideIntervalMs',
      refusalOfWindow(windows),
      `IllegalArgumentException, ${windows.assigner.kind}.<init>`,
    );
  refuse(
    'outOfOrdernessMs',
    refusalOfStrategy(config.outOfOrdernessMs, config.idleTimeoutMs),
    'IllegalArgumentException, WatermarkStrategy',
  );
  const checkpointing = coordinatorConfigOf(config);
  if (checkpointing !== null) {
    refuse(
      'execution.checkpointing.interval',
      refusalOfCheckpointing(checkpointing),
      'IllegalArgumentException, CheckpointConfig',
    );
    // Without checkpointing a failed job is not restarted at all.
    refuse(
      'restart-strategy.exponential-delay.initial-backoff',
      refusalOfExponentialDelay(exponentialDelayOf(config)),
      'IllegalArgumentException, ExponentialDelayRestartBackoffTimeStrategy.<init>',
    );
  }
  return refusals;
}
