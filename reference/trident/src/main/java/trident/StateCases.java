package trident;

import java.io.PrintStream;

/** What the three map states make of a batch that comes twice, comes changed or comes late. */
final class StateCases {
    private static final String TWO_BATCHES_AND_A_REPLAY = """
        {do: 'commit', txid: 1, updates: [[['man', 1], ['dog', 1]]]}
        {do: 'commit', txid: 2, updates: [[['man', 2], ['cat', 1]]]}
        {do: 'commit', txid: 2, updates: [[['man', 2], ['cat', 1]]]}
        {do: 'commit', txid: 3, updates: [[['man', 1]]]}
        """;
    private static final String A_REPLAY_WITH_OTHER_CONTENT = """
        {do: 'commit', txid: 1, updates: [[['k', 3]]]}
        {do: 'commit', txid: 2, updates: [[['k', 5]]]}
        {do: 'commit', txid: 2, updates: [[['k', 1]]]}
        {do: 'commit', txid: 3, updates: [[['k', 4]]]}
        """;
    private static final String TWO_UPDATES_IN_ONE_COMMIT = """
        {do: 'commit', txid: 1, updates: [[['a', 1]], [['a', 2]]]}
        {do: 'commit', txid: 1, updates: [[['a', 1]], [['a', 2]]]}
        {do: 'commit', txid: 2, updates: [[['a', 3]], [['a', 1]]]}
        """;
    private static final String ONE_KEY_TWICE_IN_ONE_UPDATE = """
        {do: 'commit', txid: 1, updates: [[['a', 1], ['b', 1], ['a', 2]]]}
        {do: 'commit', txid: 2, updates: [[['a', 10], ['a', 20]], [['a', 100]]]}
        """;
    private static final String DIES_IN_COMMIT = """
        {do: 'commit', txid: 1, updates: [[['a', 1], ['b', 1]]]}
        {do: 'commit', txid: 2, updates: [[['a', 1]]], dies: true}
        {do: 'commit', txid: 2, updates: [[['a', 1]], [['b', 1]]]}
        {do: 'get', keys: ['a', 'b']}
        """;

    private StateCases() {
    }

    static void record(PrintStream out) throws Exception {
        Recorder recorder = new Recorder(out, "storm/trident-state", "manual", StateBench::new);
        replays(recorder);
        updates(recorder);
        readsAndCrashes(recorder);
        removals(recorder);
        caches(new Recorder(out, "storm/trident-cached-map", "manual", CachedMapBench::new));
        persists(new Recorder(out, "storm/trident-partition-persist", "manual", PersistBench::new));
    }

    private static void replays(Recorder recorder) throws Exception {
        recorder.answers("state-non-transactional-replay", Topic.SPOUTS_AND_STATES,
            "A non-transactional state keeps no txid, so the replayed batch 2 is added once more.",
            "{kind: 'NonTransactionalMap'}", TWO_BATCHES_AND_A_REPLAY);
        recorder.answers("state-transactional-replay", Topic.SPOUTS_AND_STATES,
            "A transactional state finds txid 2 beside the value and leaves the replayed batch out.",
            "{kind: 'TransactionalMap'}", TWO_BATCHES_AND_A_REPLAY);
        recorder.answers("state-opaque-replay", Topic.SPOUTS_AND_STATES,
            "An opaque state starts again from the value before batch 2.",
            "{kind: 'OpaqueMap'}", TWO_BATCHES_AND_A_REPLAY);
        recorder.answers("state-transactional-replay-with-other-content", Topic.SPOUTS_AND_STATES,
            "A transactional state that meets another content under the same txid keeps the first: 5 is counted and 1 is lost.",
            "{kind: 'TransactionalMap'}", A_REPLAY_WITH_OTHER_CONTENT);
        recorder.answers("state-opaque-replay-with-other-content", Topic.SPOUTS_AND_STATES,
            "An opaque state takes back what the failed batch 2 had added and counts its new content.",
            "{kind: 'OpaqueMap'}", A_REPLAY_WITH_OTHER_CONTENT);
        recorder.answers("state-opaque-key-missing-from-replay", Topic.DERIVED,
            "What a failed batch wrote to a key stays if its replay has no tuple of that key: opaque is exact only where the source brings every tuple again.",
            "{kind: 'OpaqueMap'}", """
                {do: 'commit', txid: 3, updates: [[['k', 8], ['l', 1]]]}
                {do: 'commit', txid: 4, updates: [[['k', 2], ['l', 1]]]}
                {do: 'commit', txid: 4, updates: [[['l', 1]]]}
                {do: 'commit', txid: 5, updates: [[['k', 1], ['l', 1]]]}
                """);
        recorder.refuses("state-opaque-behind", Topic.SPOUTS_AND_STATES,
            "An opaque state refuses a batch older than the one that it holds; where the value lies in memory is left out of the message.",
            "{kind: 'OpaqueMap'}", """
                {do: 'commit', txid: 8, updates: [[['k', 1]]]}
                {do: 'commit', txid: 9, updates: [[['k', 2]]]}
                {do: 'commit', txid: 8, updates: [[['k', 2]]]}
                """);
        recorder.answers("state-transactional-behind", Topic.DERIVED,
            "A transactional state compares for equality only: an older batch is added, and its txid takes the place of the newer one.",
            "{kind: 'TransactionalMap'}", """
                {do: 'commit', txid: 8, updates: [[['k', 1]]]}
                {do: 'commit', txid: 9, updates: [[['k', 2]]]}
                {do: 'commit', txid: 8, updates: [[['k', 1]]]}
                {do: 'commit', txid: 9, updates: [[['k', 2]]]}
                """);
    }

    private static void updates(Recorder recorder) throws Exception {
        recorder.answers("state-transactional-two-updates-in-one-commit", Topic.SPOUTS_AND_STATES,
            "A key that this very commit wrote is written again; in the replay it is skipped both times.",
            "{kind: 'TransactionalMap'}", TWO_UPDATES_IN_ONE_COMMIT);
        recorder.answers("state-opaque-two-updates-in-one-commit", Topic.SPOUTS_AND_STATES,
            "The second update of a commit builds on the first, and what was before the batch stays remembered.",
            "{kind: 'OpaqueMap'}", TWO_UPDATES_IN_ONE_COMMIT);
        recorder.answers("state-non-transactional-one-key-twice-in-one-update", Topic.DERIVED,
            "All keys of one multiUpdate are read before the first is written, so of two updates of a key the last wins.",
            "{kind: 'NonTransactionalMap'}", ONE_KEY_TWICE_IN_ONE_UPDATE);
        recorder.answers("state-opaque-one-key-twice-in-one-update", Topic.DERIVED,
            "In an opaque state, too, the last of two updates of one key in a batch wins: group before the state is updated.",
            "{kind: 'OpaqueMap'}", ONE_KEY_TWICE_IN_ONE_UPDATE);
    }

    private static void readsAndCrashes(Recorder recorder) throws Exception {
        recorder.answers("state-opaque-reads", Topic.SPOUTS_AND_STATES,
            "Outside a commit a reader sees the newest value; in the replay of batch 2 the batch itself sees what was before it.",
            "{kind: 'OpaqueMap'}", """
                {do: 'commit', txid: 1, updates: [[['k', 3]]]}
                {do: 'commit', txid: 2, updates: [[['k', 5]]]}
                {do: 'get', keys: ['k', 'none']}
                {do: 'commit', txid: 2, get: ['k', 'none'], updates: [[['k', 1]]]}
                {do: 'get', keys: ['k']}
                """);
        recorder.answers("state-dies-in-commit-non-transactional", Topic.RESTART,
            "The worker dies when a was written and b was not; after the replay a counts twice.",
            "{kind: 'NonTransactionalMap'}", DIES_IN_COMMIT);
        recorder.answers("state-dies-in-commit-transactional", Topic.RESTART,
            "The worker dies when a was written and b was not; after the replay a is left out and b added: both count once.",
            "{kind: 'TransactionalMap'}", DIES_IN_COMMIT);
        recorder.answers("state-dies-in-commit-opaque", Topic.RESTART,
            "The worker dies when a was written and b was not; after the replay a starts from the value before and b is added: both count once.",
            "{kind: 'OpaqueMap'}", DIES_IN_COMMIT);
    }

    private static void removals(Recorder recorder) throws Exception {
        recorder.answers("state-memory-removes-a-key", Topic.DERIVED,
            "MemoryMapState is an opaque map; a removed key has no value, but lies there until the next transaction, so that a replay can bring it back.",
            "{kind: 'MemoryMapState'}", """
                {do: 'commit', txid: 1, updates: [[['a', 3], ['b', 1]]]}
                {do: 'commit', txid: 2, updates: [], removes: ['a']}
                {do: 'get', keys: ['a', 'b']}
                {do: 'commit', txid: 3, updates: [[['b', 1]]]}
                {do: 'commit', txid: 4, updates: [[['a', 5]]]}
                """);
        recorder.answers("state-memory-replay-of-removal", Topic.SPOUTS_AND_STATES,
            "The batch that removed a key comes again and does not: the value before it is back and is added to.",
            "{kind: 'MemoryMapState'}", """
                {do: 'commit', txid: 1, updates: [[['a', 3]]]}
                {do: 'commit', txid: 2, updates: [], removes: ['a']}
                {do: 'commit', txid: 2, updates: [[['a', 4]]]}
                {do: 'commit', txid: 3, updates: [[['a', 1]]]}
                """);
    }

    private static void caches(Recorder recorder) throws Exception {
        recorder.answers("cached-map-keeps-the-newest", Topic.DERIVED,
            "CachedMap asks the store for what it does not hold, holds what it wrote, and drops the key that was used longest ago; it remembers that a key is not there.",
            "{cacheSize: 2}", """
                {do: 'write', values: [['a', 1], ['b', 2]]}
                {do: 'get', keys: ['a', 'b']}
                {do: 'get', keys: ['none']}
                {do: 'get', keys: ['none', 'b']}
                {do: 'get', keys: ['a']}
                {do: 'get', keys: ['none', 'b']}
                """);
        recorder.answers("cached-map-does-not-see-other-writers", Topic.DERIVED,
            "What another writes into the store is not seen while the key is in the cache.",
            "{cacheSize: 10}", """
                {do: 'write', values: [['a', 1]]}
                {do: 'write behind it', values: [['a', 5], ['b', 6]]}
                {do: 'get', keys: ['a', 'b']}
                """);
    }

    private static void persists(Recorder recorder) throws Exception {
        recorder.answers("partition-persist-skips-empty-partitions", Topic.SPOUTS_AND_STATES,
            "A partition without tuples of the batch does not begin a commit; the others update with all their tuples at once.",
            "{}", """
                {batch: {txid: 1, attempt: 0}, tuples: ['a', 'b', 'a']}
                {batch: {txid: 2, attempt: 0}, tuples: []}
                {batch: {txid: 3, attempt: 1}, tuples: ['c']}
                """);
        recorder.answers("partition-persist-without-txid", Topic.DERIVED,
            "A stream that is no batch of a spout, as a DRPC request, commits without a txid, so nothing protects it from coming twice.",
            "{}", """
                {batch: 'request', tuples: ['a']}
                {batch: 'request', tuples: ['a']}
                """);
    }
}
