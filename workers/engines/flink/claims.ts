/** What must hold after every event, whatever the learner does. */
import type { Claim } from '../../kernel/engine.ts';
import { isPending } from './checkpoints/barrierAligner.ts';
import type { FlinkState } from './job.ts';
import { timerCount } from './windows/timerHeap.ts';

export const flinkClaims: readonly Claim<FlinkState>[] = [
  {
    name: 'tasks run only while the job runs',
    holds: ({ jobManager, sources, windows }) =>
      jobManager.status === 'RUNNING' || [...sources, ...windows].every((task) => task === null),
  },
  {
    name: 'a channel waits only for a checkpoint under way',
    holds: ({ windows }) =>
      windows.every((task) => !task?.aligner?.blocked.includes(true) || isPending(task.aligner)),
  },
  {
    name: 'every window that holds something will be cleaned up',
    holds: ({ windows }) =>
      windows.every((task) => {
        if (task === null) return true;
        const { operator } = task;
        const timers =
          timerCount(operator.timers.eventTimers) + timerCount(operator.timers.processingTimers);
        return timers >= operator.stateEntries;
      }),
  },
  {
    name: 'completed checkpoints have rising numbers',
    holds: ({ jobManager: { completed } }) => {
      const { length, items } = completed;
      return length < 2 || (items[length - 2]?.id ?? 0) < (items[length - 1]?.id ?? 0);
    },
  },
  {
    name: 'a sender never has more buffers under way than it has credit for',
    holds: ({ sources, parallelism }) =>
      sources.every(
        (task) =>
          task === null ||
          task.outputs.every(
            ({ inFlight }) => inFlight >= 0 && inFlight <= 2 + Math.floor(8 / parallelism),
          ),
      ),
  },
];
