/** What the real one does besides; the page shows these sentences. */
export const omissions: readonly string[] = [
  'Retention and compaction do not run during a scene, a log keeps everything; they can be tried on their benches.',
  'Transactions, and with them read_committed readers; the last stable offset can be tried on its bench.',
  'Quotas, throttles, TLS, authentication and authorisation.',
  'TCP sends again what it sent while a link was cut, soon after the cut; here that is gone, and a client asks again when its request.timeout.ms is over.',
  'Compression and record headers; sizes are those of uncompressed batches of format v2.',
  'The controller quorum is one process, and brokers are sent its decisions instead of replaying the metadata log.',
  'Topics exist from the start: none is created, altered, deleted or reassigned during a run.',
  'The log of __consumer_offsets: a committed offset is durable at once and moves with its coordinator.',
  'Static group members, the KIP-848 consumer protocol, and sticky assignment to members with different subscriptions; a coordinator that dies forgets its members, who join again.',
  'Reading from followers, racks, tiered storage, log directories and disk failures; nothing is lost by a power cut.',
];
