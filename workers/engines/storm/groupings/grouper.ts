/**
 * To which tasks of a consumer a tuple goes: the stream groupings of Storm 2.8.8.
 *
 * Each executor of the producer has a grouper of its own, so round robins are not shared. Fields
 * grouping is a plain remainder: another number of tasks sends nearly every key elsewhere.
 */
import { assert } from '../../../kernel/assert.ts';
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

export interface FieldsGrouper {
  readonly kind: 'fields';
  readonly targets: readonly number[];
}

/** With `topology.disable.loadaware.messaging`: round robin over a shuffled list. */
export interface ShuffleGrouper {
  readonly kind: 'shuffle';
  readonly targets: readonly number[];
  current: number;
}

export type Grouper =
  | FieldsGrouper
  | ShuffleGrouper
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
  switch (kind) {
    case 'shuffle':
      return createShuffleGrouper(targets, random);
    case 'fields':
      return createFieldsGrouper(targets);
    case 'partialKey':
    case 'partialKey with Fields':
      return { kind, targets: ascending(targets), used: new Map() };
    default:
      return { kind, targets: ascending(targets) };
  }
}

export function createShuffleGrouper(
  targets: readonly number[],
  random: RandomStream,
): ShuffleGrouper {
  const dealt = ascending(targets);
  shuffle(dealt, (bound) => nextInt(random, bound));
  return { kind: 'shuffle', targets: dealt, current: 0 };
}

export function createFieldsGrouper(targets: readonly number[]): FieldsGrouper {
  return { kind: 'fields', targets: ascending(targets) };
}

function ascending(targets: readonly number[]): number[] {
  assert(targets.length > 0, 'a subscriber has at least one task');
  return [...targets].sort((a, b) => a - b);
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
  const { kind, targets } = grouper;
  // With one task there is nothing to choose, and nothing to hash.
  if (kind === 'all' || targets.length === 1) return targets;
  switch (kind) {
    case 'fields':
      return [fieldsTask(grouper, values)];
    case 'shuffle':
      return [shuffleTask(grouper)];
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

/** The task that a shuffle grouping deals the next tuple to. */
export function shuffleTask(grouper: ShuffleGrouper): number {
  const { targets } = grouper;
  // The counter moves before it is read, so the first tuple goes to the second of the list.
  grouper.current = grouper.current + 1 < targets.length ? grouper.current + 1 : 0;
  return at(targets, grouper.current);
}

/** The task to which a fields grouping sends these values. */
export function fieldsTask({ targets }: FieldsGrouper, values: readonly JavaValue[]): number {
  return at(targets, fieldsIndex(values, targets.length));
}

/** `TupleUtils.chooseTaskIndex`: `floorMod(deepHashCode, tasks)`. */
export function fieldsIndex(values: readonly JavaValue[], tasks: number): number {
  const remainder = deepHash(values) % tasks;
  return remainder < 0 ? remainder + tasks : remainder;
}

function at(targets: readonly number[], index: number): number {
  return targets[index]!;
}
