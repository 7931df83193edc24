package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.storm.Config;
import org.apache.storm.coordination.BatchOutputCollector;
import org.apache.storm.generated.GlobalStreamId;
import org.apache.storm.task.IOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.FailedException;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.trident.topology.BatchInfo;
import org.apache.storm.trident.topology.ITridentBatchBolt;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.trident.topology.TridentBoltExecutor;
import org.apache.storm.tuple.Tuple;

/** TridentBoltExecutor, as one task behind some and before two others, with a bolt that passes its tuples on. */
final class BoltBench implements Bench {
    private static final String GROUP = "bg0";
    private static final String COORD = TridentBoltExecutor.coordStream(GROUP);
    private static final GlobalStreamId COMMIT = new GlobalStreamId("$mastercoord-bg0", "$commit");

    private final TridentBoltExecutor executor;
    private final List<Tuple> steps = new ArrayList<>();
    private List<Object> happenings = new ArrayList<>();
    private JsonNode step;
    private long rotatedMs;

    BoltBench(JsonNode options) {
        TridentBoltExecutor.CoordSpec spec = new TridentBoltExecutor.CoordSpec();
        Map<String, List<Integer>> others = new HashMap<>();
        int sources = options.get("sources").asInt();
        if (sources > 0) {
            spec.coords.put("source", TridentBoltExecutor.CoordType.all());
            others.put("source", IntStream.range(0, sources).mapToObj(i -> 11 + i).toList());
        }
        if (options.get("commits").asBoolean()) {
            spec.commitStream = COMMIT;
        }
        Map<GlobalStreamId, String> groups = new HashMap<>();
        groups.put(new GlobalStreamId("source", "default"), GROUP);
        groups.put(new GlobalStreamId("source", COORD), GROUP);
        groups.put(COMMIT, GROUP);
        List<Integer> targets = new ArrayList<>();
        options.get("targets").forEach(target -> targets.add(target.asInt()));
        others.put("target", targets);
        Map<String, Object> config = new HashMap<>();
        config.put(Config.TOPOLOGY_MESSAGE_TIMEOUT_SECS, options.path("topology.message.timeout.secs").asInt(30));
        TopologyContext context = Contexts.before("target", COORD, others, config);
        executor = new TridentBoltExecutor(new PassesOn(), groups, Map.of(GROUP, spec));
        executor.prepare(config, context, new OutputCollector(new Collector()));
    }

    @Override
    public Object play(JsonNode next) throws Exception {
        step = next;
        happenings = new ArrayList<>();
        Tuple tuple = tuple(next);
        steps.add(tuple);
        if (next.get("do").asText().equals("tick")) {
            tickAt(tuple, next.get("nowMs").asLong());
        } else {
            executor.execute(tuple);
        }
        return happenings;
    }

    private static Tuple tuple(JsonNode step) {
        TransactionAttempt attempt = new TransactionAttempt(step.path("txid").asLong(), step.path("attempt").asInt());
        return switch (step.get("do").asText()) {
            case "tick" -> Tuples.of("__system", "__tick", 5);
            case "report" -> Tuples.of("source", COORD, attempt, step.get("tuples").asInt());
            case "commit" -> Tuples.of(COMMIT.get_componentId(), COMMIT.get_streamId(), attempt);
            case "tuple" -> Tuples.of("source", "default", attempt, "value");
            default -> throw new IllegalStateException(step.toString());
        };
    }

    /** Lets the bolt believe that it is `nowMs`: its last rotation was as long ago as the script says. */
    private void tickAt(Tuple tick, long nowMs) throws Exception {
        Field field = TridentBoltExecutor.class.getDeclaredField("lastRotate");
        field.setAccessible(true);
        long last = System.currentTimeMillis() - (nowMs - rotatedMs);
        field.setLong(executor, last);
        executor.execute(tick);
        if (field.getLong(executor) != last) {
            rotatedMs = nowMs;
        }
    }

    private final class PassesOn implements ITridentBatchBolt {
        private BatchOutputCollector collector;
        private boolean failsAtTheEnd;

        @Override
        public void prepare(Map<String, Object> conf, TopologyContext context, BatchOutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void execute(BatchInfo batch, Tuple tuple) {
            failsAtTheEnd = step.path("failsAtTheEnd").asBoolean();
            if (step.path("fails").asBoolean()) {
                throw new FailedException();
            }
            collector.emit("default", tuple.getValues());
        }

        @Override
        public void finishBatch(BatchInfo batch) {
            if (failsAtTheEnd) {
                throw new FailedException();
            }
            happenings.add(List.of("finish", batch.batchId.toString()));
        }

        @Override
        public Object initBatchState(String group, Object batchId) {
            return null;
        }

        @Override
        public void cleanup() {
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
        }

        @Override
        public Map<String, Object> getComponentConfiguration() {
            return null;
        }
    }

    private final class Collector implements IOutputCollector {
        @Override
        public List<Integer> emit(String stream, Collection<Tuple> anchors, List<Object> values) {
            return List.of(step.get("to").asInt());
        }

        @Override
        public void emitDirect(int task, String stream, Collection<Tuple> anchors, List<Object> values) {
            happenings.add(List.of("report", task, values.get(1)));
        }

        @Override
        public void ack(Tuple tuple) {
            happenings.add(List.of("ack", steps.indexOf(tuple) + 1));
        }

        @Override
        public void fail(Tuple tuple) {
            happenings.add(List.of("fail", steps.indexOf(tuple) + 1));
        }

        @Override
        public void resetTimeout(Tuple tuple) {
            throw new IllegalStateException();
        }

        @Override
        public void flush() {
        }

        @Override
        public void reportError(Throwable error) {
            throw new IllegalStateException(error);
        }
    }
}
