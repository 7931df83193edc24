package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.storm.Config;
import org.apache.storm.spout.ISpoutOutputCollector;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.trident.spout.ITridentSpout;
import org.apache.storm.trident.topology.MasterBatchCoordinator;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.utils.WindowedTimeThrottler;

/** MasterBatchCoordinator over a spout that has always, or on demand not, something to emit. */
final class CoordinatorBench implements Bench {
    private final Map<String, Object> config;
    private final String id;
    private final Spout spout = new Spout();
    private List<Object> emissions = new ArrayList<>();
    private MasterBatchCoordinator coordinator;
    private long throttledSinceMs;

    CoordinatorBench(JsonNode config, ZooKeeper zooKeeper) throws Exception {
        this.config = zooKeeper.config();
        this.config.put(Config.TOPOLOGY_TRIDENT_BATCH_EMIT_INTERVAL_MILLIS, 500);
        config.fields().forEachRemaining(field -> this.config.put(field.getKey(), field.getValue().numberValue()));
        id = zooKeeper.newTransactionalId();
        open(0);
    }

    private void open(long nowMs) {
        coordinator = new MasterBatchCoordinator(List.of(id), List.of(spout));
        coordinator.open(config, null, new SpoutOutputCollector(new Collector()));
        throttledSinceMs = nowMs;
    }

    @Override
    public Object play(JsonNode step) throws Exception {
        emissions = new ArrayList<>();
        long nowMs = step.path("nowMs").asLong();
        String what = step.get("do").asText();
        switch (what) {
            case "next" -> at(nowMs, coordinator::nextTuple);
            case "ack" -> at(nowMs, () -> coordinator.ack(attempt(step)));
            case "fail" -> at(nowMs, () -> coordinator.fail(attempt(step)));
            case "activate" -> coordinator.activate();
            case "deactivate" -> coordinator.deactivate();
            case "ready" -> spout.isReady = step.get("is").asBoolean();
            case "restart" -> {
                coordinator.close();
                open(nowMs);
            }
            default -> throw new IllegalStateException(what);
        }
        return emissions;
    }

    /** Lets the throttle believe that it is `nowMs`: its window began as long ago as the script says. */
    private void at(long nowMs, Runnable call) throws Exception {
        Field throttlerField = MasterBatchCoordinator.class.getDeclaredField("throttler");
        throttlerField.setAccessible(true);
        Field startField = WindowedTimeThrottler.class.getDeclaredField("windowStartTime");
        startField.setAccessible(true);
        Object throttler = throttlerField.get(coordinator);
        long start = System.currentTimeMillis() - (nowMs - throttledSinceMs);
        startField.setLong(throttler, start);
        call.run();
        if (startField.getLong(throttler) != start) {
            throttledSinceMs = nowMs;
        }
    }

    private static TransactionAttempt attempt(JsonNode step) {
        return new TransactionAttempt(step.get("txid").asLong(), step.get("attempt").asInt());
    }

    @Override
    public void close() {
        coordinator.close();
    }

    private final class Collector implements ISpoutOutputCollector {
        @Override
        public List<Integer> emit(String stream, List<Object> tuple, Object messageId) {
            TransactionAttempt attempt = (TransactionAttempt) tuple.get(0);
            emissions.add(Answer.of("stream", stream, "txid", attempt.getTransactionId(), "attempt", attempt.getAttemptId()));
            return List.of();
        }

        @Override
        public void emitDirect(int task, String stream, List<Object> tuple, Object messageId) {
            throw new IllegalStateException();
        }

        @Override
        public long getPendingCount() {
            return 0;
        }

        @Override
        public void flush() {
        }

        @Override
        public void reportError(Throwable error) {
            throw new IllegalStateException(error);
        }
    }

    private static final class Spout implements ITridentSpout<Object>, ITridentSpout.BatchCoordinator<Object> {
        boolean isReady = true;

        @Override
        public BatchCoordinator<Object> getCoordinator(String id, Map<String, Object> conf, TopologyContext context) {
            return this;
        }

        @Override
        public Emitter<Object> getEmitter(String id, Map<String, Object> conf, TopologyContext context) {
            throw new IllegalStateException();
        }

        @Override
        public boolean isReady(long txid) {
            return isReady;
        }

        @Override
        public Object initializeTransaction(long txid, Object before, Object now) {
            return null;
        }

        @Override
        public void success(long txid) {
        }

        @Override
        public void close() {
        }

        @Override
        public Map<String, Object> getComponentConfiguration() {
            return null;
        }

        @Override
        public Fields getOutputFields() {
            return new Fields("value");
        }
    }
}
