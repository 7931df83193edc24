package trident;

import java.io.PrintStream;

/** To which partition a tuple goes where Trident has a grouping of its own. */
final class GroupingCases {
    private GroupingCases() {
    }

    static void record(PrintStream out) throws Exception {
        Recorder recorder = new Recorder(out, "storm/trident-grouping", "manual", GroupingBench::new);
        recorder.answers("grouping-batch-global", Topic.GROUPINGS,
            "All tuples of a batch go to the task with the number of the txid modulo the tasks, each attempt of it; batches take turns. A txid of more than 32 bits is folded first.",
            "{kind: 'batchGlobal', targets: [4, 5, 6]}", """
                {txid: 1, attempt: 0}
                {txid: 2, attempt: 0}
                {txid: 2, attempt: 1}
                {txid: 3, attempt: 0}
                {txid: 4294967296, attempt: 0}
                {txid: 6442450945, attempt: 0}
                """);
        recorder.answers("grouping-global", Topic.GROUPINGS,
            "All tuples of all batches go to the task with the lowest id.",
            "{kind: 'global', targets: [6, 4, 5]}", """
                {txid: 1, attempt: 0}
                {txid: 2, attempt: 0}
                """);
        recorder.answers("grouping-identity", Topic.GROUPINGS,
            "Each source task has a target task of its own, in the order of the ids.",
            "{kind: 'identityPartition', sources: [3, 2], targets: [9, 8]}", """
                {txid: 1, attempt: 0, from: 2}
                {txid: 1, attempt: 0, from: 3}
                """);
        recorder.refuses("grouping-identity-of-other-number", Topic.MISTAKES,
            "There must be as many targets as sources, which is seen when the worker starts.",
            "{kind: 'identityPartition', sources: [2, 3], targets: [8, 9, 10]}", "");
    }
}
