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
  get,
  put,
  remove,
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

/** The spout task of a tree, for the reply to an input that completes it; −1 if unknown. */
export function executeInput(
  acker: Acker,
  input: AckerInput,
): { readonly reply: AckerReply; readonly spoutTask: number } {
  switch (input.stream) {
    case '__ack_init': {
      const entry = entryOf(acker, input.root);
      entry.value = xorIds(entry.value, input.value);
      entry.spoutTask = input.spoutTask;
      return answer(acker, input.root, entry, false);
    }
    case '__ack_ack': {
      const entry = entryOf(acker, input.root);
      entry.value = xorIds(entry.value, input.value);
      return answer(acker, input.root, entry, false);
    }
    case '__ack_fail': {
      const entry = entryOf(acker, input.root);
      entry.failed = true;
      put(acker.pending, input.root, entry);
      return answer(acker, input.root, entry, false);
    }
    case '__ack_reset_timeout': {
      const entry = entryOf(acker, input.root);
      put(acker.pending, input.root, entry);
      return answer(acker, input.root, entry, true);
    }
  }
}

/** A tick tuple, every `topology.message.timeout.secs`. */
export function tick(acker: Acker): void {
  rotate(acker.pending);
}

function entryOf(acker: Acker, root: number): AckObject {
  const known = get(acker.pending, root);
  if (known !== undefined) return known;
  const entry: AckObject = { value: 0, spoutTask: -1, failed: false };
  put(acker.pending, root, entry);
  return entry;
}

function answer(acker: Acker, root: number, entry: AckObject, resetTimeout: boolean) {
  const { spoutTask } = entry;
  if (spoutTask < 0) return { reply: 'nothing', spoutTask } as const;
  if (entry.value === 0) {
    remove(acker.pending, root);
    return { reply: '__ack_ack', spoutTask } as const;
  }
  if (entry.failed) {
    remove(acker.pending, root);
    return { reply: '__ack_fail', spoutTask } as const;
  }
  return { reply: resetTimeout ? '__ack_reset_timeout' : 'nothing', spoutTask } as const;
}
