/**
 * A broker's life in the cluster (`BrokerLifecycleManager` and `BrokerMetadataPublisher`, 3.9): it
 * registers, heartbeats, and follows what the controller decides. A broker that does not hear of a
 * decision goes on as before, so a leader that was cut off keeps taking writes with acks=1.
 */
import type { ClusterState, PartitionState } from '../../../wire/kafkaCluster.ts';
import { endOffset } from '../log/partitionLog.ts';
import { isLeader, type Replica, replicaOf, replicasOf } from '../state.ts';
import { type BrokerContext, logLine } from './context.ts';
import { answerWaitingFetches } from './fetch.ts';
import { fetchFromLeaders } from './follower.ts';
import { advanceHighWatermark, askForIsr, becomeLeader, repeatIsrRequests } from './leader.ts';
import { answerWaitingProduces } from './produce.ts';

/** `replica.high.watermark.checkpoint.interval.ms`. */
const CHECKPOINT_INTERVAL_MS = 5_000;
const REGISTRATION_BACKOFF_MS = 100;

/** Sets the periodic work of a running broker going. */
export function startRoutines({ broker, env, state }: BrokerContext): void {
  env.after(broker.process, 0, { type: 'send heartbeat' });
  const hasFollowers = state.partitions.some(({ replicas }) => replicas.length > 1);
  // A partition with one replica has nobody to lose, and its high watermark is its end.
  if (!hasFollowers) return;
  env.after(broker.process, 0, { type: 'fetch from leaders' });
  env.after(broker.process, CHECKPOINT_INTERVAL_MS * 1000, { type: 'checkpoint high watermarks' });
  checkIsrLater({ broker, env, state });
}

export function checkIsrLater({ broker, env, state }: BrokerContext): void {
  const halfUs = Math.floor((state.config['replica.lag.time.max.ms'] * 1000) / 2);
  env.after(broker.process, halfUs, { type: 'check in-sync replicas' });
}

export function checkpointHighWatermarks({ broker, env }: BrokerContext): void {
  for (const replica of replicasOf(broker)) {
    replica.checkpointedHighWatermark = replica.highWatermark;
  }
  env.after(broker.process, CHECKPOINT_INTERVAL_MS * 1000, { type: 'checkpoint high watermarks' });
}

/** Says that it lives; until the controller has taken it in, it asks to be, with growing patience. */
export function sendHeartbeat({ broker, env, state }: BrokerContext): void {
  const { config, controller } = state;
  const version = broker.cluster?.version ?? -1;
  const sent = { type: 'kafka.broker-heartbeat', broker: broker.id, version } as const;
  env.send(broker.process, controller.process, sent);
  repeatIsrRequests({ broker, env, state });
  let waitMs = config['broker.heartbeat.interval.ms'];
  if (version < 0) {
    waitMs = REGISTRATION_BACKOFF_MS;
    for (let i = 0; i < broker.registrations; i++) waitMs *= 2;
    waitMs = Math.min(waitMs, config['broker.session.timeout.ms']);
    broker.registrations += 1;
  }
  env.after(broker.process, waitMs * 1000, { type: 'send heartbeat' });
}

/** A broker process died: what it had in memory is gone, its logs are not. */
export function forgetMemory({ broker }: BrokerContext): void {
  broker.cluster = null;
  broker.registrations = 0;
  broker.busyUntilUs = 0;
  broker.waitingFetches.length = 0;
  broker.waitingProduces.clear();
  broker.fetchers.clear();
  broker.groups.clear();
  for (const replica of replicasOf(broker)) {
    replica.leader = -1;
    replica.pendingIsr = null;
    replica.followers.clear();
    replica.highWatermark = Math.min(replica.checkpointedHighWatermark, endOffset(replica.log));
  }
}

/** Applies what the controller decided. */
export function onClusterState(context: BrokerContext, cluster: ClusterState): void {
  const { broker } = context;
  if (broker.cluster !== null && cluster.version < broker.cluster.version) return;
  // Until it is taken in, a restarted broker must not act on a state in which it is not alive.
  if (broker.cluster === null && !cluster.alive.includes(broker.id)) return;
  broker.cluster = cluster;
  for (const decided of cluster.partitions) {
    const replica = replicaOf(broker, decided.topic, decided.partition);
    if (replica) applyPartition(context, replica, decided);
  }
  answerWaitingProduces(context);
  answerWaitingFetches(context);
  fetchFromLeaders(context);
}

function applyPartition(context: BrokerContext, replica: Replica, decided: PartitionState): void {
  const { broker, env, state } = context;
  const { leader, leaderEpoch, partitionEpoch, isr } = decided;
  const before = replica.leader;
  replica.leader = leader;
  replica.partitionEpoch = partitionEpoch;
  replica.isr = isr;
  replica.pendingIsr = null;
  const isNew = leaderEpoch !== replica.leaderEpoch || before !== leader;
  if (isNew && isLeader(broker, replica)) {
    becomeLeader(context, replica, leaderEpoch);
    if (decided.recovering) askForIsr(context, replica, isr);
  } else if (isNew) {
    replica.leaderEpoch = leaderEpoch;
    replica.followers.clear();
    if (leader < 0 && before === broker.id) {
      logLine(state, replica.at, env, `[broker ${broker.id}] ${replica.at.name} has no leader`);
    }
  }
  advanceHighWatermark(context, replica);
}
