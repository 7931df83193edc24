/** A bench of tuple trees: spouts and bolts are played by the script, the acker answers. */
import * as v from 'valibot';
import { present } from '../../../kernel/assert.ts';
import { createRandom, type RandomStream } from '../../../kernel/random.ts';
import { createAcker, executeInput, type Acker, type AckerInput } from '../acking/acker.ts';
import { treeNumber } from './treeNumbers.ts';
import { acksOf, emitAnchored, emitRoot, failsOf, type TreeTuple } from '../acking/tupleTree.ts';
import { benchOf } from '../../../kernel/bench.ts';

interface TreeBench {
  readonly acker: Acker;
  readonly random: RandomStream;
  /** Tuples by the names that the script gave them. */
  readonly tuples: Map<string, TreeTuple>;
  readonly messageIds: Map<number, string>;
  readonly numbers: Map<number, number>;
}

const name = v.string();
const names = v.array(name);

/** No script needs two spouts to be told apart: a message id says which it was. */
const spoutTask = 1;

export const tupleTree = benchOf({
  component: 'storm/tuple-tree',
  meaning:
    'Tuple trees and their acker. Steps: a spout emits a message, a bolt emits (anchored or not), acks or fails; tuples have names, one for each task that gets them. Answers: what the spout hears, as [ack or fail, message id].',
  config: v.strictObject({}),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('spout emits'), messageId: name, to: names }),
    v.strictObject({ do: v.literal('bolt emits'), anchors: names, to: names }),
    v.strictObject({ do: v.picklist(['ack', 'fail']), tuple: name }),
  ]),
  create: (): TreeBench => ({
    acker: createAcker(),
    random: createRandom(1, 'tree'),
    tuples: new Map(),
    messageIds: new Map(),
    numbers: new Map(),
  }),
  play(bench, step) {
    switch (step.do) {
      case 'spout emits': {
        const { root, tuples, init } = emitRoot(step.to.length, spoutTask, bench.random);
        bench.messageIds.set(root, step.messageId);
        step.to.forEach((to, i) => bench.tuples.set(to, present(tuples[i], 'a tuple a task')));
        return tell(bench, [init]);
      }
      case 'bolt emits': {
        const anchors = step.anchors.map((anchor) => tupleOf(bench, anchor));
        for (const to of step.to) bench.tuples.set(to, emitAnchored(anchors, bench.random));
        return [];
      }
      case 'ack':
        return tell(bench, acksOf(tupleOf(bench, step.tuple)));
      case 'fail':
        return tell(bench, failsOf(tupleOf(bench, step.tuple)));
    }
  },
});

function tupleOf({ tuples }: TreeBench, tuple: string): TreeTuple {
  return present(tuples.get(tuple), `the tuple ${tuple}`);
}

function tell(
  { acker, messageIds, numbers }: TreeBench,
  inputs: readonly AckerInput[],
): [string, string][] {
  const told = inputs.flatMap((input): [string, string][] => {
    const root = treeNumber(numbers, input.root);
    const { reply } = executeInput(acker, { ...input, root });
    const messageId = present(messageIds.get(input.root), 'the message id');
    if (reply === '__ack_ack') return [['ack', messageId]];
    return reply === '__ack_fail' ? [['fail', messageId]] : [];
  });
  // Which of two trees is told of first depends on their random ids.
  return told.sort(([, a], [, b]) => (a < b ? -1 : 1));
}
