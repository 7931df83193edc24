package trident;

import java.io.PrintStream;

/** Which tuples a batch has when it is emitted again, by the kind of the spout. */
final class SpoutCases {
    private static final String MORE_ARRIVES_BEFORE_THE_REPLAY = """
        {do: 'arrive', partition: 'p0', records: ['a', 'b', 'c']}
        {do: 'emit', txid: 1, attempt: 0}
        {do: 'commit', txid: 1, attempt: 0}
        {do: 'success', txid: 1, attempt: 0}
        {do: 'emit', txid: 2, attempt: 0}
        {do: 'arrive', partition: 'p0', records: ['d', 'e']}
        {do: 'emit', txid: 2, attempt: 1}
        {do: 'commit', txid: 2, attempt: 1}
        {do: 'success', txid: 2, attempt: 1}
        {do: 'emit', txid: 3, attempt: 0}
        """;
    private static final String TWO_IN_FLIGHT = """
        {do: 'arrive', partition: 'p0', records: ['a', 'b', 'c', 'd', 'e']}
        {do: 'emit', txid: 1, attempt: 0}
        {do: 'emit', txid: 2, attempt: 0}
        {do: 'emit', txid: 1, attempt: 1}
        {do: 'emit', txid: 2, attempt: 1}
        {do: 'commit', txid: 1, attempt: 1}
        {do: 'success', txid: 1, attempt: 1}
        {do: 'commit', txid: 2, attempt: 1}
        {do: 'success', txid: 2, attempt: 1}
        """;
    private static final String RESTART_WITH_TWO_IN_FLIGHT = """
        {do: 'arrive', partition: 'p0', records: ['a', 'b', 'c']}
        {do: 'emit', txid: 1, attempt: 0}
        {do: 'commit', txid: 1, attempt: 0}
        {do: 'success', txid: 1, attempt: 0}
        {do: 'emit', txid: 2, attempt: 0}
        {do: 'emit', txid: 3, attempt: 0}
        {do: 'restart'}
        {do: 'arrive', partition: 'p0', records: ['d', 'e']}
        {do: 'emit', txid: 2, attempt: 1}
        {do: 'emit', txid: 3, attempt: 0}
        """;
    private static final String A_PARTITION_GOES = """
        {do: 'arrive', partition: 'p0', records: ['a', 'b', 'c', 'd']}
        {do: 'arrive', partition: 'p1', records: ['k', 'l', 'm', 'n']}
        {do: 'emit', txid: 1, attempt: 0}
        {do: 'commit', txid: 1, attempt: 0}
        {do: 'success', txid: 1, attempt: 0}
        {do: 'emit', txid: 2, attempt: 0}
        {do: 'partitions', are: ['p0']}
        {do: 'emit', txid: 2, attempt: 1}
        {do: 'commit', txid: 2, attempt: 1}
        {do: 'success', txid: 2, attempt: 1}
        {do: 'partitions', are: ['p0', 'p1']}
        {do: 'emit', txid: 3, attempt: 0}
        """;

    private SpoutCases() {
    }

    static void record(PrintStream out, ZooKeeper zooKeeper) throws Exception {
        Recorder partitioned = new Recorder(out, "storm/trident-partitioned-spout", "manual",
            config -> new PartitionedSpoutBench(config, zooKeeper));
        byKind(partitioned);
        opaqueCommits(partitioned);
        nonTransactional(new Recorder(out, "storm/trident-rich-spout", "manual", RichSpoutBench::new));
    }

    private static void byKind(Recorder recorder) throws Exception {
        String transactional = "{kind: 'transactional', recordsPerBatch: 2}";
        String opaque = "{kind: 'opaque', recordsPerBatch: 2}";
        recorder.answers("spout-transactional-replay", Topic.SPOUTS_AND_STATES,
            "Batch 2 found one record; its replay has the same one, though more are there, for its range was stored when it was first emitted.",
            transactional, withoutCommits(MORE_ARRIVES_BEFORE_THE_REPLAY));
        recorder.answers("spout-opaque-replay", Topic.SPOUTS_AND_STATES,
            "Batch 2 found one record; its replay starts where batch 1 ended and has two, for its range is stored at its commit only.",
            opaque, MORE_ARRIVES_BEFORE_THE_REPLAY);
        recorder.answers("spout-transactional-two-in-flight", Topic.SPOUTS_AND_STATES,
            "Both batches come again as they were; what was stored of a batch goes with the success of a later one.",
            transactional, withoutCommits(TWO_IN_FLIGHT));
        recorder.answers("spout-opaque-two-in-flight", Topic.SPOUTS_AND_STATES,
            "A batch starts where the one before it in flight ended, which is kept in memory until that one commits.",
            opaque, TWO_IN_FLIGHT);
        recorder.answers("spout-transactional-restart", Topic.RESTART,
            "The ranges of batches in flight survive a restart of the spout, and both come again as they were.",
            transactional, withoutCommits(RESTART_WITH_TWO_IN_FLIGHT));
        recorder.answers("spout-opaque-restart", Topic.RESTART,
            "The ranges of batches in flight are lost with the spout; it reads on from the last commit and batch 2 is longer now.",
            opaque, RESTART_WITH_TWO_IN_FLIGHT);
        recorder.answers("spout-transactional-partition-gone", Topic.DERIVED,
            "The replay asks for the partitions of the first attempt, also for one that is gone since.",
            transactional, withoutCommits(A_PARTITION_GOES));
        recorder.answers("spout-opaque-partition-gone", Topic.DERIVED,
            "The replay goes without the partition that is gone; once it is back, it is read on from its last commit and nothing is lost.",
            opaque, A_PARTITION_GOES);
    }

    /** A transactional spout takes no part in the commit. */
    private static String withoutCommits(String script) {
        return script.replaceAll(".*'commit'.*\n", "");
    }

    private static void opaqueCommits(Recorder recorder) throws Exception {
        recorder.answers("spout-opaque-replay-after-commit", Topic.RESTART,
            "The commit of batch 2 was done and its ack was lost: the replay takes the stored range back and starts where batch 1 ended.",
            "{kind: 'opaque', recordsPerBatch: 2}", """
                {do: 'arrive', partition: 'p0', records: ['a', 'b', 'c']}
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'commit', txid: 1, attempt: 0}
                {do: 'success', txid: 1, attempt: 0}
                {do: 'emit', txid: 2, attempt: 0}
                {do: 'commit', txid: 2, attempt: 0}
                {do: 'restart'}
                {do: 'arrive', partition: 'p0', records: ['d']}
                {do: 'emit', txid: 2, attempt: 1}
                {do: 'commit', txid: 2, attempt: 1}
                """);
        recorder.refuses("spout-opaque-commit-of-other-attempt", Topic.SPOUTS_AND_STATES,
            "A commit for an attempt other than the one that was emitted last fails the batch.",
            "{kind: 'opaque', recordsPerBatch: 2}", """
                {do: 'arrive', partition: 'p0', records: ['a']}
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'emit', txid: 1, attempt: 1}
                {do: 'commit', txid: 1, attempt: 0}
                """);
        recorder.refuses("spout-opaque-partition-gone-before-commit", Topic.DERIVED,
            "With two batches in flight, a partition that goes between the emission of the first and its commit ends the worker: nobody stores its range any more.",
            "{kind: 'opaque', recordsPerBatch: 2}", """
                {do: 'arrive', partition: 'p0', records: ['a', 'b', 'c', 'd']}
                {do: 'arrive', partition: 'p1', records: ['k', 'l', 'm', 'n']}
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'partitions', are: ['p0']}
                {do: 'emit', txid: 2, attempt: 0}
                {do: 'commit', txid: 1, attempt: 0}
                """);
        recorder.answers("spout-opaque-second-of-two-tasks", Topic.GROUPINGS,
            "The partitions are sorted and dealt in turn: of three, the second of two tasks reads the one in the middle.",
            "{kind: 'opaque', recordsPerBatch: 2, tasks: 2, task: 1}", """
                {do: 'arrive', partition: 'p2', records: ['x']}
                {do: 'arrive', partition: 'p0', records: ['a']}
                {do: 'arrive', partition: 'p1', records: ['k', 'l', 'm']}
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'commit', txid: 1, attempt: 0}
                {do: 'arrive', partition: 'p3', records: ['y']}
                {do: 'emit', txid: 2, attempt: 0}
                """);
    }

    private static void nonTransactional(Recorder recorder) throws Exception {
        recorder.answers("spout-non-transactional-replay", Topic.SPOUTS_AND_STATES,
            "The replay of a batch fails its old tuples and asks the spout for others; a spout that does not emit failed tuples again has lost them.",
            "{'topology.spout.max.batch.size': 2, emitsFailedAgain: false}", """
                {do: 'arrive', records: ['a', 'b', 'c', 'd', 'e']}
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'emit', txid: 1, attempt: 1}
                {do: 'success', txid: 1, attempt: 1}
                {do: 'emit', txid: 2, attempt: 0}
                """);
        recorder.answers("spout-non-transactional-replay-of-failed", Topic.SPOUTS_AND_STATES,
            "Where the spout emits failed tuples again, none is lost, but the batch of the same txid is another.",
            "{'topology.spout.max.batch.size': 2, emitsFailedAgain: true}", """
                {do: 'arrive', records: ['a', 'b', 'c']}
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'emit', txid: 1, attempt: 1}
                {do: 'success', txid: 1, attempt: 1}
                {do: 'emit', txid: 2, attempt: 0}
                {do: 'success', txid: 2, attempt: 0}
                """);
        recorder.answers("spout-non-transactional-idle", Topic.DERIVED,
            "Only an idle spout's first batch ends early: the count that should end a batch is of all tuples ever, so later ones ask as often as the batch may be large.",
            "{'topology.spout.max.batch.size': 5, emitsFailedAgain: false}", """
                {do: 'emit', txid: 1, attempt: 0}
                {do: 'success', txid: 1, attempt: 0}
                {do: 'arrive', records: ['a', 'b', 'c', 'd']}
                {do: 'emit', txid: 2, attempt: 0}
                {do: 'success', txid: 2, attempt: 0}
                {do: 'emit', txid: 3, attempt: 0}
                {do: 'arrive', records: ['e', 'f']}
                {do: 'emit', txid: 4, attempt: 0}
                {do: 'emit', txid: 5, attempt: 0}
                """);
    }
}
