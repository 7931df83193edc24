/**
 * The groupings that Trident has besides Storm's own (`org.apache.storm.trident.partition`, Storm 2.8.8).
 * `partitionBy`, `shuffle` and `broadcast` are Storm's fields, shuffle and all groupings.
 *
 * A component of its own: no lane runs Trident.
 */
import { hashOf } from '../groupings/javaValue.ts';

/** `batchGlobal`: a batch goes to one task, and batches take turns. An attempt hashes as its txid. */
export function batchGlobalTask(txid: number, targets: readonly number[]): number {
  const hash = hashOf({ type: 'Long', value: txid }) & 0x7fffffff;
  return targets[hash % targets.length] as number;
}

/** `global`: all batches go to the task with the lowest id. */
export function globalTask(targets: readonly number[]): number {
  return Math.min(...targets);
}

/** `identityPartition`: the task of the target that has the source task's place. @throws if their numbers differ */
export function identityTasks(
  sources: readonly number[],
  targets: readonly number[],
): Map<number, number> {
  if (sources.length !== targets.length) {
    throw new Error(
      'Can only do an identity grouping when source and target have same number of tasks',
    );
  }
  const ascending = targets.toSorted((a, b) => a - b);
  return new Map(
    sources.toSorted((a, b) => a - b).map((source, i) => [source, ascending[i] as number]),
  );
}
