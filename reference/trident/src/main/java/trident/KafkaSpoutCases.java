package trident;

import java.io.PrintStream;

/** Which offsets a batch of the Kafka spout for Trident has, and where it starts. */
final class KafkaSpoutCases {
    private KafkaSpoutCases() {
    }

    static void record(PrintStream out) throws Exception {
        Recorder recorder = new Recorder(out, "storm/kafka-trident-spout", "manual", KafkaSpoutBench::new);
        recorder.answers("kafka-spout-batches", Topic.SPOUTS_AND_STATES,
            "A batch is what one poll brings; a batch without records remembers the offset before its position, and the next goes on from there.",
            "{'max.poll.records': 2}", """
                {do: 'log', partition: 0, offsets: [0, 1, 2]}
                {do: 'assign', partitions: [0]}
                {do: 'emit', last: []}
                {do: 'emit', last: [[0, {firstOffset: 0, lastOffset: 1, topologyId: 'topology-1'}]]}
                {do: 'emit', last: [[0, {firstOffset: 2, lastOffset: 2, topologyId: 'topology-1'}]]}
                {do: 'log', partition: 0, offsets: [0, 1, 2, 3]}
                {do: 'emit', last: [[0, {firstOffset: 2, lastOffset: 2, topologyId: 'topology-1'}]]}
                {do: 'emit again', partition: 0, batch: {firstOffset: 0, lastOffset: 1, topologyId: 'topology-1'}}
                """);
        recorder.answers("kafka-spout-empty-at-the-start", Topic.DERIVED,
            "An empty partition has a batch from -1 to -1, which is not emitted again but is where the next begins.",
            "{}", """
                {do: 'log', partition: 0, offsets: []}
                {do: 'assign', partitions: [0]}
                {do: 'emit', last: []}
                {do: 'log', partition: 0, offsets: [0, 1]}
                {do: 'emit again', partition: 0, batch: {firstOffset: -1, lastOffset: -1, topologyId: 'topology-1'}}
                {do: 'emit', last: [[0, {firstOffset: -1, lastOffset: -1, topologyId: 'topology-1'}]]}
                """);
        recorder.answers("kafka-spout-empty-batch-again", Topic.DERIVED,
            "The range of an empty batch is that of the record before it: if a transactional topology emits it again, that record comes twice.",
            "{}", """
                {do: 'log', partition: 0, offsets: [0, 1, 2]}
                {do: 'assign', partitions: [0]}
                {do: 'emit', last: []}
                {do: 'emit', last: [[0, {firstOffset: 0, lastOffset: 2, topologyId: 'topology-1'}]]}
                {do: 'emit again', partition: 0, batch: {firstOffset: 2, lastOffset: 2, topologyId: 'topology-1'}}
                """);
        recorder.answers("kafka-spout-latest-first-batch-again", Topic.RESTART,
            "With LATEST the first batch starts at the end of the log; when it comes again it starts at the same offset, not at the new end.",
            "{firstPollOffsetStrategy: 'LATEST'}", """
                {do: 'log', partition: 0, offsets: [0, 1, 2, 3, 4]}
                {do: 'assign', partitions: [0]}
                {do: 'emit', last: []}
                {do: 'log', partition: 0, offsets: [0, 1, 2, 3, 4, 5, 6]}
                {do: 'emit', last: []}
                """);
        recorder.answers("kafka-spout-earliest-redeployed", Topic.RESTART,
            "EARLIEST goes on after a restart of the same topology; a topology that was submitted anew reads from the start, and does not emit the other one's batch again.",
            "{firstPollOffsetStrategy: 'EARLIEST', 'max.poll.records': 2}", """
                {do: 'log', partition: 0, offsets: [0, 1, 2, 3]}
                {do: 'assign', partitions: [0]}
                {do: 'emit', last: []}
                {do: 'restart', topology: 'topology-1'}
                {do: 'emit', last: [[0, {firstOffset: 0, lastOffset: 1, topologyId: 'topology-1'}]]}
                {do: 'restart', topology: 'topology-2'}
                {do: 'emit again', partition: 0, batch: {firstOffset: 0, lastOffset: 1, topologyId: 'topology-1'}}
                {do: 'emit', last: [[0, {firstOffset: 0, lastOffset: 1, topologyId: 'topology-1'}]]}
                """);
        recorder.answers("kafka-spout-uncommitted-redeployed", Topic.RESTART,
            "UNCOMMITTED_LATEST goes on where any topology of that name had ended, and starts at the end only where nothing is known.",
            "{firstPollOffsetStrategy: 'UNCOMMITTED_LATEST'}", """
                {do: 'log', partition: 0, offsets: [0, 1, 2, 3]}
                {do: 'log', partition: 1, offsets: [0, 1]}
                {do: 'assign', partitions: [0, 1]}
                {do: 'restart', topology: 'topology-2'}
                {do: 'emit', last: [[0, {firstOffset: 0, lastOffset: 1, topologyId: 'topology-1'}]]}
                """);
        recorder.answers("kafka-spout-compacted-new-batch", Topic.DERIVED,
            "A new batch reads over the gaps of a compacted log; its range covers them.",
            "{'max.poll.records': 3}", """
                {do: 'log', partition: 0, offsets: [0, 4, 7, 9]}
                {do: 'assign', partitions: [0]}
                {do: 'emit', last: []}
                {do: 'emit again', partition: 0, batch: {firstOffset: 0, lastOffset: 7, topologyId: 'topology-1'}}
                """);
        recorder.refuses("kafka-spout-compacted-batch-again", Topic.SPOUTS_AND_STATES,
            "A batch whose last record was compacted away since cannot be emitted again: a transactional spout needs a log without compaction.",
            "{}", """
                {do: 'log', partition: 0, offsets: [0, 4, 9]}
                {do: 'assign', partitions: [0]}
                {do: 'emit again', partition: 0, batch: {firstOffset: 0, lastOffset: 7, topologyId: 'topology-1'}}
                """);
        recorder.refuses("kafka-spout-not-assigned", Topic.MISTAKES,
            "A partition that the consumer does not have is refused.",
            "{}", """
                {do: 'log', partition: 0, offsets: [0]}
                {do: 'assign', partitions: [0]}
                {do: 'emit', partitions: [1], last: []}
                """);
    }
}
