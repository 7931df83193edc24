/** Benches of the stream groupings: which task gets the next tuple. */
import * as v from 'valibot';
import { createRandom, type RandomStream } from '../../../kernel/random.ts';
import { chooseTasks, createGrouper, localOrAll, type Grouper } from '../groupings/grouper.ts';
import type { JavaValue } from '../groupings/javaValue.ts';
import {
  createLoadAwareShuffle,
  localityScopes,
  nextTask,
  refreshLoad,
  type LoadAwareShuffle,
} from '../groupings/loadAwareShuffle.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { natural, naturals } from './schemas.ts';

const javaValue: v.GenericSchema<unknown, JavaValue> = v.union([
  v.null(),
  v.boolean(),
  v.string(),
  v.strictObject({ type: v.picklist(['Integer', 'Long', 'Double']), value: v.number() }),
  v.strictObject({ type: v.literal('byte[]'), bytes: v.array(v.number()) }),
  v.strictObject({ type: v.literal('List'), items: v.array(v.lazy(() => javaValue)) }),
]);

const seed = v.optional(natural, 1);

/** Bounded, because they are dealt one by one. */
const dealt = v.pipe(natural, v.maxValue(1_000_000));

interface GroupingBench {
  readonly grouper: Grouper;
  readonly random: RandomStream;
}

export const grouping = benchOf({
  component: 'storm/grouping',
  meaning:
    'One grouper. Configuration: kind, targets (task ids), and ownWorker, to which localOrShuffle keeps. Each step is the list of a tuple’s values, or how many tuples without values to deal; the answer is the list of its tasks, or how many each task got.',
  config: v.strictObject({
    kind: v.picklist([
      'fields',
      'shuffle',
      'localOrShuffle',
      'all',
      'global',
      'none',
      'partialKey',
      'partialKey with Fields',
    ]),
    targets: naturals,
    ownWorker: v.optional(naturals, []),
    seed,
  }),
  step: v.union([v.array(javaValue), v.strictObject({ deal: dealt })]),
  create({ kind, targets, ownWorker, seed: start }): GroupingBench {
    const random = createRandom(start, 'grouping');
    const grouper =
      kind === 'localOrShuffle'
        ? createGrouper('shuffle', localOrAll(targets, ownWorker), random)
        : createGrouper(kind, targets, random);
    return { grouper, random };
  },
  play({ grouper, random }, step, { targets }) {
    if (Array.isArray(step)) return chooseTasks(grouper, step, random);
    return deal(targets, step.deal, () => chooseTasks(grouper, [], random));
  },
});

interface RingBench {
  readonly shuffle: LoadAwareShuffle;
  readonly random: RandomStream;
}

export const loadAwareShuffle = benchOf({
  component: 'storm/load-aware-shuffle',
  meaning:
    'Shuffle grouping as it is by default. Configuration: targets with task and scope, topology.localityaware.higher.bound and lower.bound. Steps: refresh with the loads by task, once a second; deal so many tuples. Answers: the scope, or how many each task got.',
  config: v.strictObject({
    targets: v.array(v.strictObject({ task: natural, scope: v.picklist(localityScopes) })),
    'topology.localityaware.higher.bound': v.optional(v.number(), 0.8),
    'topology.localityaware.lower.bound': v.optional(v.number(), 0.2),
    seed,
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('refresh'), load: v.array(v.tuple([natural, v.number()])) }),
    v.strictObject({ do: v.literal('deal'), tuples: dealt }),
  ]),
  create({ targets, seed: start, ...config }): RingBench {
    const random = createRandom(start, 'ring');
    const bounds = {
      higher: config['topology.localityaware.higher.bound'],
      lower: config['topology.localityaware.lower.bound'],
    };
    return { shuffle: createLoadAwareShuffle(targets, bounds, random), random };
  },
  play({ shuffle, random }, step) {
    if (step.do === 'refresh') {
      refreshLoad(shuffle, new Map(step.load), random);
      return { scope: shuffle.scope };
    }
    return deal(
      shuffle.targets.map(({ task }) => task),
      step.tuples,
      () => [nextTask(shuffle)],
    );
  },
});

/** How many of `tuples` each task gets. */
function deal(
  tasks: readonly number[],
  tuples: number,
  choose: () => readonly number[],
): [number, number][] {
  const counts = new Map<number, number>(tasks.map((task) => [task, 0]));
  for (let i = 0; i < tuples; i++)
    for (const task of choose()) counts.set(task, (counts.get(task) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}
