/**
 * The links between processes: latency, bandwidth and the two faults a link can have. Messages of one direction
 * arrive in the order in which they were sent, as on a TCP connection. Simplified: every pair of processes has a link
 * of its own, so two connections never share a cable.
 */
export interface Network {
  /** When the last message of a direction arrives, keyed `from × PROCESSES_MAX + to`. */
  lastArrivalUs: Map<number, number>;
  /** Directions that are cut, counted because faults may overlap. */
  cuts: Map<number, number>;
}

/** Latency and bandwidth of one direction. */
export interface LinkSpeed {
  readonly latencyUs: number;
  readonly bytesPerSecond: number;
}

export const PROCESSES_MAX = 4096;

export function createNetwork(): Network {
  return { lastArrivalUs: new Map(), cuts: new Map() };
}

export function directionOf(from: number, to: number): number {
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
  const travelUs = speed.latencyUs + Math.ceil((bytes * 1_000_000) / speed.bytesPerSecond);
  const direction = directionOf(from, to);
  const earliestUs = nowUs + travelUs;
  const lastUs = network.lastArrivalUs.get(direction);
  const timeUs = lastUs !== undefined && lastUs > earliestUs ? lastUs : earliestUs;
  network.lastArrivalUs.set(direction, timeUs);
  return timeUs;
}
