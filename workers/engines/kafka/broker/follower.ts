/**
 * Following: a broker fetches from the leaders of the partitions that it only keeps copies of
 * (`ReplicaFetcherThread`, 3.9), as consumers do, from its own end on. Each fetch says how far it is, so
 * its high watermark is always one round behind. If its log parted from the leader's while it was away,
 * it cuts its own back to where the two agree.
 */
import type { FetchPosition, FetchRequest, FetchResponse } from '../../../wire/kafka.ts';
import { truncationOffset } from '../log/leaderEpochs.ts';
import { appendFetched, endOffset, lastEpoch, truncateLog } from '../log/partitionLog.ts';
import { type Replica, replicaOf, replicasOf } from '../state.ts';
import { type BrokerContext, logLine } from './context.ts';

/** `replica.fetch.wait.max.ms`, `replica.fetch.backoff.ms`, `replica.socket.timeout.ms` and sizes, at their defaults. */
const FETCH_WAIT_MAX_MS = 500;
const FETCH_BACKOFF_MS = 1_000;
const SOCKET_TIMEOUT_MS = 30_000;
const FETCH_MAX_BYTES = 1_048_576;
const FETCH_RESPONSE_MAX_BYTES = 10_485_760;

/** Sends a fetch to every leader from which none is on its way. */
export function fetchFromLeaders(context: BrokerContext): void {
  const { broker, env, state } = context;
  const byLeader = new Map<number, FetchPosition[]>();
  for (const replica of replicasOf(broker)) {
    const { leader } = replica;
    if (leader < 0 || leader === broker.id || broker.fetchers.has(leader)) continue;
    const positions = byLeader.get(leader);
    if (positions) positions.push(positionOf(replica));
    else byLeader.set(leader, [positionOf(replica)]);
  }
  for (const [leader, positions] of byLeader) {
    const leaderProcess = state.brokers[leader - 1]?.process;
    if (leaderProcess === undefined) continue;
    broker.nextWaitId += 1;
    const request: FetchRequest = {
      type: 'kafka.fetch',
      clientId: 'replica-fetcher',
      correlationId: broker.nextWaitId,
      replicaId: broker.id,
      maxWaitMs: FETCH_WAIT_MAX_MS,
      minBytes: 1,
      maxBytes: FETCH_RESPONSE_MAX_BYTES,
      partitionMaxBytes: FETCH_MAX_BYTES,
      positions,
    };
    broker.fetchers.set(leader, request);
    env.send(broker.process, leaderProcess, request);
    const { correlationId } = request;
    const timeoutUs = SOCKET_TIMEOUT_MS * 1000;
    env.after(broker.process, timeoutUs, { type: 'fetch times out', leader, correlationId });
  }
}

function positionOf({ at, leaderEpoch, log }: Replica): FetchPosition {
  const { topic, partition } = at;
  const offset = endOffset(log);
  return { topic, partition, offset, leaderEpoch, lastFetchedEpoch: lastEpoch(log), pipe: -1 };
}

export function onFetchedFromLeader(context: BrokerContext, response: FetchResponse): void {
  const { broker, env } = context;
  for (const [leader, request] of broker.fetchers) {
    if (request.correlationId !== response.correlationId) continue;
    broker.fetchers.delete(leader);
    const isRefused = response.partitions.some(({ error }) => error !== null);
    response.partitions.forEach((fetched, index) => {
      const replica = replicaOf(broker, fetched.topic, fetched.partition);
      const asked = request.positions[index];
      // The answer is of use only if nothing changed since the question.
      const isCurrent =
        replica?.leader === leader &&
        asked?.leaderEpoch === replica.leaderEpoch &&
        asked.offset === endOffset(replica.log);
      if (!replica || !isCurrent || fetched.error !== null) return;
      if (fetched.diverging !== null) {
        const offset = truncationOffset(replica.log.epochs, fetched.diverging, asked.offset);
        cutBack(context, replica, offset);
        return;
      }
      appendFetched(replica.log, fetched.records, fetched.batches);
      replica.highWatermark = Math.min(fetched.highWatermark, endOffset(replica.log));
    });
    if (!isRefused) fetchFromLeaders(context);
    else env.after(broker.process, FETCH_BACKOFF_MS * 1000, { type: 'fetch from leaders' });
    return;
  }
}

/** A cut link says nothing, so only the socket's timeout finds out. */
export function giveUpLeaderFetch(
  context: BrokerContext,
  leader: number,
  correlationId: number,
): void {
  const { broker } = context;
  if (broker.fetchers.get(leader)?.correlationId !== correlationId) return;
  broker.fetchers.delete(leader);
  fetchFromLeaders(context);
}

function cutBack({ broker, env, state }: BrokerContext, replica: Replica, offset: number): void {
  const dropped = truncateLog(replica.log, offset);
  replica.highWatermark = Math.min(replica.highWatermark, offset);
  if (dropped === 0) return;
  logLine(
    state,
    replica.at,
    env,
    `[broker ${broker.id}] Truncating to offset ${offset}: ${dropped} records that the leader does not have`,
  );
}

/** The leader cannot be reached: try again a little later, or when there is another one. */
export function onLeaderLost({ broker, env, state }: BrokerContext, process: number): void {
  const leader = state.brokers.find((other) => other.process === process)?.id;
  if (leader === undefined || !broker.fetchers.delete(leader)) return;
  env.after(broker.process, FETCH_BACKOFF_MS * 1000, { type: 'fetch from leaders' });
}
