/**
 * `org.apache.storm.grouping.PartialKeyGrouping` (Storm 2.8.8): a key belongs to two tasks, and each
 * tuple goes to the one that this grouper has used less, so that a hot key is shared by two.
 *
 * The two are drawn from a `java.util.Random` seeded with the hash of the key's bytes, so every
 * executor draws the same two.
 */
import { utf8Bytes } from '../../../clients/kafka/utf8Bytes.ts';
import { createJavaRandom, nextJavaIntBelow } from '../../../jvm/random.ts';
import { present } from '../../../kernel/assert.ts';
import { bytesHash, hashOf, type JavaValue } from './javaValue.ts';

/** How often this grouper chose each task, over all keys. */
export type TargetTaskStats = Map<number, number>;

/** The key's bytes without `Fields`: the text of the first value. */
export function textKeyBytes(text: string): number[] {
  return utf8Bytes(text);
}

/** The key's bytes with `Fields`: the hash of each selected value, four bytes each, high byte first. */
export function fieldsKeyBytes(values: readonly JavaValue[]): number[] {
  return values.flatMap((value) => {
    const hash = hashOf(value);
    return [hash >>> 24, (hash >>> 16) & 255, (hash >>> 8) & 255, hash & 255];
  });
}

/** The two tasks of a key; `RandomTwoTaskAssignmentCreator`. */
export function twoTasks(
  targets: readonly number[],
  keyBytes: readonly number[],
): [number, number] {
  const random = createJavaRandom(bytesHash(keyBytes));
  const first = nextJavaIntBelow(random, targets.length);
  const drawn = nextJavaIntBelow(random, targets.length);
  const second = first === drawn ? (drawn + 1) % targets.length : drawn;
  return [present(targets[first], 'the first task'), present(targets[second], 'the second task')];
}

/** The less used of the two, the first on a tie; `BalancedTargetSelector`. */
export function lessUsed(
  used: TargetTaskStats,
  [first, second]: readonly [number, number],
): number {
  const task = (used.get(second) ?? 0) < (used.get(first) ?? 0) ? second : first;
  used.set(task, (used.get(task) ?? 0) + 1);
  return task;
}
