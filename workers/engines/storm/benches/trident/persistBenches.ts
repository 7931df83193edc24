/** The benches of what stands before a Trident state: partitionPersist, and the cache over a store. */
import * as v from 'valibot';
import { getCached, putCached, type CachedMap } from '../../trident/cachedMap.ts';
import { persistCalls } from '../../trident/partitionPersist.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';

const values = v.array(v.tuple([v.string(), v.number()]));

export const tridentCachedMap = benchOf({
  component: 'storm/trident-cached-map',
  meaning:
    'CachedMap over a store. Configuration: cacheSize. Steps: write values [key, value] through it, or behind it into the store; get keys. Answers: the values, and the keys that the store was asked for.',
  config: v.strictObject({ cacheSize: natural }),
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['write', 'write behind it']), values }),
    v.strictObject({ do: v.literal('get'), keys: v.array(v.string()) }),
  ]),
  create: ({ cacheSize }): CachedMap<number> => ({
    size: cacheSize,
    cache: new Map(),
    store: new Map(),
  }),
  play(map, step) {
    switch (step.do) {
      case 'get':
        return getCached(map, step.keys);
      case 'write':
        putCached(map, step.values);
        return null;
      case 'write behind it':
        for (const [key, value] of step.values) map.store.set(key, value);
        return null;
    }
  },
});

export const tridentPartitionPersist = benchOf({
  component: 'storm/trident-partition-persist',
  meaning:
    'partitionPersist in one partition. Each step is the end of a batch in it: the batch (txid and attempt, or the name of one that is no transaction) and its tuples. Answers: the calls of the state, with their argument.',
  config: v.strictObject({}),
  step: v.strictObject({
    batch: v.union([v.strictObject({ txid: natural, attempt: natural }), v.string()]),
    tuples: v.array(v.string()),
  }),
  create: () => null,
  play: (_, { batch, tuples }) =>
    persistCalls(typeof batch === 'string' ? null : batch.txid, tuples),
});
