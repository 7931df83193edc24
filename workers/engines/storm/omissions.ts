/** What the real Storm does besides, one sentence each. */
export const omissions: readonly string[] = [
  'Nimbus, ZooKeeper and supervisors are not processes here: they carry no tuples and no acks, and the scenario says when a dead worker is back (a supervisor takes up to 3 s, and the start).',
  'The windowed bolt has one task; with several, each has windows of its own, and a key is in one of them.',
  'Shuffle grouping is the plain round robin of topology.disable.loadaware.messaging = true; by default Storm prefers tasks of its own worker while they keep up.',
  'Receive queues are not bounded, so there is no back-pressure but topology.max.spout.pending.',
  'Root and edge ids have 53 bits, not 64.',
  'Tuples that time out together are failed in the order of their emission; Storm has none.',
  'Evaluating a window costs no time beyond that of its tuples.',
  'The guarantee NO_GUARANTEE, retry limits and max.uncommitted.offsets of the KafkaSpout are left out.',
  'A poll that finds nothing does not hold the spout for 200 ms.',
  'Links between workers of the topology have the network’s latency and cannot be cut.',
];
