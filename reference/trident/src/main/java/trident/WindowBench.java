package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.topology.base.BaseWindowedBolt.Duration;
import org.apache.storm.trident.TridentTopology;
import org.apache.storm.trident.operation.BaseAggregator;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.planner.ProcessorContext;
import org.apache.storm.trident.planner.TupleReceiver;
import org.apache.storm.trident.planner.processor.TridentContext;
import org.apache.storm.trident.testing.FixedBatchSpout;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.trident.tuple.TridentTuple;
import org.apache.storm.trident.tuple.TridentTupleView.RootFactory;
import org.apache.storm.trident.windowing.InMemoryWindowsStoreFactory;
import org.apache.storm.trident.windowing.WindowTridentProcessor;
import org.apache.storm.trident.windowing.WindowsState;
import org.apache.storm.trident.windowing.WindowsStateUpdater;
import org.apache.storm.trident.windowing.WindowsStore;
import org.apache.storm.trident.windowing.config.SlidingCountWindow;
import org.apache.storm.trident.windowing.config.SlidingDurationWindow;
import org.apache.storm.trident.windowing.config.TumblingCountWindow;
import org.apache.storm.trident.windowing.config.TumblingDurationWindow;
import org.apache.storm.trident.windowing.config.WindowConfig;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;

/** A window of a Trident stream with an aggregator that lists its tuples, as one task of a topology. */
final class WindowBench implements Bench {
    private static final Fields INPUT = new Fields("value");
    private static final Fields OUTPUT = new Fields(WindowTridentProcessor.TRIGGER_FIELD_NAME, "values");

    private final JsonNode options;
    private final long startMs = System.currentTimeMillis();
    private InMemoryWindowsStoreFactory stores = new InMemoryWindowsStoreFactory();
    private WindowTridentProcessor processor;
    private List<TridentTuple> emitted = new ArrayList<>();

    WindowBench(JsonNode options) {
        this.options = options;
        open();
    }

    private void open() {
        processor = new WindowTridentProcessor(window(options), "window", stores, INPUT, new Listing(), storesTuples());
        TridentContext context = new TridentContext(OUTPUT, List.of(new RootFactory(INPUT)), List.of("stream"),
            List.of(new Receiver()), "out", 0, Outputs.batch((stream, values) -> {
                throw new IllegalStateException(stream);
            }));
        processor.prepare(Map.of(), Contexts.of(0, 1), context);
    }

    private boolean storesTuples() {
        return options.path("storesTuples").asBoolean(false);
    }

    private static WindowConfig window(JsonNode options) {
        int length = options.path("windowLength").asInt();
        int slide = options.path("slideLength").asInt();
        return switch (options.get("window").asText()) {
            case "TumblingCountWindow" -> TumblingCountWindow.of(length);
            case "SlidingCountWindow" -> SlidingCountWindow.of(length, slide);
            case "TumblingDurationWindow" -> TumblingDurationWindow.of(Duration.of(length));
            case "SlidingDurationWindow" -> SlidingDurationWindow.of(Duration.of(length), Duration.of(slide));
            default -> throw new IllegalStateException(options.toString());
        };
    }

    /** The window in a stream, which Trident validates; the bench itself goes round the stream. */
    static Bench validated(JsonNode options) {
        FixedBatchSpout spout = new FixedBatchSpout(INPUT, 1);
        new TridentTopology().newStream("spout", spout).window(window(options), INPUT, new Listing(), new Fields("values"));
        return new WindowBench(options);
    }

    @Override
    public Object play(JsonNode step) throws Exception {
        if (step.has("nowMs")) {
            Thread.sleep(Math.max(0, startMs + step.get("nowMs").asLong() - System.currentTimeMillis()));
        }
        switch (step.get("do").asText()) {
            case "batch" -> {
                emitted = new ArrayList<>();
                batch(step);
                List<Object> windows = new ArrayList<>();
                emitted.forEach(tuple -> windows.add(List.of(triggerId(tuple), tuple.getValue(1))));
                return Answer.of("emitted", windows, "stored", stored());
            }
            case "commit" -> commit(step.get("txid").asLong());
            case "restart" -> {
                // What is only in memory goes with the worker.
                if (!storesTuples()) {
                    stores = new InMemoryWindowsStoreFactory();
                }
                emitted = new ArrayList<>();
                open();
            }
            default -> throw new IllegalStateException(step.toString());
        }
        return Answer.of("stored", stored());
    }

    private void batch(JsonNode step) {
        TransactionAttempt attempt = new TransactionAttempt(step.get("txid").asLong(), step.get("attempt").asInt());
        ProcessorContext context = new ProcessorContext(attempt, new Object[1]);
        RootFactory factory = new RootFactory(INPUT);
        processor.startBatch(context);
        for (JsonNode value : step.get("tuples")) {
            processor.execute(context, "stream", factory.create(Tuples.of("source", "stream", value.asText())));
        }
        processor.finishBatch(context);
    }

    /** The commit phase, in which partitionPersist removes the results that were emitted. */
    private void commit(long txid) {
        if (emitted.isEmpty()) {
            return;
        }
        WindowsStateUpdater updater = new WindowsStateUpdater(stores);
        updater.prepare(Map.of(), null);
        WindowsState state = new WindowsState();
        state.beginCommit(txid);
        updater.updateState(state, emitted, null);
        state.commit(txid);
    }

    private static int triggerId(TridentTuple tuple) {
        return ((WindowTridentProcessor.TriggerInfo) tuple.getValue(0)).triggerId;
    }

    /** The numbers of the windows whose results are kept for the case that a batch comes again. */
    private List<Object> stored() {
        List<Integer> ids = new ArrayList<>();
        for (String key : stores.create(Map.of()).getAllKeys()) {
            if (key.startsWith(WindowTridentProcessor.TRIGGER_PREFIX)) {
                ids.add(Integer.valueOf(key.substring(key.lastIndexOf(WindowsStore.KEY_SEPARATOR) + 1)));
            }
        }
        return new ArrayList<>(ids.stream().sorted().toList());
    }

    @Override
    public void close() {
        processor.cleanup();
    }

    private static final class Listing extends BaseAggregator<List<Object>> {
        @Override
        public List<Object> init(Object batchId, TridentCollector collector) {
            return new ArrayList<>();
        }

        @Override
        public void aggregate(List<Object> values, TridentTuple tuple, TridentCollector collector) {
            values.add(tuple.getValue(0));
        }

        @Override
        public void complete(List<Object> values, TridentCollector collector) {
            collector.emit(new Values(values));
        }
    }

    private final class Receiver implements TupleReceiver {
        @Override
        public void execute(ProcessorContext context, String stream, TridentTuple tuple) {
            emitted.add(tuple);
        }

        @Override
        public void flush() {
        }
    }
}
