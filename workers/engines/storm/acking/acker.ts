/**
 * `org.apache.storm.daemon.Acker` (Storm 2.8.8): one number a tuple tree, however large the tree.
 *
 * Each edge's id is folded in twice, once when the edge appears and once when its tuple is acked,
 * in any order. So the value is zero exactly when nothing is open (but for accident), and the spout
 * task hears that the tree is complete. What is never completed is forgotten in silence after two to
 * three ticks: it is the spout's own timeout that fails a tuple.
 */
import { xorIds } from './tupleId.ts';
import {
  createRotatingMap,
  drop,
  get,
  put,
  putNew,
  rotate,
  size,
  type RotatingMap,
} from './rotatingMap.ts';

/** `Acker.TIMEOUT_BUCKET_NUM`. */
const timeoutBuckets = 3;

export interface AckObject {
  value: number;
  /** −1 until the spout's `__ack_init` has come; acks may overtake it. */
  spoutTask: number;
  failed: boolean;
}

export interface Acker {
  readonly pending: RotatingMap<AckObject>;
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

export function createAcker(): Acker {
  return { pending: createRotatingMap(timeoutBuckets) };
}

export function openTrees(acker: Acker): number {
  return size(acker.pending);
}

/** `__ack_init`: the spout has emitted. Returns the spout task if the tree is complete with it, else −1. */
export function onInit(acker: Acker, root: number, value: number, spoutTask: number): number {
  const entry = entryOf(acker, root);
  entry.value = xorIds(entry.value, value);
  entry.spoutTask = spoutTask;
  return completed(acker, root, entry);
}

/** `__ack_ack`: a bolt is done with a tuple. Returns the spout task if that completes the tree, else −1. */
export function onAck(acker: Acker, root: number, value: number): number {
  const entry = entryOf(acker, root);
  entry.value = xorIds(entry.value, value);
  return completed(acker, root, entry);
}

/** Any message of a spout or bolt, and what the tree's spout task is told. */
export function executeInput(
  acker: Acker,
  input: AckerInput,
): { readonly reply: AckerReply; readonly spoutTask: number } {
  const entry = entryOf(acker, input.root);
  if (input.stream === '__ack_init') onInit(acker, input.root, input.value, input.spoutTask);
  else if (input.stream === '__ack_ack') onAck(acker, input.root, input.value);
  else {
    if (input.stream === '__ack_fail') entry.failed = true;
    put(acker.pending, input.root, entry);
    completed(acker, input.root, entry);
  }
  const { spoutTask } = entry;
  if (spoutTask < 0) return { reply: 'nothing', spoutTask };
  if (entry.value === 0) return { reply: '__ack_ack', spoutTask };
  if (entry.failed) {
    drop(acker.pending, input.root);
    return { reply: '__ack_fail', spoutTask };
  }
  return { reply: input.stream === '__ack_reset_timeout' ? input.stream : 'nothing', spoutTask };
}

/** A tick tuple, every `topology.message.timeout.secs`. */
export function tick(acker: Acker): void {
  rotate(acker.pending);
}

function entryOf(acker: Acker, root: number): AckObject {
  const known = get(acker.pending, root);
  if (known !== undefined) return known;
  const entry: AckObject = { value: 0, spoutTask: -1, failed: false };
  putNew(acker.pending, root, entry);
  return entry;
}

/** Takes a complete tree out. */
function completed(acker: Acker, root: number, { value, spoutTask }: AckObject): number {
  if (value !== 0 || spoutTask < 0) return -1;
  drop(acker.pending, root);
  return spoutTask;
}
