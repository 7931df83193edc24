/**
 * `org.apache.storm.grouping.LoadAwareShuffleGrouping` (Storm 2.8.8): what "shuffle" means by default.
 *
 * A ring of cells is walked round robin, and once a second the tasks get their cells anew: a task whose
 * queue is fuller than the emptiest one's loses weight fast and regains it slowly. The ring knows only
 * the tasks of its own worker while these keep up, so a second worker may stay idle; and a task whose
 * load nobody reports counts as full.
 *
 * A component of its own: the tasks of a lane deal without looking at load.
 */
import { shuffle } from '../../../jvm/random.ts';
import { assert, present } from '../../../kernel/assert.ts';
import { nextInt, type RandomStream } from '../../../kernel/random.ts';

/** From near to far; each includes the nearer ones. */
export const localityScopes = ['WORKER_LOCAL', 'HOST_LOCAL', 'RACK_LOCAL', 'EVERYTHING'] as const;

export type LocalityScope = (typeof localityScopes)[number];

export interface RingTarget {
  readonly task: number;
  /** How near it is to the grouper. */
  readonly scope: LocalityScope;
  weight: number;
}

export interface LoadAwareShuffle {
  readonly targets: readonly RingTarget[];
  readonly higherBound: number;
  readonly lowerBound: number;
  scope: LocalityScope;
  /** Task ids. */
  ring: number[];
  current: number;
}

/** Fill fractions 0 … 1 of the tasks' receive queues. */
export type LoadMapping = ReadonlyMap<number, number>;

const maxWeight = 100;

/** What a task has that nobody reported. */
const unknownLoad = 1;

/** @param bounds `topology.localityaware.higher.bound` and `topology.localityaware.lower.bound` */
export function createLoadAwareShuffle(
  targets: readonly { readonly task: number; readonly scope: LocalityScope }[],
  bounds: { readonly higher: number; readonly lower: number },
  random: RandomStream,
): LoadAwareShuffle {
  const grouping: LoadAwareShuffle = {
    targets: targets.map(({ task, scope }) => ({ task, scope, weight: maxWeight })),
    higherBound: bounds.higher,
    lowerBound: bounds.lower,
    scope: 'WORKER_LOCAL',
    ring: [],
    current: -1,
  };
  refreshLoad(grouping, null, random);
  return grouping;
}

/** The task of the next tuple. */
export function nextTask(grouping: LoadAwareShuffle): number {
  grouping.current = (grouping.current + 1) % grouping.ring.length;
  return present(grouping.ring[grouping.current], 'a cell of the ring');
}

/** Every second: widens or narrows the scope, moves the weights, and fills the ring anew. */
export function refreshLoad(
  grouping: LoadAwareShuffle,
  load: LoadMapping | null,
  random: RandomStream,
): void {
  const scope = nextScope(grouping, load);
  if (scope !== grouping.scope) for (const target of grouping.targets) target.weight = maxWeight;
  grouping.scope = scope;
  const inScope = targetsIn(grouping, scope);
  adjustWeights(inScope, load);
  grouping.ring = fillRing(inScope, grouping.targets.length, random);
  grouping.current = -1;
}

function nextScope(grouping: LoadAwareShuffle, load: LoadMapping | null): LocalityScope {
  // A scope without targets is left at once, outward.
  let rank = localityScopes.indexOf(grouping.scope);
  while (targetsIn(grouping, scopeAt(rank)).length === 0) rank += 1;
  if (load === null) return scopeAt(rank);
  if (meanLoad(targetsIn(grouping, scopeAt(rank)), load) > grouping.higherBound)
    return scopeAt(rank + 1);
  const nearer = targetsIn(grouping, scopeAt(rank - 1));
  const isNearerIdle = nearer.length > 0 && meanLoad(nearer, load) < grouping.lowerBound;
  return scopeAt(isNearerIdle ? rank - 1 : rank);
}

/** Beyond both ends the outermost scopes go on. */
function scopeAt(rank: number): LocalityScope {
  const within = Math.max(0, Math.min(rank, localityScopes.length - 1));
  return present(localityScopes[within], 'a scope');
}

function targetsIn(grouping: LoadAwareShuffle, scope: LocalityScope): RingTarget[] {
  const rank = localityScopes.indexOf(scope);
  return grouping.targets.filter((target) => localityScopes.indexOf(target.scope) <= rank);
}

function meanLoad(targets: readonly RingTarget[], load: LoadMapping): number {
  return targets.reduce((sum, { task }) => sum + loadOf(load, task), 0) / targets.length;
}

function loadOf(load: LoadMapping, task: number): number {
  return load.get(task) ?? unknownLoad;
}

function adjustWeights(targets: readonly RingTarget[], load: LoadMapping | null): void {
  const loads = targets.map(({ task }) => (load === null ? 0 : loadOf(load, task)));
  const least = Math.min(...loads);
  targets.forEach((target, i) => {
    // Within five hundredths of the least loaded is still fine.
    const isFine = present(loads[i], 'a load') <= least + 0.05;
    target.weight = isFine
      ? Math.min(maxWeight, target.weight + 1)
      : Math.max(0, target.weight - 10);
  });
}

function fillRing(
  targets: readonly RingTarget[],
  allTargets: number,
  random: RandomStream,
): number[] {
  const cells = allTargets === 1 ? 1 : Math.max(1000, allTargets * 5);
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  assert(weights > 0, 'the least loaded task has a weight');
  const ring = targets.flatMap(({ task, weight }) =>
    Array.from({ length: Math.floor((weight / weights) * cells) }, () => task),
  );
  while (ring.length < cells) ring.push(present(ring[nextInt(random, ring.length)], 'a cell'));
  shuffle(ring, (bound) => nextInt(random, bound));
  return ring;
}
