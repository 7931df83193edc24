import { PROCESSES_MAX } from './life.ts';

/**
 * The links between processes: latency, bandwidth and the two faults a link can have. Messages of one direction
 * arrive in the order in which they were sent, as on a TCP connection. Simplified: every pair of processes has a link
 * of its own, so two connections never share a cable; and what is sent while a link is cut is gone, where TCP would
 * send it again, so whoever waits for an answer waits for its own timeout, however short the cut was.
 */
export interface Network {
  /** When the last message arrives, by sender and receiver. */
  readonly lastArrivalUs: readonly number[][];
  /** Directions that are cut, keyed `from × PROCESSES_MAX + to`, and counted because faults may overlap. */
  cuts: Map<number, number>;
}

/** Latency and bandwidth of one direction. */
export interface LinkSpeed {
  readonly latencyUs: number;
  readonly bytesPerSecond: number;
}

export function createNetwork(processes: number): Network {
  return { lastArrivalUs: Array.from({ length: processes }, () => []), cuts: new Map() };
}

/** Whether a message was ever sent between two processes. */
export function haveTalked({ lastArrivalUs }: Network, a: number, b: number): boolean {
  return lastArrivalUs[a]![b] !== undefined || lastArrivalUs[b]![a] !== undefined;
}

function directionOf(from: number, to: number): number {
  return from * PROCESSES_MAX + to;
}

export function isCut(network: Network, from: number, to: number): boolean {
  return network.cuts.size > 0 && network.cuts.has(directionOf(from, to));
}

export function setCut(network: Network, from: number, to: number, cut: boolean): void {
  const direction = directionOf(from, to);
  const count = (network.cuts.get(direction) ?? 0) + (cut ? 1 : -1);
  if (count > 0) network.cuts.set(direction, count);
  else network.cuts.delete(direction);
}

/** When a message of `bytes` sent at `nowUs` arrives: after its latency and its bytes, never before an earlier one. */
export function arrivalUs(
  network: Network,
  from: number,
  to: number,
  nowUs: number,
  bytes: number,
  speed: LinkSpeed,
): number {
  const bytesUs = bytes === 0 ? 0 : Math.ceil((bytes * 1_000_000) / speed.bytesPerSecond);
  const travelUs = speed.latencyUs + bytesUs;
  const earliestUs = nowUs + travelUs;
  const lastArrivalUs = network.lastArrivalUs[from]!;
  const lastUs = lastArrivalUs[to];
  const timeUs = lastUs !== undefined && lastUs > earliestUs ? lastUs : earliestUs;
  lastArrivalUs[to] = timeUs;
  return timeUs;
}
