/**
 * Where clusters of the ZooKeeper era put replicas (`AdminUtils`, up to 3.9): leaders round robin over the
 * brokers, followers shifted against them, and the shift grows by one each time the brokers were gone
 * through. So a dead broker's leaders fall to different brokers.
 */

/**
 * @param brokers ids in ascending order, or rack-alternated
 * @param start,shift two independent random numbers below the number of brokers
 * @param firstPartition 0 for a new topic, else how many partitions it has already
 * @returns replicas of each partition; or the message of the real `InvalidReplicationFactorException`
 */
export function placeByAdminUtils(
  brokers: readonly number[],
  partitions: number,
  replicationFactor: number,
  start: number,
  shift: number,
  firstPartition = 0,
): readonly (readonly number[])[] | string {
  const refusal = tooFewBrokers(brokers, replicationFactor);
  if (refusal !== null) return refusal;
  const n = brokers.length;
  let nextShift = shift;
  const placements: number[][] = [];
  for (let partition = firstPartition; partition < firstPartition + partitions; partition++) {
    if (partition > 0 && partition % n === 0) nextShift += 1;
    const first = (partition + start) % n;
    const replicas = [at(brokers, first)];
    for (let j = 0; j < replicationFactor - 1; j++) {
      replicas.push(at(brokers, followerIndex(first, nextShift, j, n)));
    }
    placements.push(replicas);
  }
  return placements;
}

/** `replicaIndex`. */
function followerIndex(first: number, shift: number, j: number, n: number): number {
  return (first + 1 + ((shift + j) % (n - 1))) % n;
}

/** Ids of brokers that have a rack each, one of every rack in turn, racks by name. */
export function rackAlternated(racks: ReadonlyMap<number, string>): number[] {
  const byRack = new Map<string, number[]>();
  for (const [broker, rack] of [...racks].sort(([a], [b]) => a - b)) {
    const list = byRack.get(rack);
    if (list) list.push(broker);
    else byRack.set(rack, [broker]);
  }
  const names = [...byRack.keys()].sort();
  const alternated: number[] = [];
  for (let turn = 0; alternated.length < racks.size; turn++) {
    for (const name of names) {
      const broker = byRack.get(name)?.[turn];
      if (broker !== undefined) alternated.push(broker);
    }
  }
  return alternated;
}

/**
 * The same over racks: a follower is passed over while its rack already holds a replica and another rack
 * holds none, or while it holds one itself and another broker does not.
 */
export function placeRackAware(
  racks: ReadonlyMap<number, string>,
  partitions: number,
  replicationFactor: number,
  start: number,
  shift: number,
  firstPartition = 0,
): readonly (readonly number[])[] | string {
  const brokers = rackAlternated(racks);
  const refusal = tooFewBrokers(brokers, replicationFactor);
  if (refusal !== null) return refusal;
  const n = brokers.length;
  const rackCount = new Set(racks.values()).size;
  let nextShift = shift;
  const placements: number[][] = [];
  for (let partition = firstPartition; partition < firstPartition + partitions; partition++) {
    if (partition > 0 && partition % n === 0) nextShift += 1;
    const first = (partition + start) % n;
    const leader = at(brokers, first);
    const replicas = [leader];
    const usedRacks = new Set([racks.get(leader)]);
    for (let k = 0; replicas.length < replicationFactor; k++) {
      const broker = at(brokers, followerIndex(first, nextShift * rackCount, k, n));
      const rack = racks.get(broker);
      const isRackFree = !usedRacks.has(rack) || usedRacks.size === rackCount;
      const isBrokerFree = !replicas.includes(broker) || replicas.length === n;
      if (!isRackFree || !isBrokerFree) continue;
      replicas.push(broker);
      usedRacks.add(rack);
    }
    placements.push(replicas);
  }
  return placements;
}

function tooFewBrokers(brokers: readonly number[], replicationFactor: number): string | null {
  if (replicationFactor <= brokers.length) return null;
  return `Replication factor: ${replicationFactor} larger than available brokers: ${brokers.length}.`;
}

function at(brokers: readonly number[], index: number): number {
  return brokers[index] ?? -1;
}
