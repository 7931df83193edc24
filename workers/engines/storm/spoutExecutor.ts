/**
 * The executor of `org.apache.storm.kafka.spout.KafkaSpout` (storm-kafka-client 2.8.8) inside its worker.
 *
 * Its loop calls `nextTuple` while fewer than `topology.max.spout.pending` tuples are open; each call
 * emits one record of the last poll, partition after partition, and only when these are used up polls
 * again. At least once commits every 30 s what is acked without a gap; at most once commits what was
 * polled before anything of it is emitted.
 *
 * Left out: a poll that finds nothing does not block the thread for 200 ms; `commitSync` does not block
 * it either, at least once.
 */
import { commit, poll, position, seek } from '../../clients/kafka/consumer.ts';
import type { KafkaClientPort } from '../../clients/kafka/port.ts';
import type { ConsumerEvent } from '../../clients/kafka/consumerState.ts';
import { present } from '../../kernel/assert.ts';
import type { RecordId } from '../../trace/format.ts';
import type { CommittedOffset } from '../../wire/kafka.ts';
import { put } from './acking/rotatingMap.ts';
import { hasReachedMaxPending } from './acking/spoutPending.ts';
import { drawId } from './acking/tupleId.ts';
import { shuffleTask } from './groupings/grouper.ts';
import { commitUpTo, findNextCommitOffset } from './kafkaSpout/offsetManager.ts';
import {
  ackCompactedAway,
  createSpoutPartition,
  earliestRetriableOffset,
  mayEmit,
  onAck,
  onEmitted,
  partitionWith,
  type SpoutPartition,
} from './kafkaSpout/spoutPartition.ts';
import { addTree } from './logs.ts';
import { tellAcker, wakeSpout } from './reliability.ts';
import { log, type SpoutTask, type StormEnvironment, type StormState } from './state.ts';
import { fetchedRecords, spoutPort } from './spoutClient.ts';
import { processOf, sendTuple } from './transfer.ts';

const commitRetryUs = 100_000;

/** One turn of the loop. It stops where there is nothing to do; whatever changes that wakes it. */
export function nextTuple(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  spout.isScheduled = false;
  const limit = state.config['topology.max.spout.pending'];
  if (spout.awaitsCommit || hasReachedMaxPending(spout.pending, limit)) return;
  if (isCommitDue(state, env, spout)) commitAcked(state, env, spout);
  if (!emitWaiting(state, env, spout) && !pollAndEmit(state, env, spout)) return;
  const process = processOf(state, spout.task);
  spout.freeAtUs = env.nowUs + Math.floor(env.costs.stormTupleUs * env.slowness(process));
  wakeSpout(state, env, spout);
}

/** What the Kafka client reports. */
export function onConsumerEvent(
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  event: ConsumerEvent,
): void {
  if (event.kind === 'offsets committed') {
    for (const { partition, offset } of event.offsets) {
      commitUpTo(
        present(partitionWith(spout.partitions, partition), 'its partition').offsets,
        offset,
      );
      env.trace.gauge(present(spout.committedGauges[partition], 'its gauge'), offset);
      log(
        state,
        `Offsets successfully committed to Kafka [{${state.config.source.topic}-${String(partition)}=OffsetAndMetadata{offset=${String(offset)}}}]`,
      );
    }
    spout.awaitsCommit = false;
  } else if (event.kind === 'commit failed' || event.kind === 'failed') {
    log(state, event.message);
    if (spout.awaitsCommit) {
      env.after(processOf(state, spout.task), commitRetryUs, {
        type: 'commit timer',
        task: spout.task,
      });
    }
  }
  wakeSpout(state, env, spout);
}

/** The commit period is over, or a commit at most once has to be tried again. */
export function onCommitTimer(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  if (spout.awaitsCommit) commitPolled(state, env, spout);
  else wakeSpout(state, env, spout);
}

function isCommitDue(state: StormState, env: StormEnvironment, spout: SpoutTask): boolean {
  const periodUs = state.config.offsetCommitPeriodMs * 1000;
  return state.isAtLeastOnce && env.nowUs - spout.commitStartUs >= periodUs;
}

/** `commitOffsetsForAckedTuples`. */
function commitAcked(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  startCommitTimer(state, env, spout, env.nowUs);
  const { topic } = state.config.source;
  const offsets: CommittedOffset[] = [];
  for (const { number: partition, offsets: manager } of spout.partitions) {
    const offset = findNextCommitOffset(manager);
    if (offset !== null) offsets.push({ topic, partition, offset });
  }
  if (offsets.length > 0) commit(spout.consumer, offsets, spoutPort(state, env, spout.task));
}

export function startCommitTimer(
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  startUs: number,
): void {
  spout.commitStartUs = startUs;
  const dueUs = startUs + state.config.offsetCommitPeriodMs * 1000;
  env.at(processOf(state, spout.task), dueUs, { type: 'commit timer', task: spout.task });
}

/** At most once: the positions after the poll. */
function commitPolled(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  const { topic } = state.config.source;
  const offsets = spout.partitions.flatMap(({ number: partition }) => {
    const offset = position(spout.consumer, topic, partition);
    return offset === null ? [] : [{ topic, partition, offset }];
  });
  spout.awaitsCommit = true;
  commit(spout.consumer, offsets, spoutPort(state, env, spout.task));
}

/** `emitIfWaitingNotEmitted`: the next record of the last poll that may be emitted; false if there is none left. */
function emitWaiting(state: StormState, env: StormEnvironment, spout: SpoutTask): boolean {
  while (spout.waitingPartition < spout.waiting.length) {
    const { partition, records } = present(
      spout.waiting[spout.waitingPartition],
      'what was polled',
    );
    const { log, from, end } = records;
    while (from + spout.waitingRecord < end) {
      const offset = from + spout.waitingRecord;
      spout.waitingRecord += 1;
      const record = log.columns.record[offset] as number;
      if (emitOrSkip(state, env, spout, partition, offset, record)) return true;
    }
    spout.waitingPartition += 1;
    spout.waitingRecord = 0;
  }
  return false;
}

/** Polls until a record could be emitted; false if there is none at all. */
function pollAndEmit(state: StormState, env: StormEnvironment, spout: SpoutTask): boolean {
  const port = spoutPort(state, env, spout.task);
  const { topic } = state.config.source;
  for (;;) {
    seekToRetries(state, env, spout, port);
    spout.waiting = poll(spout.consumer, port);
    spout.waitingPartition = 0;
    spout.waitingRecord = 0;
    if (spout.waiting.length === 0) return false;
    for (const { partition, records } of spout.waiting) {
      const known = partitionWith(spout.partitions, partition);
      if (known) ackCompactedAway(known, records.from, env.nowUs);
      else spout.partitions.push(createSpoutPartition(partition, records.from));
      const next = position(spout.consumer, topic, partition);
      if (next !== null)
        env.trace.gauge(present(spout.positionGauges[partition], 'its gauge'), next);
    }
    if (!state.isAtLeastOnce) {
      commitPolled(state, env, spout);
      return false;
    }
    if (emitWaiting(state, env, spout)) return true;
  }
}

/** `doSeekRetriableTopicPartitions`. */
function seekToRetries(
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  port: KafkaClientPort,
): void {
  const { topic } = state.config.source;
  const part = state.parts[spout.task]!;
  for (const partition of spout.partitions) {
    const offset = earliestRetriableOffset(partition, env.nowUs);
    if (offset === null) continue;
    const { number } = partition;
    // Once it stands there, seeking again would throw away what has just been fetched.
    if ((position(spout.consumer, topic, number) ?? 0) <= offset) continue;
    for (const record of fetchedRecords(spout, number)) env.trace.leave(part, record);
    seek(spout.consumer, topic, number, offset, port);
  }
}

/** `emitOrRetryTuple`: emits the record, unless it is done or in the topology, or failed and not due again yet. */
function emitOrSkip(
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  partition: number,
  offset: number,
  record: RecordId,
): boolean {
  const known = present(partitionWith(spout.partitions, partition), 'its partition');
  const mayEmitIt = mayEmit(known, offset, env.nowUs);
  if (mayEmitIt) emit(state, env, spout, partition, known, offset, record);
  else env.trace.leave(state.parts[spout.task]!, record);
  return mayEmitIt;
}

function emit(
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  partition: number,
  known: SpoutPartition,
  offset: number,
  record: RecordId,
): void {
  const { trees } = state;
  const atLeastOnce = state.isAtLeastOnce;
  if (atLeastOnce && onEmitted(known, offset)) {
    env.trace.finding(state.parts[spout.task]!, record, 'emitted again');
  }
  const isAcked = state.areTreesAcked;
  const to = shuffleTask(spout.grouper);
  const tree = addTree(trees, partition, offset, record);
  if (isAcked) openTree(state, spout, tree);
  else state.untracked.set(record, { task: spout.task, partition, offset });
  sendTuple(state, env, spout.task, to, tree, record, true);
  if (isAcked) tellAcker(state, env, spout.task, tree, trees.columns.edge[tree]!, spout.task);
  // Without ackers the tuple counts as acked before any bolt has seen it.
  else if (atLeastOnce) onAck(known, offset);
}

/** Draws the tree's ids; the spout keeps it in mind until it hears of its end. */
function openTree(
  { random, trees: { columns } }: StormState,
  { pending }: SpoutTask,
  tree: number,
): void {
  columns.root[tree] = drawId(random);
  columns.edge[tree] = drawId(random);
  put(pending, tree);
}
