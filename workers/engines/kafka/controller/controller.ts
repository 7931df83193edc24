/**
 * The controller (`QuorumController`, KRaft 3.9): who is alive, and who leads what. A broker whose
 * heartbeats stop is fenced after `broker.session.timeout.ms`: in one go it leaves every ISR and its
 * partitions get new leaders.
 *
 * Simplified: the quorum is one process; topics exist from the start; brokers are sent the state instead
 * of replaying the metadata log.
 */
import type { Environment, ProcessId } from '../../../kernel/environment.ts';
import type { AlterPartition, BrokerHeartbeat, ClusterState } from '../../../wire/kafkaCluster.ts';
import type { KafkaConfig } from '../config.ts';
import { logLine } from '../broker/context.ts';
import { bookLostRecords, traceNewLeader } from '../lostRecords.ts';
import type { ClusterPartition, KafkaEvent, KafkaState } from '../state.ts';
import {
  changePartition,
  type ElectionRules,
  type PartitionRegistration,
  registerPartition,
} from './partitionChange.ts';

export interface Controller {
  readonly process: ProcessId;
  /** Grows with every decision. */
  version: number;
  readonly brokers: BrokerRegistration[];
  /** In the order of the cluster's partitions. */
  readonly registrations: PartitionRegistration[];
}

export interface BrokerRegistration {
  readonly id: number;
  fenced: boolean;
  lastContactUs: number;
}

type Env = Environment<KafkaEvent>;

export function createController(
  process: ProcessId,
  ids: readonly number[],
  partitions: readonly ClusterPartition[],
): Controller {
  return {
    process,
    version: 0,
    brokers: ids.map((id) => ({ id, fenced: false, lastContactUs: 0 })),
    registrations: partitions.map(({ replicas }) => registerPartition(replicas, () => true)),
  };
}

function isActive(controller: Controller, broker: number): boolean {
  return controller.brokers[broker - 1]?.fenced === false;
}

function rulesOf(
  { config, controller }: KafkaState,
  { replicas }: PartitionRegistration,
  election: ElectionRules['election'],
): ElectionRules {
  return {
    isAcceptable: (broker) => isActive(controller, broker),
    election,
    minIsr: Math.min(config['min.insync.replicas'], replicas.length),
    eligibleLeaderReplicas: false,
  };
}

function electionAfterFailure(config: KafkaConfig): ElectionRules['election'] {
  return config['unclean.leader.election.enable'] ? 'unclean' : 'online';
}

export function clusterState({ controller, partitions }: KafkaState): ClusterState {
  return {
    type: 'kafka.cluster-state',
    version: controller.version,
    alive: controller.brokers.filter(({ fenced }) => !fenced).map(({ id }) => id),
    partitions: partitions.map(({ topic, partition }, index) => {
      const registration = controller.registrations[index];
      return {
        topic,
        partition,
        replicas: registration?.replicas ?? [],
        isr: registration?.isr ?? [],
        leader: registration?.leader ?? -1,
        leaderEpoch: registration?.leaderEpoch ?? 0,
        partitionEpoch: registration?.partitionEpoch ?? 0,
        recovering: registration?.recovering ?? false,
      };
    }),
  };
}

/** A broker lives. One that has restarted is taken in only once its former session is over. */
export function onHeartbeat(
  state: KafkaState,
  { broker: id, version }: BrokerHeartbeat,
  env: Env,
): void {
  const { controller } = state;
  const broker = controller.brokers[id - 1];
  if (!broker) return;
  if (version < 0 && !broker.fenced) return;
  broker.lastContactUs = env.nowUs;
  watchSession(state, broker, env);
  if (broker.fenced) unfence(state, broker, env);
  else if (version < controller.version) sendState(state, id, env);
}

/** Comes back when the broker's session would end if it fell silent now. */
function watchSession(
  state: KafkaState,
  { id, lastContactUs }: BrokerRegistration,
  env: Env,
): void {
  const timeoutUs = state.config['broker.session.timeout.ms'] * 1000;
  env.after(state.controller.process, timeoutUs, {
    type: 'session expires',
    broker: id,
    contactUs: lastContactUs,
  });
}

export function onSessionEnd(state: KafkaState, id: number, contactUs: number, env: Env): void {
  const broker = state.controller.brokers[id - 1];
  if (!broker || broker.fenced || broker.lastContactUs !== contactUs) return;
  broker.fenced = true;
  const election = electionAfterFailure(state.config);
  decideAndTell(state, env, (registration) => {
    const isr = registration.isr.filter((replica) => replica !== id);
    if (registration.leader !== id && isr.length === registration.isr.length) return registration;
    return changePartition(registration, isr, rulesOf(state, registration, election));
  });
}

/** A broker is active again: partitions without a leader may get one now. */
function unfence(state: KafkaState, broker: BrokerRegistration, env: Env): void {
  broker.fenced = false;
  const election = electionAfterFailure(state.config);
  decideAndTell(state, env, (registration) =>
    registration.leader >= 0
      ? registration
      : changePartition(registration, registration.isr, rulesOf(state, registration, election)),
  );
}

/** A leader asks for another ISR. What it asks from an old state is not granted. */
export function onAlterPartition(state: KafkaState, request: AlterPartition, env: Env): void {
  const { controller, partitions } = state;
  const index = partitions.findIndex(
    ({ topic, partition }) => topic === request.topic && partition === request.partition,
  );
  const asked = controller.registrations[index];
  const isGranted =
    asked?.leader === request.broker &&
    asked.leaderEpoch === request.leaderEpoch &&
    asked.partitionEpoch === request.partitionEpoch &&
    request.isr.every((replica) => isActive(controller, replica));
  if (!isGranted) {
    sendState(state, request.broker, env);
    return;
  }
  decideAndTell(state, env, (registration) =>
    registration === asked
      ? changePartition(registration, request.isr, rulesOf(state, registration, 'online'), true)
      : registration,
  );
}

/** `auto.leader.rebalance.enable`: gives leadership back to preferred leaders that are in sync. */
export function balanceLeaders(state: KafkaState, env: Env): void {
  const { controller } = state;
  const isBalanced = controller.registrations.every(
    ({ leader, replicas, isr }) =>
      leader < 0 || leader === replicas[0] || !isr.includes(replicas[0] ?? -1),
  );
  if (!isBalanced) {
    decideAndTell(state, env, (registration) => {
      if (registration.leader < 0) return registration;
      const rules = rulesOf(state, registration, 'preferred');
      return changePartition(registration, registration.isr, rules);
    });
  }
  balanceLater(state, env);
}

function balanceLater({ config, controller }: KafkaState, env: Env): void {
  if (!config['auto.leader.rebalance.enable']) return;
  const intervalUs = config['leader.imbalance.check.interval.seconds'] * 1_000_000;
  env.after(controller.process, intervalUs, { type: 'balance leaders' });
}

/** The controller was started again: it gives every broker a whole session to be heard of. */
export function resumeController(state: KafkaState, env: Env): void {
  for (const broker of state.controller.brokers) {
    if (broker.fenced) continue;
    broker.lastContactUs = env.nowUs;
    watchSession(state, broker, env);
  }
  balanceLater(state, env);
}

/** Makes one decision over all partitions and tells every broker. */
function decideAndTell(
  state: KafkaState,
  env: Env,
  change: (registration: PartitionRegistration) => PartitionRegistration,
): void {
  const { controller, partitions } = state;
  controller.registrations.forEach((before, index) => {
    const after = change(before);
    const at = partitions[index];
    if (after === before || !at) return;
    controller.registrations[index] = after;
    if (after.leader !== before.leader) {
      if (at.leaderGauge !== null) env.trace.gauge(at.leaderGauge, after.leader);
      bookLostRecords(state, at, env);
      // A partition that has no leader is shown as its last one left it.
      traceNewLeader(state, at, before.leader < 0 ? (before.isr[0] ?? -1) : before.leader, env);
    }
    logLine(state, at, env, changeLine(at.name, before, after));
  });
  controller.version += 1;
  for (const { id } of state.brokers) sendState(state, id, env);
}

/** What `PartitionRegistration.diff` writes into the controller's log. */
function changeLine(
  name: string,
  before: PartitionRegistration,
  after: PartitionRegistration,
): string {
  const changes: string[] = [];
  if (after.isr.join() !== before.isr.join()) {
    changes.push(`isr: [${before.isr.join(', ')}] -> [${after.isr.join(', ')}]`);
  }
  if (after.leader !== before.leader) changes.push(`leader: ${before.leader} -> ${after.leader}`);
  if (after.leaderEpoch !== before.leaderEpoch) {
    changes.push(`leaderEpoch: ${before.leaderEpoch} -> ${after.leaderEpoch}`);
  }
  changes.push(`partitionEpoch: ${before.partitionEpoch} -> ${after.partitionEpoch}`);
  const isClean = after.leader < 0 || before.isr.includes(after.leader);
  return `${isClean ? '' : 'UNCLEAN '}partition change for ${name}: ${changes.join(', ')}`;
}

function sendState(state: KafkaState, broker: number, env: Env): void {
  const process = state.brokers[broker - 1]?.process;
  if (process !== undefined) env.send(state.controller.process, process, clusterState(state));
}
