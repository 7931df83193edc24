package trident;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.storm.LocalCluster;

/** The three spouts by the three states, end to end in a local cluster. */
final class TopologyCases {
    /** Batch 2 dies after its state was written and is longer afterwards; batch 3 never gets as far as the state. */
    private static final String SCRIPT = """
        {finds: 2, ends: 'well'}
        {finds: 2, ends: 'fails after the state was written'}
        {finds: 3, ends: 'well'}
        {finds: 1, ends: 'fails while processed'}
        {finds: 2, ends: 'well'}
        {finds: 1, ends: 'well'}
        """;
    private static final String RECORDS = "['a', 'b', 'a', 'c', 'a', 'd', 'b', 'c']";
    private static final Map<String, String> STATES = Map.of(
        "non-transactional", "NonTransactionalMap", "transactional", "TransactionalMap", "opaque", "OpaqueMap");
    /** A spout, a state, and what comes of them. */
    private static final Map<String, String> SAYS = new LinkedHashMap<>();

    static {
        SAYS.put("non-transactional non-transactional",
            "The failed attempt stays in the state and its tuples come once more: a and c are counted too often.");
        SAYS.put("non-transactional transactional",
            "Batch 2 comes again with other tuples; a is taken for seen and left out, c stays though it comes once more.");
        SAYS.put("non-transactional opaque",
            "What the failed attempt did to a is taken back; c is not in the replay, so its count stays and is too high in the end.");
        SAYS.put("transactional non-transactional",
            "The same batch 2 is added twice: a and c are counted too often.");
        SAYS.put("transactional transactional",
            "The same batch 2 comes again and is left out: each of the six records read counts once.");
        SAYS.put("transactional opaque",
            "The same batch 2 comes again and is counted from the values before it: each of the six records read counts once.");
        SAYS.put("opaque non-transactional",
            "The failed attempt stays in the state and its records come once more: a and c are counted too often.");
        SAYS.put("opaque transactional",
            "Batch 2 comes again with one more a, which is taken for seen: one a is never counted.");
        SAYS.put("opaque opaque",
            "Batch 2 comes again with one more a and is counted from the values before it: each of the eight records counts once.");
    }

    private TopologyCases() {
    }

    static void record(InCluster cases, LocalCluster cluster) {
        SAYS.forEach((kinds, says) -> {
            String[] names = kinds.split(" ");
            cases.add("storm/trident-topology", config -> new TopologyBench(config, cluster),
                "topology-" + names[0] + "-spout-" + names[1] + "-state", Topic.SPOUTS_AND_STATES, says,
                "{spout: '" + names[0] + "', state: '" + STATES.get(names[1]) + "', records: " + RECORDS + "}", SCRIPT);
        });
    }
}
