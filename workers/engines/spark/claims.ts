/** What must hold in a Spark lane after every event. */
import type { Claim } from '../../kernel/engine.ts';
import type { SparkState } from './state.ts';

export const sparkClaims: readonly Claim<SparkState>[] = [
  {
    name: 'each batch begins where the one before it ended',
    holds: ({ batches }) => {
      const ends: number[] = [];
      for (const { ranges } of batches.values()) {
        for (const { partition, fromOffset, untilOffset } of ranges) {
          if ((ends[partition] ?? fromOffset) !== fromOffset) return false;
          ends[partition] = untilOffset;
        }
      }
      return true;
    },
  },
  {
    name: 'a batch holds as many records as its ranges',
    holds: ({ batches }) => {
      for (const { totals, recordIds, records } of batches.values()) {
        if (totals !== null && recordIds.flat().length !== records) return false;
      }
      return true;
    },
  },
  {
    name: 'no more jobs than threads, and no more tasks than cores',
    holds: ({ driver, executor }) =>
      driver.running.size === driver.scheduler.runningJobs &&
      driver.scheduler.runningJobs <= driver.scheduler.concurrentJobs &&
      executor.running.size <= executor.cores,
  },
  {
    name: 'a driver that is down runs nothing',
    holds: ({ driver, executor }) =>
      driver.isUp || (driver.running.size === 0 && executor.running.size === 0),
  },
];
