/** The bench of Trident's map states, and the table of which spout fits which state. */
import * as v from 'valibot';
import { isExactlyOnce } from '../../trident/exactlyOnce.ts';
import {
  beginCommit,
  createTridentState,
  currentValue,
  multiUpdate,
  read,
  removeKeys,
  type TridentState,
} from '../../trident/mapStates.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';

const keys = v.array(v.string());

export const tridentState = benchOf({
  component: 'storm/trident-state',
  meaning:
    'One map state of Trident that sums. Configuration: kind. Steps: commit, the commit phase of a batch: txid, the keys that it gets first, updates (one list of [key, amount] for each multiUpdate), the keys that it removes then (MemoryMapState only), and dies, if the worker does before the commit is finished; get, what a query sees of keys. Answers: the values after each call, and what is stored for each key.',
  config: v.strictObject({
    kind: v.picklist(['NonTransactionalMap', 'TransactionalMap', 'OpaqueMap', 'MemoryMapState']),
  }),
  step: v.variant('do', [
    v.strictObject({
      do: v.literal('commit'),
      txid: natural,
      get: v.optional(keys),
      updates: v.array(v.array(v.tuple([v.string(), v.number()]))),
      removes: v.optional(keys),
      // Nothing of a commit outlives the worker but what was written, so to die changes nothing more.
      dies: v.optional(v.boolean()),
    }),
    v.strictObject({ do: v.literal('get'), keys }),
  ]),
  create: ({ kind }) => createTridentState(kind),
  play(state, step) {
    if (step.do === 'get') return step.keys.map((key) => currentValue(state, key));
    const commit = beginCommit(state, step.txid);
    const gets = step.get ? [step.get.map((key) => read(commit, key))] : [];
    const after = [...gets, ...step.updates.map((updates) => multiUpdate(commit, updates))];
    if (step.removes && state.kind === 'MemoryMapState') removeKeys(state, commit, step.removes);
    return { after, stored: storedIn(state) };
  },
});

/** What is stored, by key. */
export function storedIn({ values }: TridentState): [string, unknown][] {
  return [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const kinds = v.picklist(['non-transactional', 'transactional', 'opaque']);

export const tridentGuarantee = benchOf({
  component: 'storm/trident-guarantee',
  meaning: 'Each step is a spout and a state; the answer is whether the state is exactly once.',
  config: v.strictObject({}),
  step: v.strictObject({ spout: kinds, state: kinds }),
  create: () => null,
  play: (_, { spout, state }) => isExactlyOnce(spout, state),
});
