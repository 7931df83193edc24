/** A cluster that has been up for a while: topics made, brokers registered, leaders elected, logs empty. */
import type { Environment } from '../../kernel/environment.ts';
import { brokerProcess } from './anatomy.ts';
import type { KafkaConfig } from './config.ts';
import { clusterState, createController } from './controller/controller.ts';
import { createPartitionLog } from './log/partitionLog.ts';
import { createProgress } from './replication/isr.ts';
import type {
  Broker,
  ClusterPartition,
  KafkaEvent,
  KafkaState,
  Replica,
  TopicReplicas,
} from './state.ts';
import { brokerIds, placePartitions } from './topicPlacement.ts';

export function startCluster(config: KafkaConfig, env: Environment<KafkaEvent>): KafkaState {
  const ids = brokerIds(config);
  const partitions = placePartitions(config).map(({ topic, partition, replicas }, index) => {
    const name = `${topic}-${partition}`;
    const part = `${config.id}/${name}`;
    return {
      index,
      topic,
      partition,
      name,
      replicas,
      part: env.trace.part(part),
      endGauge: env.trace.gaugeId(`${part}:end`),
      highWatermarkGauge: env.trace.gaugeId(`${part}:hw`),
      leaderGauge: replicas.length > 1 ? env.trace.gaugeId(`${part}:leader`) : null,
    };
  });
  const controllerProcess = env.process(`${config.id}/controller`);
  const state: KafkaState = {
    config,
    controller: createController(controllerProcess, ids, partitions),
    brokers: ids.map((id) =>
      createBroker(id, env.process(`${config.id}/${brokerProcess(id)}`), partitions, env.nowUs),
    ),
    partitions,
    logs: partitions.map(() => []),
    nextProducerId: 0,
    committedOffsets: new Map(),
  };
  const cluster = clusterState(state);
  for (const broker of state.brokers) broker.cluster = cluster;
  for (const { endGauge, highWatermarkGauge, leaderGauge, replicas } of partitions) {
    env.trace.gauge(endGauge, 0);
    env.trace.gauge(highWatermarkGauge, 0);
    if (leaderGauge !== null) env.trace.gauge(leaderGauge, replicas[0] ?? -1);
  }
  return state;
}

function createBroker(
  id: number,
  process: number,
  partitions: readonly ClusterPartition[],
  nowUs: number,
): Broker {
  const replicas: TopicReplicas[] = [];
  for (const at of partitions) {
    const { topic } = at;
    const replica = at.replicas.includes(id) ? createReplica(at, id, nowUs) : null;
    const held = replicas.find((others) => others.topic === topic);
    if (held) held.partitions.push(replica);
    else replicas.push({ topic, partitions: [replica] });
  }
  return {
    id,
    process,
    replicas,
    cluster: null,
    registrations: 0,
    busyUntilUs: 0,
    nextWaitId: 0,
    waitingFetches: [],
    waitingProduces: new Map(),
    fetchers: new Map(),
    groups: new Map(),
  };
}

function createReplica(at: ClusterPartition, broker: number, nowUs: number): Replica {
  const [leader = -1] = at.replicas;
  const followers = at.replicas.filter((id) => broker === leader && id !== leader);
  return {
    at,
    log: createPartitionLog(),
    highWatermark: 0,
    checkpointedHighWatermark: 0,
    leader,
    leaderEpoch: 0,
    partitionEpoch: 0,
    isr: at.replicas,
    pendingIsr: null,
    epochStartOffset: 0,
    followers: new Map(followers.map((id) => [id, createProgress(id, true, nowUs)])),
  };
}
