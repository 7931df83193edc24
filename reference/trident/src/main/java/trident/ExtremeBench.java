package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.trident.operation.Aggregator;
import org.apache.storm.trident.operation.builtin.Max;
import org.apache.storm.trident.operation.builtin.Min;
import org.apache.storm.trident.planner.ProcessorContext;
import org.apache.storm.trident.planner.TupleReceiver;
import org.apache.storm.trident.planner.processor.AggregateProcessor;
import org.apache.storm.trident.planner.processor.TridentContext;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.trident.tuple.TridentTuple;
import org.apache.storm.trident.tuple.TridentTupleView.RootFactory;
import org.apache.storm.tuple.Fields;

/** maxBy or minBy in one partition after the other. */
final class ExtremeBench implements Bench {
    private static final Fields FIELDS = new Fields("value");

    private final List<Object> emitted = new ArrayList<>();
    private final AggregateProcessor processor;

    ExtremeBench(JsonNode options) {
        Aggregator<?> aggregator = options.get("operation").asText().equals("maxBy") ? new Max("value") : new Min("value");
        processor = new AggregateProcessor(FIELDS, aggregator);
        processor.prepare(Map.of(), Contexts.of(0, 1), new TridentContext(FIELDS, List.of(new RootFactory(FIELDS)),
            List.of("stream"), List.of(new Receiver()), "out", 0, Outputs.batch((stream, values) -> {
                throw new IllegalStateException(stream);
            })));
    }

    @Override
    public Object play(JsonNode step) {
        emitted.clear();
        ProcessorContext context =
            new ProcessorContext(new TransactionAttempt(step.get("txid").asLong(), 0), new Object[1]);
        processor.startBatch(context);
        for (JsonNode value : step.get("tuples")) {
            processor.execute(context, "stream", new RootFactory(FIELDS).create(Tuples.of("source", "stream", value.asLong())));
        }
        processor.finishBatch(context);
        return List.copyOf(emitted);
    }

    /** What comes after the aggregation reads the tuple's field. */
    private final class Receiver implements TupleReceiver {
        @Override
        public void execute(ProcessorContext context, String stream, TridentTuple tuple) {
            emitted.add(tuple.getValueByField("value"));
        }

        @Override
        public void flush() {
        }
    }
}
