/**
 * To which tasks of a consumer a tuple goes: the stream groupings of Storm 2.8.8.
 *
 * Each executor of the producer has a grouper of its own, so round robins are not shared. Fields
 * grouping is a plain remainder: another number of tasks sends nearly every key elsewhere.
 */
import { assert, present } from '../../../kernel/assert.ts';
import { shuffle } from '../../../jvm/random.ts';
import { nextInt, type RandomStream } from '../../../kernel/random.ts';
import { deepHash, type JavaValue } from './javaValue.ts';
import {
  fieldsKeyBytes,
  lessUsed,
  textKeyBytes,
  twoTasks,
  type TargetTaskStats,
} from './partialKey.ts';

export type Grouper =
  | { readonly kind: 'fields'; readonly targets: readonly number[] }
  /** With `topology.disable.loadaware.messaging`: round robin over a shuffled list. */
  | { readonly kind: 'shuffle'; readonly targets: readonly number[]; current: number }
  | { readonly kind: 'all' | 'global' | 'none'; readonly targets: readonly number[] }
  /** Without `Fields` the key is the text of the first value. */
  | {
      readonly kind: 'partialKey' | 'partialKey with Fields';
      readonly targets: readonly number[];
      readonly used: TargetTaskStats;
    };

export type GroupingKind = Grouper['kind'];

/**
 * @param targets the consumer's task ids
 * @param random Storm draws from an unseeded generator
 */
export function createGrouper(
  kind: GroupingKind,
  targets: readonly number[],
  random: RandomStream,
): Grouper {
  assert(targets.length > 0, 'a subscriber has at least one task');
  const ascending = [...targets].sort((a, b) => a - b);
  switch (kind) {
    case 'shuffle':
      shuffle(ascending, (bound) => nextInt(random, bound));
      return { kind, targets: ascending, current: 0 };
    case 'partialKey':
    case 'partialKey with Fields':
      return { kind, targets: ascending, used: new Map() };
    default:
      return { kind, targets: ascending };
  }
}

/** `localOrShuffle` keeps to the targets of its own worker, if there are any. */
export function localOrAll(targets: readonly number[], ownWorker: readonly number[]): number[] {
  const local = targets.filter((task) => ownWorker.includes(task));
  return local.length > 0 ? local : [...targets];
}

/**
 * The tasks that get this tuple.
 *
 * @param values for `fields` and `partialKey with Fields` the selected values
 */
export function chooseTasks(
  grouper: Grouper,
  values: readonly JavaValue[],
  random: RandomStream,
): readonly number[] {
  const { targets } = grouper;
  // With one task there is nothing to choose, and nothing to hash.
  if (targets.length === 1) return targets;
  switch (grouper.kind) {
    case 'fields':
      return [at(targets, fieldsIndex(values, targets.length))];
    case 'shuffle':
      // The counter moves before it is read, so the first tuple goes to the second of the list.
      grouper.current = (grouper.current + 1) % targets.length;
      return [at(targets, grouper.current)];
    case 'all':
      return targets;
    case 'global':
      return [at(targets, 0)];
    case 'none':
      return [at(targets, nextInt(random, targets.length))];
    case 'partialKey': {
      const [key] = values;
      assert(typeof key === 'string', 'the key is a text');
      return [lessUsed(grouper.used, twoTasks(targets, textKeyBytes(key)))];
    }
    case 'partialKey with Fields':
      return [lessUsed(grouper.used, twoTasks(targets, fieldsKeyBytes(values)))];
  }
}

/** `TupleUtils.chooseTaskIndex`: `floorMod(deepHashCode, tasks)`. */
export function fieldsIndex(values: readonly JavaValue[], tasks: number): number {
  const remainder = deepHash(values) % tasks;
  return remainder < 0 ? remainder + tasks : remainder;
}

function at(targets: readonly number[], index: number): number {
  return present(targets[index], 'the chosen task');
}
