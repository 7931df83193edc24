package trident;

import java.io.PrintStream;

/** Which fields a stream has, and the mistakes in naming them that Trident finds while the topology is built. */
final class StreamCases {
    private static final String FIELDS = "{fields: ['user', 'text', 'likes']}";

    private StreamCases() {
    }

    static void record(PrintStream out) throws Exception {
        Recorder recorder = new Recorder(out, "storm/trident-stream", "manual", StreamBench::new);
        recorder.answers("stream-fields", Topic.DERIVED,
            "A function appends its fields, a filter and a repartitioning leave them, project keeps some; an aggregation starts anew with its own, after those that it is grouped by.",
            FIELDS, """
                {do: 'each', in: ['text'], out: ['word']}
                {do: 'filter', in: ['word']}
                {do: 'partitionBy', in: ['user']}
                {do: 'project', in: ['word', 'likes']}
                {do: 'groupBy and aggregate', by: ['word'], in: ['likes'], out: ['sum']}
                {do: 'aggregate', in: ['sum'], out: ['total']}
                """);
        recorder.answers("stream-fields-of-new-values", Topic.DERIVED,
            "The stream of a state's new values has the group's fields and the aggregate's.",
            FIELDS, """
                {do: 'groupBy and persistentAggregate', by: ['user', 'text'], in: ['likes'], out: ['sum']}
                """);
        recorder.refuses("stream-refuses-unknown-field", Topic.MISTAKES,
            "A field that the stream does not have is refused with those that it has.",
            FIELDS, "{do: 'project', in: ['word']}");
        recorder.refuses("stream-refuses-field-that-is-gone", Topic.MISTAKES,
            "After an aggregation the fields of the tuples are gone.",
            FIELDS, """
                {do: 'aggregate', in: ['likes'], out: ['sum']}
                {do: 'filter', in: ['user']}
                """);
        recorder.refuses("stream-refuses-field-twice", Topic.MISTAKES,
            "A function cannot write a field that the stream has already.",
            FIELDS, "{do: 'each', in: ['text'], out: ['text']}");
        recorder.refuses("stream-refuses-aggregates-of-one-name", Topic.MISTAKES,
            "Two aggregates of a chain must have names of their own.",
            FIELDS, "{do: 'aggregate twice', in: ['likes'], out: ['sum'], andOut: ['sum']}");
        recorder.refuses("stream-refuses-two-fields-of-combiner", Topic.MISTAKES,
            "A combiner's aggregate in a state is one field.",
            FIELDS, "{do: 'groupBy and persistentAggregate', by: ['user'], in: ['likes'], out: ['sum', 'average']}");
    }
}
