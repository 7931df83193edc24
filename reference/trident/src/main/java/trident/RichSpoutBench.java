package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.spout.ITridentSpout;
import org.apache.storm.trident.spout.RichSpoutBatchExecutor;
import org.apache.storm.trident.topology.TransactionAttempt;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Values;
import org.apache.storm.utils.Utils;

/** An ordinary spout in a Trident topology: RichSpoutBatchExecutor makes batches of what it emits. */
final class RichSpoutBench implements Bench {
    private final Queue queue;
    private final ITridentSpout.Emitter<Object> emitter;

    RichSpoutBench(JsonNode options) {
        queue = new Queue(options.get("emitsFailedAgain").asBoolean());
        Map<String, Object> config = Utils.readDefaultConfig();
        config.put(RichSpoutBatchExecutor.MAX_BATCH_SIZE_CONF, options.get("topology.spout.max.batch.size").numberValue());
        emitter = new RichSpoutBatchExecutor(queue).getEmitter("spout", config, null);
    }

    @Override
    public Object play(JsonNode step) {
        queue.asked = 0;
        queue.acked = new ArrayList<>();
        queue.failed = new ArrayList<>();
        List<Object> emitted = new ArrayList<>();
        switch (step.get("do").asText()) {
            case "arrive" -> {
                step.get("records").forEach(value -> queue.waiting.add(value.asText()));
                return null;
            }
            case "emit" -> emitter.emitBatch(attempt(step), null, collector(emitted));
            case "success" -> emitter.success(attempt(step));
            default -> throw new IllegalStateException(step.toString());
        }
        return Answer.of("asked", queue.asked, "emitted", emitted, "acked", queue.acked, "failed", queue.failed);
    }

    private static TransactionAttempt attempt(JsonNode step) {
        return new TransactionAttempt(step.get("txid").asLong(), step.get("attempt").asInt());
    }

    private static TridentCollector collector(List<Object> emitted) {
        return new TridentCollector() {
            @Override
            public void emit(List<Object> values) {
                emitted.add(values.get(0));
            }

            @Override
            public void flush() {
            }

            @Override
            public void reportError(Throwable error) {
                throw new IllegalStateException(error);
            }
        };
    }

    /** Emits what waits, one at a call; what failed waits again, if it is of that kind. */
    private static final class Queue extends BaseRichSpout {
        private final Deque<String> waiting = new ArrayDeque<>();
        private final boolean emitsFailedAgain;
        private SpoutOutputCollector collector;
        private int asked;
        private List<Object> acked = new ArrayList<>();
        private List<Object> failed = new ArrayList<>();

        Queue(boolean emitsFailedAgain) {
            this.emitsFailedAgain = emitsFailedAgain;
        }

        @Override
        public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector collector) {
            this.collector = collector;
        }

        @Override
        public void nextTuple() {
            asked++;
            if (!waiting.isEmpty()) {
                String value = waiting.remove();
                collector.emit(new Values(value), value);
            }
        }

        @Override
        public void ack(Object id) {
            acked.add(id);
        }

        @Override
        public void fail(Object id) {
            failed.add(id);
            if (emitsFailedAgain) {
                waiting.add((String) id);
            }
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            declarer.declare(new Fields("value"));
        }
    }
}
