package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.apache.storm.trident.Stream;
import org.apache.storm.trident.TridentTopology;
import org.apache.storm.trident.operation.builtin.Count;
import org.apache.storm.trident.operation.builtin.Debug;
import org.apache.storm.trident.operation.builtin.Sum;
import org.apache.storm.trident.testing.FixedBatchSpout;
import org.apache.storm.trident.testing.MemoryMapState;
import org.apache.storm.trident.testing.Split;
import org.apache.storm.tuple.Fields;

/** A Trident stream under construction: which fields it has after each operation. */
final class StreamBench implements Bench {
    private Stream stream;

    StreamBench(JsonNode options) {
        stream = new TridentTopology().newStream("spout", new FixedBatchSpout(fields(options.get("fields")), 1));
    }

    @Override
    public Object play(JsonNode step) {
        Fields in = fields(step.path("in"));
        Fields out = fields(step.path("out"));
        stream = switch (step.get("do").asText()) {
            case "each" -> stream.each(in, new Split(), out);
            case "filter" -> stream.each(in, new Debug());
            case "project" -> stream.project(in);
            case "partitionBy" -> stream.partitionBy(in);
            case "aggregate" -> stream.aggregate(in, new Sum(), out);
            case "groupBy and aggregate" -> stream.groupBy(fields(step.get("by"))).aggregate(in, new Sum(), out);
            case "aggregate twice" -> stream.chainedAgg().aggregate(in, new Sum(), out)
                .aggregate(in, new Count(), fields(step.get("andOut"))).chainEnd();
            case "groupBy and persistentAggregate" -> stream.groupBy(fields(step.get("by")))
                .persistentAggregate(new MemoryMapState.Factory(), in, new Sum(), out).newValuesStream();
            default -> throw new IllegalStateException(step.toString());
        };
        return stream.getOutputFields().toList();
    }

    private static Fields fields(JsonNode names) {
        return new Fields(StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText).toList());
    }
}
