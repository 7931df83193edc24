package trident;

import java.io.PrintStream;

/** How a task knows that a batch is complete, and what it does when it is not. */
final class BoltCases {
    private static final String TWO_SOURCES = "{sources: 2, commits: false, targets: [21, 22]}";
    private static final String COMMITTER = "{sources: 1, commits: true, targets: [21]}";

    private BoltCases() {
    }

    static void record(PrintStream out) throws Exception {
        Recorder recorder = new Recorder(out, "storm/trident-bolt", "manual", BoltBench::new);
        complete(recorder);
        failures(recorder);
        commits(recorder);
        timeouts(recorder);
    }

    private static void complete(Recorder recorder) throws Exception {
        recorder.answers("bolt-batch-complete", Topic.TIMEOUT,
            "Each source task reports how many tuples it sent; when all did and as many came, the batch is finished, the task reports on, and the first report, held until now, is acked.",
            TWO_SOURCES, """
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'tuple', txid: 1, attempt: 0, to: 22}
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 2}
                """);
        recorder.answers("bolt-batch-empty", Topic.TIMEOUT,
            "A batch without tuples is finished too, and zero is reported to every task behind.",
            TWO_SOURCES, """
                {do: 'report', txid: 1, attempt: 0, tuples: 0}
                {do: 'report', txid: 1, attempt: 0, tuples: 0}
                """);
        recorder.answers("bolt-without-sources", Topic.DERIVED,
            "A task that only the coordinator feeds, a spout, finishes the batch with its one tuple.",
            "{sources: 0, commits: false, targets: [21]}", """
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'tuple', txid: 2, attempt: 0, to: 21}
                """);
    }

    private static void failures(Recorder recorder) throws Exception {
        recorder.answers("bolt-tuple-missing", Topic.TIMEOUT,
            "Three tuples were sent and two came: the batch fails at the last report, and the one held before fails with it.",
            TWO_SOURCES, """
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'tuple', txid: 1, attempt: 0, to: 22}
                {do: 'report', txid: 1, attempt: 0, tuples: 2}
                """);
        recorder.answers("bolt-tuple-fails-early", Topic.DERIVED,
            "A tuple whose function throws FailedException is acked all the same; the batch fails with the next report, not at once.",
            TWO_SOURCES, """
                {do: 'tuple', txid: 1, attempt: 0, fails: true}
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                """);
        recorder.answers("bolt-tuple-fails-late", Topic.DERIVED,
            "With a report in hand the batch fails at once: by the report, for the tuple itself is acked.",
            TWO_SOURCES, """
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'tuple', txid: 1, attempt: 0, fails: true}
                {do: 'report', txid: 1, attempt: 0, tuples: 0}
                """);
        recorder.answers("bolt-higher-attempt", Topic.TIMEOUT,
            "The first tuple of a higher attempt drops what is known of the lower one; what still comes of that is neither acked nor failed.",
            TWO_SOURCES, """
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'tuple', txid: 1, attempt: 1, to: 21}
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'report', txid: 1, attempt: 1, tuples: 1}
                {do: 'report', txid: 1, attempt: 1, tuples: 0}
                """);
    }

    private static void commits(Recorder recorder) throws Exception {
        recorder.answers("bolt-commit", Topic.SPOUTS_AND_STATES,
            "Reports are acked at once where a commit is waited for; the batch is finished, and the state written, by the commit.",
            COMMITTER, """
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'commit', txid: 1, attempt: 0}
                """);
        recorder.answers("bolt-commit-fails", Topic.SPOUTS_AND_STATES,
            "When the state throws FailedException the commit fails, and nothing of the attempt is remembered.",
            COMMITTER, """
                {do: 'tuple', txid: 1, attempt: 0, to: 21, failsAtTheEnd: true}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'commit', txid: 1, attempt: 0}
                {do: 'tuple', txid: 1, attempt: 1, to: 21}
                {do: 'report', txid: 1, attempt: 1, tuples: 1}
                {do: 'commit', txid: 1, attempt: 1}
                """);
    }

    private static void timeouts(Recorder recorder) throws Exception {
        recorder.answers("bolt-forgets-batch", Topic.TIMEOUT,
            "A batch is forgotten at the second turn of the map, one to two message timeouts after its first tuple; what comes then counts from zero, and the batch fails.",
            "{sources: 2, commits: false, targets: [21], 'topology.message.timeout.secs': 30}", """
                {do: 'tick', nowMs: 5000}
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'tick', nowMs: 29000}
                {do: 'tick', nowMs: 35000}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'tick', nowMs: 60000}
                {do: 'tick', nowMs: 70000}
                {do: 'report', txid: 1, attempt: 0, tuples: 0}
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 0}
                """);
        recorder.answers("bolt-keeps-slow-batch", Topic.TIMEOUT,
            "A batch that a turn of the map has aged once is still known and can be finished.",
            "{sources: 2, commits: false, targets: [21], 'topology.message.timeout.secs': 30}", """
                {do: 'tuple', txid: 1, attempt: 0, to: 21}
                {do: 'report', txid: 1, attempt: 0, tuples: 1}
                {do: 'tick', nowMs: 31000}
                {do: 'tick', nowMs: 60000}
                {do: 'report', txid: 1, attempt: 0, tuples: 0}
                """);
    }
}
