/**
 * Where the KRaft controller puts the replicas of a new topic (`StripedReplicaPlacer` 3.9): leaders and
 * followers in stripes over racks and brokers, from a random start. On one rack of n brokers the first n
 * partitions get consecutive brokers, each one further on; then everything is shuffled.
 */
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import { shuffle } from '../../../jvm/random.ts';

export interface UsableBroker {
  readonly id: number;
  readonly rack: string | null;
  readonly fenced: boolean;
}

interface BrokerList {
  readonly brokers: number[];
  index: number;
  offset: number;
  epoch: number;
}

interface Rack {
  readonly fenced: BrokerList;
  readonly unfenced: BrokerList;
}

/**
 * The replicas of each partition, the preferred leader first.
 *
 * @param nextIntBelow the controller's random numbers
 * @returns or the message of the real `InvalidReplicationFactorException`
 */
export function placeStriped(
  partitions: number,
  replicationFactor: number,
  brokers: readonly UsableBroker[],
  nextIntBelow: (bound: number) => number,
): readonly (readonly number[])[] | string {
  if (replicationFactor <= 0) {
    return `Invalid replication factor ${replicationFactor}: the replication factor must be positive.`;
  }
  const unfencedCount = brokers.filter(({ fenced }) => !fenced).length;
  if (unfencedCount === 0) return 'All brokers are currently fenced.';
  if (replicationFactor > brokers.length) {
    return `The target replication factor of ${replicationFactor} cannot be reached because only ${brokers.length} broker(s) are registered.`;
  }
  const racks = groupByRack(brokers);
  // No rack counts as a rack named ''; the real map of optional names has its own hash order.
  for (const name of hashMapOrder(racks.keys())) {
    const rack = racks.get(name);
    if (rack) for (const list of [rack.fenced, rack.unfenced]) startList(list, nextIntBelow);
  }
  const names = [...racks.keys()].sort();
  let offset = nextIntBelow(names.length);
  let epoch = 0;
  const placements: number[][] = [];
  for (let partition = 0; partition < partitions; partition++) {
    if (epoch === unfencedCount && unfencedCount > 1) {
      shuffle(names, nextIntBelow);
      for (const name of hashMapOrder(racks.keys())) {
        const rack = racks.get(name);
        if (!rack) continue;
        shuffle(rack.fenced.brokers, nextIntBelow);
        shuffle(rack.unfenced.brokers, nextIntBelow);
      }
      epoch = 0;
    }
    if (offset === names.length) offset = 0;
    const inOrder = names.map((name) => racks.get(name)).filter((rack) => rack !== undefined);
    placements.push(placeOne(inOrder, offset, replicationFactor, epoch));
    epoch += 1;
    offset += 1;
  }
  return placements;
}

function groupByRack(brokers: readonly UsableBroker[]): Map<string, Rack> {
  const racks = new Map<string, Rack>();
  for (const { id, rack: name, fenced } of brokers) {
    let rack = racks.get(name ?? '');
    if (!rack) {
      rack = { fenced: emptyList(), unfenced: emptyList() };
      racks.set(name ?? '', rack);
    }
    (fenced ? rack.fenced : rack.unfenced).brokers.push(id);
  }
  return racks;
}

function emptyList(): BrokerList {
  return { brokers: [], index: 0, offset: 0, epoch: 0 };
}

function startList(list: BrokerList, nextIntBelow: (bound: number) => number): void {
  if (list.brokers.length === 0) return;
  list.brokers.sort((a, b) => a - b);
  list.offset = nextIntBelow(list.brokers.length);
}

/** The leader from the first rack on that has one; then followers rack by rack, its own rack last. */
function placeOne(racks: readonly Rack[], offset: number, count: number, epoch: number): number[] {
  const replicas: number[] = [];
  let leaderRack = offset;
  while (replicas.length === 0) {
    const leader = next(racks[leaderRack]?.unfenced, epoch);
    if (leader >= 0) replicas.push(leader);
    else leaderRack = (leaderRack + 1) % racks.length;
  }
  let at = offset;
  let isLeaderRackSkipped = false;
  while (replicas.length < count) {
    if (at === leaderRack && !isLeaderRackSkipped) isLeaderRackSkipped = true;
    else {
      const unfenced = next(racks[at]?.unfenced, epoch);
      const replica = unfenced >= 0 ? unfenced : next(racks[at]?.fenced, epoch);
      if (replica >= 0) replicas.push(replica);
    }
    at = (at + 1) % racks.length;
  }
  return replicas;
}

/** The list's next broker in this epoch, or −1; each epoch starts one broker further on. */
function next(list: BrokerList | undefined, epoch: number): number {
  if (!list || list.brokers.length === 0) return -1;
  if (list.epoch !== epoch) {
    list.epoch = epoch;
    list.index = 0;
    list.offset = (list.offset + 1) % list.brokers.length;
  }
  if (list.index >= list.brokers.length) return -1;
  const broker = list.brokers[(list.index + list.offset) % list.brokers.length] ?? -1;
  list.index += 1;
  return broker;
}
