/**
 * Anchoring (Storm 2.8.8, `SpoutOutputCollectorImpl` and `BoltOutputCollectorImpl`): which trees a tuple
 * belongs to, and what its ack tells the ackers.
 *
 * A tuple carries an edge id for each root that it descends from. Emitting with an anchor draws a new edge
 * and remembers it at the anchor; acking the anchor sends its own edge and all edges it has drawn, folded
 * into one number. So a tuple anchored to two belongs to both trees, and its failure fails both; a tuple
 * without an anchor belongs to none, and nobody waits for it.
 *
 * A component of its own: in a lane a tuple belongs to one tree, and its task keeps the two numbers.
 */
import type { RandomStream } from '../../../kernel/random.ts';
import type { AckerInput } from './acker.ts';
import { drawId, xorIds } from './tupleId.ts';

export interface TreeTuple {
  /** Root id → edge id; empty for a tuple that nobody waits for. */
  readonly edges: Map<number, number>;
  /** The edges drawn for what was anchored to it, folded. */
  ackValue: number;
}

/**
 * A spout emits with a message id: a new tree.
 *
 * @param targets how many tasks get the tuple
 * @param spoutTask whom the acker tells
 */
export function emitRoot(targets: number, spoutTask: number, random: RandomStream) {
  const root = drawId(random);
  const edges = Array.from({ length: targets }, () => drawId(random));
  const tuples = edges.map((edge): TreeTuple => ({ edges: new Map([[root, edge]]), ackValue: 0 }));
  // Without targets the value is zero at once: the tree is complete.
  const init: AckerInput = {
    stream: '__ack_init',
    root,
    value: edges.reduce(xorIds, 0),
    spoutTask,
  };
  return { root, tuples, init };
}

/** A bolt emits to one task. */
export function emitAnchored(anchors: readonly TreeTuple[], random: RandomStream): TreeTuple {
  const edges = new Map<number, number>();
  for (const anchor of anchors) {
    if (anchor.edges.size === 0) continue;
    const edge = drawId(random);
    anchor.ackValue = xorIds(anchor.ackValue, edge);
    for (const root of anchor.edges.keys()) edges.set(root, xorIds(edges.get(root) ?? 0, edge));
  }
  return { edges, ackValue: 0 };
}

/** What `ack(tuple)` sends, to the acker of each root. */
export function acksOf({ edges, ackValue }: TreeTuple): AckerInput[] {
  return [...edges].map(([root, edge]) => ({
    stream: '__ack_ack',
    root,
    value: xorIds(edge, ackValue),
  }));
}

/** What `fail(tuple)` sends. */
export function failsOf({ edges }: TreeTuple): AckerInput[] {
  return [...edges.keys()].map((root) => ({ stream: '__ack_fail', root }));
}
