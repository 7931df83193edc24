package trident;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.storm.LocalCluster;

/** Where an aggregate of a batch comes out, and what comes out of a batch or a partition without tuples. */
final class AggregationCases {
    private static final String SCRIPT = """
        {tuples: [[0, 'a', 1], [0, 'b', 2], [1, 'a', 4], [1, 'c', 8]]}
        {tuples: [[1, 'b', 3], [1, 'b', 5]]}
        {tuples: []}
        {tuples: [[0, 'c', 7], [1, 'a', 6]]}
        """;
    private static final Map<String, String> SAYS = new LinkedHashMap<>();

    static {
        SAYS.put("partitionAggregate Sum",
            "Each partition sums for itself, and a partition without tuples emits the combiner's zero.");
        SAYS.put("aggregate Sum",
            "One sum a batch, which comes out in partition txid modulo 2; of an empty batch it is the combiner's zero.");
        SAYS.put("aggregate reducer",
            "A reducer's sum comes out in the partition whose turn it is; of an empty batch it is what the reducer begins with.");
        SAYS.put("aggregate Aggregator",
            "The count of an Aggregator comes out in the partition whose turn it is; of an empty batch it is initialised and completed there.");
        SAYS.put("aggregate Count and Sum",
            "Two aggregates of a chain come out as one tuple.");
        SAYS.put("groupBy aggregate Sum",
            "Groups are spread by their fields and not by the batch; a batch without tuples has no groups, so nothing comes out.");
    }

    private AggregationCases() {
    }

    static void record(InCluster cases, LocalCluster cluster) {
        SAYS.forEach((operation, says) -> cases.add("storm/trident-aggregation", config -> new AggregationBench(config, cluster),
            "aggregation-" + operation.replaceAll("([a-z])([A-Z])", "$1-$2").replace(' ', '-').toLowerCase(),
            operation.startsWith("groupBy") ? Topic.GROUPINGS : Topic.DERIVED, says, "{operation: '" + operation + "'}", SCRIPT));
    }

    /** `maxBy` and `minBy` need no cluster, and an empty batch would end its worker. */
    static void record(PrintStream out) throws Exception {
        Recorder recorder = new Recorder(out, "storm/trident-extreme", "manual", ExtremeBench::new);
        recorder.answers("aggregation-max-by", Topic.DERIVED,
            "maxBy is the greatest of each partition and not of the batch: the two partitions of batch 1 emit one each.",
            "{operation: 'maxBy'}", """
                {txid: 1, partition: 0, tuples: [2, 7, 5]}
                {txid: 1, partition: 1, tuples: [9, 8]}
                """);
        recorder.answers("aggregation-min-by", Topic.DERIVED,
            "minBy takes the least of each partition.",
            "{operation: 'minBy'}", """
                {txid: 1, partition: 0, tuples: [2, 7, 5]}
                {txid: 1, partition: 1, tuples: [9, 8]}
                """);
        recorder.refuses("aggregation-max-by-without-tuples", Topic.DERIVED,
            "A batch that has no tuple in a partition ends the worker there, for maxBy emits a tuple without values.",
            "{operation: 'maxBy'}", """
                {txid: 1, partition: 0, tuples: [2]}
                {txid: 1, partition: 1, tuples: []}
                """);
    }
}
