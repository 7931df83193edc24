package trident;

import java.io.PrintStream;

/** In which order batches are given out and committed, and what a failure or a restart makes of them. */
final class CoordinatorCases {
    private static final String THREE = "{'topology.max.spout.pending': 3, 'topology.trident.batch.emit.interval.millis': 500}";

    private CoordinatorCases() {
    }

    static void record(PrintStream out, ZooKeeper zooKeeper) throws Exception {
        Recorder recorder = new Recorder(out, "storm/master-batch-coordinator", "manual",
            config -> new CoordinatorBench(config, zooKeeper));
        order(recorder);
        failures(recorder);
        restarts(recorder);
        pace(recorder);
    }

    private static void order(Recorder recorder) throws Exception {
        recorder.answers("coordinator-commits-in-order", Topic.SPOUTS_AND_STATES,
            "Three batches are processed at a time; the second is ready first and waits, for commits are in the order of the txids.",
            THREE, """
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 2000}
                {do: 'next', nowMs: 3000}
                {do: 'next', nowMs: 4000}
                {do: 'ack', txid: 2, attempt: 0, nowMs: 5000}
                {do: 'ack', txid: 3, attempt: 0, nowMs: 6000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 7000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 8000}
                {do: 'ack', txid: 2, attempt: 0, nowMs: 9000}
                {do: 'ack', txid: 3, attempt: 0, nowMs: 10000}
                """);
        recorder.answers("coordinator-one-in-flight-by-default", Topic.DERIVED,
            "Without topology.max.spout.pending a Trident topology has one batch in flight: the next comes with the success of the one before.",
            "{}", """
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 2000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 3000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 4000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 5000}
                """);
        recorder.answers("coordinator-deactivated", Topic.DERIVED,
            "A deactivated topology commits what is in flight and gives out nothing new.",
            THREE, """
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 2000}
                {do: 'deactivate'}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 3000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 4000}
                {do: 'fail', txid: 2, attempt: 0, nowMs: 5000}
                {do: 'next', nowMs: 6000}
                {do: 'activate'}
                {do: 'next', nowMs: 7000}
                """);
    }

    private static void failures(Recorder recorder) throws Exception {
        recorder.answers("coordinator-failure-takes-later-batches", Topic.SPOUTS_AND_STATES,
            "When batch 2 fails in its commit, 3 and 4 in flight behind it are given out again too, each with a higher attempt; acks of old attempts are ignored.",
            THREE, """
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 2000}
                {do: 'next', nowMs: 3000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 4000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 5000}
                {do: 'ack', txid: 2, attempt: 0, nowMs: 6000}
                {do: 'fail', txid: 2, attempt: 0, nowMs: 7000}
                {do: 'next', nowMs: 8000}
                {do: 'next', nowMs: 9000}
                {do: 'ack', txid: 3, attempt: 0, nowMs: 10000}
                {do: 'ack', txid: 2, attempt: 1, nowMs: 11000}
                {do: 'ack', txid: 2, attempt: 1, nowMs: 12000}
                """);
        recorder.answers("coordinator-failure-of-old-attempt", Topic.DERIVED,
            "The fail of an attempt long given up still takes its transaction out of flight, for it is removed before the attempts are compared; later ones stay.",
            THREE, """
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 2000}
                {do: 'next', nowMs: 3000}
                {do: 'fail', txid: 2, attempt: 0, nowMs: 4000}
                {do: 'next', nowMs: 5000}
                {do: 'fail', txid: 2, attempt: 0, nowMs: 6000}
                {do: 'next', nowMs: 7000}
                {do: 'ack', txid: 2, attempt: 1, nowMs: 8000}
                """);
    }

    private static void restarts(Recorder recorder) throws Exception {
        recorder.answers("coordinator-restart-three-in-flight", Topic.RESTART,
            "After a restart the transactions in flight come again with higher attempts, but the newest slot has forgotten its attempt and starts at 0.",
            THREE, """
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 2000}
                {do: 'next', nowMs: 3000}
                {do: 'restart', nowMs: 4000}
                {do: 'next', nowMs: 5000}
                {do: 'next', nowMs: 6000}
                {do: 'next', nowMs: 7000}
                """);
        recorder.answers("coordinator-restart-one-in-flight", Topic.RESTART,
            "With one batch in flight the newest slot is the only one: after a restart the same transaction comes with the same attempt number.",
            "{}", """
                {do: 'next', nowMs: 1000}
                {do: 'fail', txid: 1, attempt: 0, nowMs: 2000}
                {do: 'restart', nowMs: 3000}
                {do: 'next', nowMs: 4000}
                """);
        recorder.answers("coordinator-restart-between-commit-and-success", Topic.RESTART,
            "Whoever restarts before the ack of the commit came processes and commits the batch once more; after the success it is past.",
            "{'topology.max.spout.pending': 2, 'topology.trident.batch.emit.interval.millis': 500}", """
                {do: 'next', nowMs: 1000}
                {do: 'ack', txid: 1, attempt: 0, nowMs: 2000}
                {do: 'restart', nowMs: 3000}
                {do: 'next', nowMs: 4000}
                {do: 'ack', txid: 1, attempt: 1, nowMs: 5000}
                {do: 'ack', txid: 1, attempt: 1, nowMs: 6000}
                {do: 'restart', nowMs: 7000}
                {do: 'next', nowMs: 8000}
                """);
    }

    private static void pace(Recorder recorder) throws Exception {
        recorder.answers("coordinator-emit-interval", Topic.DERIVED,
            "One batch comes in topology.trident.batch.emit.interval.millis, at most; time that passed without one is not made up for.",
            "{'topology.max.spout.pending': 4, 'topology.trident.batch.emit.interval.millis': 500}", """
                {do: 'next', nowMs: 100}
                {do: 'next', nowMs: 450}
                {do: 'next', nowMs: 550}
                {do: 'next', nowMs: 1000}
                {do: 'next', nowMs: 3000}
                {do: 'next', nowMs: 3400}
                {do: 'next', nowMs: 3600}
                """);
        recorder.answers("coordinator-spout-not-ready", Topic.DERIVED,
            "A spout that is not ready gets no batch, and a failed batch is not given out again either until it is.",
            THREE, """
                {do: 'ready', is: false}
                {do: 'next', nowMs: 1000}
                {do: 'ready', is: true}
                {do: 'next', nowMs: 2000}
                {do: 'ready', is: false}
                {do: 'fail', txid: 1, attempt: 0, nowMs: 3000}
                {do: 'ready', is: true}
                {do: 'next', nowMs: 4000}
                """);
    }
}
