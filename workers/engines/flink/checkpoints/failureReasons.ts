/**
 * Why a checkpoint failed, and whether that counts against `tolerable-failed-checkpoints`.
 *
 * Follows Flink 1.20 `CheckpointFailureReason` and `CheckpointFailureManager.checkFailureCounter`.
 */
const reasons = {
  CHECKPOINT_EXPIRED: { message: 'Checkpoint expired before completing.', counts: true },
  CHECKPOINT_DECLINED: { message: 'Checkpoint was declined.', counts: true },
  CHECKPOINT_ASYNC_EXCEPTION: { message: 'Asynchronous task checkpoint failed.', counts: true },
  IO_EXCEPTION: {
    message: 'An Exception occurred while triggering the checkpoint. IO-problem detected.',
    counts: true,
  },
  FINALIZE_CHECKPOINT_FAILURE: { message: 'Failure to finalize checkpoint.', counts: true },
  CHECKPOINT_SUBSUMED: { message: 'Checkpoint has been subsumed.', counts: false },
  CHECKPOINT_DECLINED_SUBSUMED: {
    message: 'Checkpoint was canceled because a barrier from newer checkpoint was received.',
    counts: false,
  },
  CHECKPOINT_DECLINED_TASK_NOT_READY: {
    message: 'Checkpoint was declined (tasks not ready)',
    counts: false,
  },
  CHECKPOINT_DECLINED_ON_CANCELLATION_BARRIER: {
    message: 'Task received cancellation from one of its inputs',
    counts: false,
  },
  CHECKPOINT_COORDINATOR_SUSPEND: {
    message: 'Checkpoint Coordinator is suspending.',
    counts: false,
  },
  TASK_FAILURE: { message: 'Task has failed.', counts: false },
} as const;

export type FailureReason = keyof typeof reasons;

export const failureReasons = Object.keys(reasons) as FailureReason[];

export function reasonMessage(reason: FailureReason): string {
  return reasons[reason].message;
}

export function countsAsFailure(reason: FailureReason): boolean {
  return reasons[reason].counts;
}

/** The FlinkRuntimeException that fails the job when too many checkpoints in a row have failed. */
export function failureMessage(reason: FailureReason): string {
  return (
    `Exceeded checkpoint tolerable failure threshold. The latest checkpoint failed due to ${reasonMessage(reason)}, ` +
    'view the Checkpoint History tab or the Job Manager log to find out why continuous checkpoints failed.'
  );
}
