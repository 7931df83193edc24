package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.topology.BasicOutputCollector;
import org.apache.storm.trident.spout.IOpaquePartitionedTridentSpout;
import org.apache.storm.trident.spout.IPartitionedTridentSpout;
import org.apache.storm.trident.spout.ITridentSpout;
import org.apache.storm.trident.spout.OpaquePartitionedTridentSpoutExecutor;
import org.apache.storm.trident.spout.PartitionedTridentSpoutExecutor;
import org.apache.storm.trident.spout.TridentSpoutCoordinator;
import org.apache.storm.trident.spout.TridentSpoutExecutor;
import org.apache.storm.trident.topology.BatchInfo;
import org.apache.storm.trident.topology.MasterBatchCoordinator;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.trident.topology.state.TransactionalState;
import org.apache.storm.tuple.Tuple;

/** A partitioned spout as it runs in a topology: TridentSpoutCoordinator, and TridentSpoutExecutor as one of its tasks. */
final class PartitionedSpoutBench implements Bench {
    private final Map<String, Object> config;
    private final String id;
    private final Log log;
    private final ITridentSpout<Object> spout;
    private final int tasks;
    private final int task;
    private final TransactionalState stored;
    private TridentSpoutCoordinator coordinator;
    private TridentSpoutExecutor executor;
    private Map<String, List<Object>> emitted = new TreeMap<>();

    @SuppressWarnings({"unchecked", "rawtypes"})
    PartitionedSpoutBench(JsonNode options, ZooKeeper zooKeeper) {
        config = zooKeeper.config();
        id = zooKeeper.newTransactionalId();
        log = new Log(options.get("recordsPerBatch").asInt());
        tasks = options.path("tasks").asInt(1);
        task = options.path("task").asInt(0);
        // The executors name the types of their spouts by the interfaces, which a spout of one's own never matches.
        spout = options.get("kind").asText().equals("opaque")
            ? new OpaquePartitionedTridentSpoutExecutor((IOpaquePartitionedTridentSpout) new PartitionedSpouts.Opaque(log))
            : new PartitionedTridentSpoutExecutor((IPartitionedTridentSpout) new PartitionedSpouts.Transactional(log));
        stored = TransactionalState.newUserState(config, id);
        open();
    }

    private void open() {
        coordinator = new TridentSpoutCoordinator(id, spout);
        coordinator.prepare(config, null);
        executor = new TridentSpoutExecutor(id, "values", spout);
        executor.prepare(config, Contexts.of(task, tasks), Outputs.batch((stream, values) ->
            emitted.computeIfAbsent((String) values.get(1), partition -> new ArrayList<>()).add(values.get(2))));
    }

    @Override
    public Object play(JsonNode step) {
        emitted = new TreeMap<>();
        switch (step.get("do").asText()) {
            case "arrive" -> {
                log.arrive(step.get("partition").asText(), step.get("records"));
                return null;
            }
            case "partitions" -> {
                log.setPartitions(step.get("are"));
                return null;
            }
            case "emit" -> emit(attempt(step));
            case "commit" -> execute(MasterBatchCoordinator.COMMIT_STREAM_ID, attempt(step));
            case "success" -> {
                Tuple success = Tuples.of("$mastercoord-bg0", MasterBatchCoordinator.SUCCESS_STREAM_ID, attempt(step));
                coordinator.execute(success, null);
                executor.execute(null, success);
            }
            case "restart" -> {
                coordinator.cleanup();
                open();
            }
            default -> throw new IllegalStateException(step.toString());
        }
        List<Object> rows = new ArrayList<>();
        emitted.forEach((partition, records) -> rows.add(List.of(partition, records)));
        return Answer.of("emitted", rows, "stored", stored());
    }

    private void emit(TransactionAttempt attempt) {
        List<List<Object>> batches = new ArrayList<>();
        BasicOutputCollector collector =
            new BasicOutputCollector(new OutputCollector(Outputs.bolt((stream, values) -> batches.add(values))));
        coordinator.execute(Tuples.of("$mastercoord-bg0", MasterBatchCoordinator.BATCH_STREAM_ID, attempt), collector);
        execute(MasterBatchCoordinator.BATCH_STREAM_ID, batches.get(0).toArray());
    }

    private void execute(String stream, Object... values) {
        Tuple tuple = Tuples.of("$spoutcoord-spout", stream, values);
        executor.execute(new BatchInfo("bg0", (TransactionAttempt) values[0], null), tuple);
    }

    private static TransactionAttempt attempt(JsonNode step) {
        return new TransactionAttempt(step.get("txid").asLong(), step.get("attempt").asInt());
    }

    /** What lies in ZooKeeper: for each partition, which records each transaction took. */
    private List<Object> stored() {
        List<Object> rows = new ArrayList<>();
        for (String partition : stored.list("").stream().sorted().toList()) {
            List<Object> ranges = new ArrayList<>();
            stored.list(partition).stream().map(Long::valueOf).sorted().forEach(txid -> {
                Map<?, ?> meta = (Map<?, ?>) stored.getData(partition + "/" + txid);
                ranges.add(Answer.of("txid", txid, "from", meta == null ? null : meta.get("from"), "to", meta == null ? null : meta.get("to")));
            });
            rows.add(List.of(partition, ranges));
        }
        return rows;
    }

    @Override
    public void close() {
        coordinator.cleanup();
        stored.close();
    }
}
