/**
 * `org.apache.storm.daemon.Acker` (Storm 2.8.8): one number a tuple tree, however large the tree.
 *
 * Each edge's id is folded in twice, once when the edge appears and once when its tuple is acked,
 * in any order. So the value is zero exactly when nothing is open (but for accident), and the spout
 * task hears that the tree is complete. What is never completed is forgotten in silence after two to
 * three ticks: it is the spout's own timeout that fails a tuple.
 */
import { growColumns, integers, numbers } from '../../../kernel/columns.ts';
import { xorIds } from './tupleId.ts';
import { createRotatingMap, has, put, remove, rotate, type RotatingMap } from './rotatingMap.ts';

/** `Acker.TIMEOUT_BUCKET_NUM`. */
const timeoutBuckets = 3;

export interface Acker {
  /** The open trees, by number. */
  readonly pending: RotatingMap;
  /** What is known of each open tree, by number: the `AckObject` of the real one. */
  readonly columns: {
    /** All edges so far, folded. */
    value: Float64Array;
    /** −1 until the spout's `__ack_init` has come; acks may overtake it. */
    spoutTask: Int32Array;
  };
  /** Open trees after an `__ack_fail`. */
  readonly failed: Set<number>;
}

export type AckerInput =
  | {
      readonly stream: '__ack_init';
      readonly root: number;
      readonly value: number;
      readonly spoutTask: number;
    }
  | { readonly stream: '__ack_ack'; readonly root: number; readonly value: number }
  | { readonly stream: '__ack_fail' | '__ack_reset_timeout'; readonly root: number };

/** What an acker tells a spout task. */
export type AckerReply = 'nothing' | '__ack_ack' | '__ack_fail' | '__ack_reset_timeout';

/** @param room for so many trees at first */
export function createAcker(room?: number): Acker {
  return {
    pending: createRotatingMap(timeoutBuckets, room),
    columns: { value: numbers(room), spoutTask: integers(room) },
    failed: new Set(),
  };
}

export function openTrees(acker: Acker): number {
  return acker.pending.size;
}

/** Whether all edges of a tree have been folded in twice, and the spout's message is among them. */
export function isComplete({ columns }: Acker, root: number): boolean {
  return columns.value[root] === 0 && columns.spoutTask[root]! >= 0;
}

/** `__ack_init`: the spout has emitted. Returns the spout task if the tree is complete with it, else −1. */
export function onInit(acker: Acker, root: number, value: number, spoutTask: number): number {
  open(acker, root);
  acker.columns.spoutTask[root] = spoutTask;
  return fold(acker, root, value);
}

/** `__ack_ack`: a bolt is done with a tuple. Returns the spout task if that completes the tree, else −1. */
export function onAck(acker: Acker, root: number, value: number): number {
  open(acker, root);
  return fold(acker, root, value);
}

/** Any message of a spout or bolt, and what the tree's spout task is told. */
export function executeInput(
  acker: Acker,
  input: AckerInput,
): { readonly reply: AckerReply; readonly spoutTask: number } {
  const { columns, failed, pending } = acker;
  const { root } = input;
  if (input.stream === '__ack_init') onInit(acker, root, input.value, input.spoutTask);
  else if (input.stream === '__ack_ack') onAck(acker, root, input.value);
  else {
    open(acker, root);
    if (input.stream === '__ack_fail') failed.add(root);
    put(pending, root);
    fold(acker, root, 0);
  }
  const spoutTask = columns.spoutTask[root]!;
  if (spoutTask < 0) return { reply: 'nothing', spoutTask };
  if (columns.value[root] === 0) return { reply: '__ack_ack', spoutTask };
  if (failed.has(root)) {
    remove(pending, root);
    return { reply: '__ack_fail', spoutTask };
  }
  return { reply: input.stream === '__ack_reset_timeout' ? input.stream : 'nothing', spoutTask };
}

/** A tick tuple, every `topology.message.timeout.secs`. */
export function tick(acker: Acker): void {
  rotate(acker.pending);
}

/** Makes room for a tree that nobody has told of yet. */
function open({ pending, columns, failed }: Acker, root: number): void {
  if (has(pending, root)) return;
  put(pending, root);
  while (root >= columns.value.length) growColumns(columns);
  columns.value[root] = 0;
  columns.spoutTask[root] = -1;
  if (failed.size > 0) failed.delete(root);
}

/** Folds a message's edges into the tree's value, and takes the tree out if nothing of it is open. */
function fold(acker: Acker, root: number, edges: number): number {
  const { value, spoutTask } = acker.columns;
  value[root] = xorIds(value[root]!, edges);
  if (!isComplete(acker, root)) return -1;
  remove(acker.pending, root);
  return spoutTask[root]!;
}
