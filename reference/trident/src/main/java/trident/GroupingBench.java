package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.grouping.CustomStreamGrouping;
import org.apache.storm.trident.partition.GlobalGrouping;
import org.apache.storm.trident.partition.IdentityGrouping;
import org.apache.storm.trident.partition.IndexHashGrouping;
import org.apache.storm.trident.topology.TransactionAttempt;

/** The groupings that Trident has besides Storm's own; the first value of its tuples is the batch. */
final class GroupingBench implements Bench {
    private final CustomStreamGrouping grouping;

    GroupingBench(JsonNode options) {
        List<Integer> targets = tasks(options.get("targets"));
        grouping = switch (options.get("kind").asText()) {
            case "batchGlobal" -> new IndexHashGrouping(0);
            case "global" -> new GlobalGrouping();
            case "identityPartition" -> new IdentityGrouping();
            default -> throw new IllegalStateException(options.toString());
        };
        List<Integer> sources = tasks(options.path("sources"));
        grouping.prepare(Contexts.after("source", sources), new GlobalStreamId("source", "s1"), targets);
    }

    private static List<Integer> tasks(JsonNode ids) {
        List<Integer> tasks = new ArrayList<>();
        ids.forEach(id -> tasks.add(id.asInt()));
        return tasks;
    }

    @Override
    public Object play(JsonNode step) {
        TransactionAttempt attempt = new TransactionAttempt(step.get("txid").asLong(), step.get("attempt").asInt());
        return grouping.chooseTasks(step.path("from").asInt(), List.of(attempt, "value"));
    }
}
