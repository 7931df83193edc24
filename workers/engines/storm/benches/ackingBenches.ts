/** Benches of the acker, and of the map that forgets what is never acked. */
import * as v from 'valibot';
import { createAcker, executeInput, openTrees, tick } from '../acking/acker.ts';
import { createRotatingMap, put, remove, rotate } from '../acking/rotatingMap.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { natural } from './schemas.ts';
import { treeNumber } from './treeNumbers.ts';

export const acker = benchOf({
  component: 'storm/acker',
  meaning:
    'One acker. Steps: messages by stream (__ack_init, __ack_ack, __ack_fail, __ack_reset_timeout) and __tick. Answers: which spout task is told what, and the open trees.',
  config: v.strictObject({}),
  step: v.variant('stream', [
    v.strictObject({
      stream: v.literal('__ack_init'),
      root: natural,
      value: natural,
      spoutTask: natural,
    }),
    v.strictObject({ stream: v.literal('__ack_ack'), root: natural, value: natural }),
    v.strictObject({ stream: v.picklist(['__ack_fail', '__ack_reset_timeout']), root: natural }),
    v.strictObject({ stream: v.literal('__tick') }),
  ]),
  create: () => ({ acker: createAcker(), numbers: new Map<number, number>() }),
  play({ acker: state, numbers }, step) {
    if (step.stream === '__tick') {
      tick(state);
      return { tells: null, openTrees: openTrees(state) };
    }
    const { reply, spoutTask } = executeInput(state, {
      ...step,
      root: treeNumber(numbers, step.root),
    });
    const tells = reply === 'nothing' ? null : { task: spoutTask, stream: reply };
    return { tells, openTrees: openTrees(state) };
  },
});

/** Bounded, because the map keeps a place for every key in between. */
const key = v.pipe(natural, v.maxValue(1_000_000));

export const rotatingMap = benchOf({
  component: 'storm/rotating-map',
  meaning:
    'The map that forgets, of spouts (2 buckets) and ackers (3). Steps: put and remove a key, rotate. Answers: the keys that expired, ascending, and how many are left.',
  config: v.strictObject({ buckets: v.pipe(natural, v.minValue(2), v.maxValue(100)) }),
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['put', 'remove']), key }),
    v.strictObject({ do: v.literal('rotate') }),
  ]),
  create: ({ buckets }) => createRotatingMap(buckets),
  play(map, step) {
    const expired = step.do === 'rotate' ? rotate(map) : [];
    if (step.do === 'put') put(map, step.key);
    if (step.do === 'remove') remove(map, step.key);
    return { expired, size: map.size };
  },
});
