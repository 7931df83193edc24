/**
 * A client's connections (`NetworkClient`, 3.9): requests in flight by broker, reconnection with
 * backoff, request timeouts, and the refreshing of metadata over any of them.
 *
 * Left out: the setup of a client's first connections, and `connections.max.idle.ms`. The real one asks the least
 * loaded broker for metadata; this one asks them in turn.
 */
import type { JavaRandom } from '../../jvm/random.ts';
import type { KafkaRequest, MetadataResponse } from '../../wire/kafka.ts';
import { type Alarm, createAlarm, ringBy } from './alarm.ts';
import { backoffMs } from './backoff.ts';
import {
  createMetadata,
  knownBrokers,
  type Metadata,
  metadataDueUs,
  updateMetadata,
} from './metadata.ts';
import type { KafkaClientPort } from './port.ts';
import { takeOut } from './takeOut.ts';

/** Official keys and defaults that every client has. */
export interface CommonConfig {
  /** Full process names of some brokers. */
  readonly 'bootstrap.servers': readonly string[];
  readonly 'request.timeout.ms': number;
  readonly 'retry.backoff.ms': number;
  readonly 'retry.backoff.max.ms': number;
  readonly 'reconnect.backoff.ms': number;
  readonly 'reconnect.backoff.max.ms': number;
}

export const commonDefaults: CommonConfig = {
  'bootstrap.servers': [],
  'request.timeout.ms': 30_000,
  'retry.backoff.ms': 100,
  'retry.backoff.max.ms': 1_000,
  'reconnect.backoff.ms': 50,
  'reconnect.backoff.max.ms': 1_000,
};

export interface InFlightRequest {
  readonly correlationId: number;
  readonly broker: string;
  /** When its answer will be waited for no longer. */
  readonly timesOutUs: number;
  readonly request: KafkaRequest;
}

/** A broker to which the connection broke. */
interface Reconnection {
  failures: number;
  retryAtUs: number;
  /** Whether a new connection is being set up. */
  isTrying: boolean;
}

export interface NetworkClient {
  readonly clientId: string;
  readonly config: CommonConfig;
  readonly random: JavaRandom;
  readonly metadata: Metadata;
  readonly alarm: Alarm;
  nextCorrelationId: number;
  /** Oldest first. */
  inFlight: InFlightRequest[];
  /** Brokers that have to be connected to again before anything is sent to them. */
  readonly reconnections: Map<string, Reconnection>;
}

/** What a request without records weighs on the wire, roughly. */
export const smallRequestBytes = 100;

/** `socket.connection.setup.timeout.ms`. */
const CONNECTION_SETUP_TIMEOUT_MS = 10_000;

export function createNetworkClient(
  config: CommonConfig,
  clientId: string,
  random: JavaRandom,
): NetworkClient {
  return {
    clientId,
    // Only what all clients have, so that here they are all of one form.
    config: {
      'bootstrap.servers': config['bootstrap.servers'],
      'request.timeout.ms': config['request.timeout.ms'],
      'retry.backoff.ms': config['retry.backoff.ms'],
      'retry.backoff.max.ms': config['retry.backoff.max.ms'],
      'reconnect.backoff.ms': config['reconnect.backoff.ms'],
      'reconnect.backoff.max.ms': config['reconnect.backoff.max.ms'],
    },
    random,
    metadata: createMetadata(config['bootstrap.servers']),
    alarm: createAlarm(clientId),
    nextCorrelationId: 0,
    inFlight: [],
    reconnections: new Map(),
  };
}

/**
 * `NetworkClient.ready`: whether requests can go to the broker now. A broken connection is set up again,
 * after a backoff, before anything is risked on it; its first exchange is about API versions.
 */
export function isReady(net: NetworkClient, broker: string, port: KafkaClientPort): boolean {
  if (net.reconnections.size === 0) return true;
  const reconnection = net.reconnections.get(broker);
  if (!reconnection) return true;
  if (reconnection.isTrying || reconnection.retryAtUs > port.nowUs()) return false;
  reconnection.isTrying = true;
  const { clientId } = net;
  const correlationId = takeCorrelationId(net);
  const request: KafkaRequest = { type: 'kafka.api-versions', clientId, correlationId };
  sendRequest(net, broker, request, port, smallRequestBytes, CONNECTION_SETUP_TIMEOUT_MS);
  return false;
}

/** `NetworkClient.isUnavailable`: the connection broke, and it is too early to set it up again. */
export function isUnavailable(net: NetworkClient, broker: string, nowUs: number): boolean {
  const reconnection = net.reconnections.get(broker);
  return reconnection !== undefined && reconnection.retryAtUs > nowUs;
}

export function takeCorrelationId(net: NetworkClient): number {
  net.nextCorrelationId += 1;
  return net.nextCorrelationId;
}

/** @param timeoutMs after which the request is given up */
export function sendRequest(
  net: NetworkClient,
  broker: string,
  request: KafkaRequest,
  port: KafkaClientPort,
  bytes = smallRequestBytes,
  timeoutMs = net.config['request.timeout.ms'],
): void {
  const { correlationId } = request;
  const timesOutUs = port.nowUs() + timeoutMs * 1000;
  net.inFlight.push({ correlationId, broker, timesOutUs, request });
  port.send(net.clientId, broker, request, bytes);
}

export function inFlightTo(net: NetworkClient, broker: string): number {
  let count = 0;
  for (const request of net.inFlight) if (request.broker === broker) count += 1;
  return count;
}

/** Takes the request out that a response answers; null when it was given up before. */
export function answered(net: NetworkClient, correlationId: number): InFlightRequest | null {
  const { inFlight } = net;
  let index = 0;
  while (index < inFlight.length && inFlight[index]?.correlationId !== correlationId) index += 1;
  const request = inFlight[index];
  if (!request) return null;
  takeOut(inFlight, index);
  if (net.reconnections.size > 0) net.reconnections.delete(request.broker);
  return request;
}

/**
 * The connection to a broker is gone: every request over it failed, and the metadata may be wrong.
 * Returns the failed requests, oldest first.
 */
export function disconnected(
  net: NetworkClient,
  broker: string,
  nowUs: number,
): readonly InFlightRequest[] {
  const failed = net.inFlight.filter((request) => request.broker === broker);
  if (failed.length > 0) {
    net.inFlight = net.inFlight.filter((request) => request.broker !== broker);
  }
  net.metadata.updateRequested = true;
  const failures = net.reconnections.get(broker)?.failures ?? 0;
  const waitMs = backoffMs(
    net.config['reconnect.backoff.ms'],
    net.config['reconnect.backoff.max.ms'],
    failures,
    net.random,
  );
  net.reconnections.set(broker, {
    failures: failures + 1,
    retryAtUs: nowUs + Math.floor(waitMs * 1000),
    isTrying: false,
  });
  for (const { correlationId } of failed) {
    if (correlationId === net.metadata.pending) metadataFailed(net, nowUs);
  }
  return failed;
}

/** Brokers that owe an answer for longer than `request.timeout.ms`: their connections are closed. */
export function timedOutBrokers(net: NetworkClient, nowUs: number): readonly string[] {
  let brokers: Set<string> | null = null;
  for (const { broker, timesOutUs } of net.inFlight) {
    if (timesOutUs <= nowUs) (brokers ??= new Set()).add(broker);
  }
  return brokers === null ? nobody : [...brokers];
}

const nobody: readonly never[] = [];

function metadataFailed(net: NetworkClient, nowUs: number): void {
  const { metadata } = net;
  metadata.pending = -1;
  metadata.updateRequested = true;
  backOffMetadata(net, nowUs);
}

function backOffMetadata(net: NetworkClient, nowUs: number): void {
  const { metadata, config, random } = net;
  const waitMs = backoffMs(
    config['retry.backoff.ms'],
    config['retry.backoff.max.ms'],
    metadata.attempts,
    random,
  );
  metadata.attempts += 1;
  metadata.retryAtUs = nowUs + Math.floor(waitMs * 1000);
}

/** The broker whose turn it is to be asked what any broker knows; null while none can be reached. */
export function brokerToAsk(net: NetworkClient, port: KafkaClientPort): string | null {
  const { metadata } = net;
  const brokers = knownBrokers(metadata);
  for (let i = 0; i < brokers.length; i++) {
    const turn = (metadata.turn + i) % brokers.length;
    const broker = brokers[turn];
    if (broker === undefined || !isReady(net, broker, port)) continue;
    metadata.turn = (turn + 1) % brokers.length;
    return broker;
  }
  return null;
}

/** Asks for metadata if that is due, and sees to it that the client wakes when it will be. */
export function maybeUpdateMetadata(net: NetworkClient, port: KafkaClientPort): void {
  const { metadata } = net;
  if (metadata.wanted.size === 0 || metadata.pending >= 0) return;
  const dueUs = metadataDueUs(metadata);
  if (dueUs > port.nowUs()) {
    ringBy(net.alarm, dueUs, port);
    return;
  }
  const broker = brokerToAsk(net, port);
  if (broker === null) return;
  metadata.pending = takeCorrelationId(net);
  const { clientId } = net;
  const topics = [...metadata.wanted];
  const correlationId = metadata.pending;
  sendRequest(net, broker, { type: 'kafka.metadata', clientId, correlationId, topics }, port);
}

/**
 * Takes a metadata response. A leader that is still missing, or the same leader that just failed, is
 * asked for again after a backoff.
 */
export function onMetadata(net: NetworkClient, response: MetadataResponse, nowUs: number): void {
  const { metadata } = net;
  if (response.correlationId !== metadata.pending) return;
  metadata.pending = -1;
  metadata.updatedUs = nowUs;
  const complete = updateMetadata(metadata, response);
  metadata.updateRequested = !complete;
  if (complete) {
    metadata.attempts = 0;
    metadata.retryAtUs = nowUs + net.config['retry.backoff.ms'] * 1000;
  } else backOffMetadata(net, nowUs);
}

/** The next moment at which a request in flight times out, or a failed connection may be tried again. */
export function nextNetworkUs(net: NetworkClient, nowUs: number): number {
  let nextUs = Number.MAX_SAFE_INTEGER;
  for (const { timesOutUs } of net.inFlight) if (timesOutUs < nextUs) nextUs = timesOutUs;
  for (const { retryAtUs } of net.reconnections.values()) {
    if (retryAtUs > nowUs && retryAtUs < nextUs) nextUs = retryAtUs;
  }
  return nextUs;
}
