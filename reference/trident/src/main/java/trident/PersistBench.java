package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.planner.ProcessorContext;
import org.apache.storm.trident.planner.processor.PartitionPersistProcessor;
import org.apache.storm.trident.planner.processor.TridentContext;
import org.apache.storm.trident.state.BaseStateUpdater;
import org.apache.storm.trident.state.State;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.trident.tuple.TridentTuple;
import org.apache.storm.trident.tuple.TridentTupleView.RootFactory;
import org.apache.storm.tuple.Fields;

/** partitionPersist of one partition, with a state that says what is done to it. */
final class PersistBench implements Bench {
    private static final Fields FIELDS = new Fields("value");

    private final List<Object> calls = new ArrayList<>();
    private final PartitionPersistProcessor processor =
        new PartitionPersistProcessor("state", FIELDS, new Updater());

    PersistBench(JsonNode options) {
        TopologyContext context = Contexts.of(0, 1);
        context.setTaskData("state", new Told(calls));
        processor.prepare(Map.of(), context, new TridentContext(new Fields(), List.of(new RootFactory(FIELDS)),
            List.of("stream"), List.of(), "out", 0, Outputs.batch((stream, values) -> {
                throw new IllegalStateException(stream);
            })));
    }

    @Override
    public Object play(JsonNode step) {
        calls.clear();
        JsonNode batch = step.get("batch");
        Object id = batch.isTextual() ? batch.asText()
            : new TransactionAttempt(batch.get("txid").asLong(), batch.get("attempt").asInt());
        ProcessorContext context = new ProcessorContext(id, new Object[1]);
        processor.startBatch(context);
        for (JsonNode value : step.get("tuples")) {
            processor.execute(context, "stream", new RootFactory(FIELDS).create(Tuples.of("source", "stream", value.asText())));
        }
        processor.finishBatch(context);
        return List.copyOf(calls);
    }

    private static List<Object> call(String name, Object argument) {
        List<Object> call = new ArrayList<>();
        call.add(name);
        call.add(argument);
        return call;
    }

    private record Told(List<Object> calls) implements State {
        @Override
        public void beginCommit(Long txid) {
            calls.add(call("beginCommit", txid));
        }

        @Override
        public void commit(Long txid) {
            calls.add(call("commit", txid));
        }
    }

    private static final class Updater extends BaseStateUpdater<Told> {
        @Override
        public void updateState(Told state, List<TridentTuple> tuples, TridentCollector collector) {
            state.calls().add(call("updateState", tuples.stream().map(tuple -> tuple.getString(0)).toList()));
        }
    }
}
