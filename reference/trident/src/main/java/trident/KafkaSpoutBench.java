package trident;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.storm.kafka.spout.FirstPollOffsetStrategy;
import org.apache.storm.kafka.spout.internal.ClientFactory;
import org.apache.storm.kafka.spout.subscription.TopicAssigner;
import org.apache.storm.kafka.spout.trident.KafkaTridentSpoutConfig;
import org.apache.storm.kafka.spout.trident.KafkaTridentSpoutEmitter;
import org.apache.storm.kafka.spout.trident.KafkaTridentSpoutTopicPartition;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.trident.operation.TridentCollector;
import org.apache.storm.trident.topology.TransactionAttempt;

/** KafkaTridentSpoutEmitter over Kafka's MockConsumer, which reads the log that the script writes. */
final class KafkaSpoutBench implements Bench {
    private static final String TOPIC = "topic";

    private final KafkaTridentSpoutConfig<String, String> config;
    private final long maxPollRecords;
    private final Map<Integer, List<Long>> logs = new TreeMap<>();
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Set<KafkaTridentSpoutTopicPartition> assigned = Set.of();
    private String topology = "topology-1";
    private KafkaTridentSpoutEmitter<String, String> emitter;
    private Map<Integer, List<Object>> emitted = new TreeMap<>();

    KafkaSpoutBench(JsonNode options) throws Exception {
        KafkaTridentSpoutConfig.Builder<String, String> builder = KafkaTridentSpoutConfig.builder("localhost:9092", TOPIC);
        if (options.has("firstPollOffsetStrategy")) {
            builder.setFirstPollOffsetStrategy(FirstPollOffsetStrategy.valueOf(options.get("firstPollOffsetStrategy").asText()));
        }
        config = builder.build();
        maxPollRecords = options.path("max.poll.records").asLong(500);
        open();
    }

    @SuppressWarnings("unchecked")
    private void open() throws Exception {
        Constructor<?> constructor = KafkaTridentSpoutEmitter.class.getDeclaredConstructor(
            KafkaTridentSpoutConfig.class, TopologyContext.class, ClientFactory.class, TopicAssigner.class);
        constructor.setAccessible(true);
        emitter = (KafkaTridentSpoutEmitter<String, String>) constructor.newInstance(
            config, Contexts.of(0, 1, topology), new Clients(), new TopicAssigner());
    }

    @Override
    public Object play(JsonNode step) throws Exception {
        emitted = new TreeMap<>();
        switch (step.get("do").asText()) {
            case "log" -> {
                log(step);
                return null;
            }
            case "assign" -> {
                assigned = new LinkedHashSet<>();
                step.get("partitions").forEach(partition -> assigned.add(part(partition.asInt())));
                emitter.refreshPartitions(List.copyOf(assigned));
                return null;
            }
            case "restart" -> {
                topology = step.get("topology").asText();
                open();
                emitter.refreshPartitions(List.copyOf(assigned));
                return null;
            }
            case "emit" -> {
                Map<KafkaTridentSpoutTopicPartition, Map<String, Object>> last = new HashMap<>();
                step.path("last").forEach(row -> last.put(part(row.get(0).asInt()), meta(row.get(1))));
                Map<Integer, Object> batches = new TreeMap<>();
                emitter.emitBatchNew(attempt(), collector(), parts(step), last).forEach((part, meta) ->
                    batches.put(part.getTopicPartition().partition(), meta));
                return Answer.of("emitted", rows(emitted), "batch", rows(batches));
            }
            case "emit again" -> {
                emitter.reEmitPartitionBatch(attempt(), collector(), part(step.get("partition").asInt()), meta(step.get("batch")));
                return Answer.of("emitted", rows(emitted));
            }
            default -> throw new IllegalStateException(step.toString());
        }
    }

    private void log(JsonNode step) {
        List<Long> offsets = new ArrayList<>();
        step.get("offsets").forEach(offset -> offsets.add(offset.asLong()));
        int partition = step.get("partition").asInt();
        logs.put(partition, offsets);
        TopicPartition key = new TopicPartition(TOPIC, partition);
        starts.put(key, offsets.isEmpty() ? 0L : offsets.get(0));
        ends.put(key, offsets.isEmpty() ? 0L : offsets.get(offsets.size() - 1) + 1);
    }

    private Set<KafkaTridentSpoutTopicPartition> parts(JsonNode step) {
        if (!step.has("partitions")) {
            return assigned;
        }
        Set<KafkaTridentSpoutTopicPartition> parts = new LinkedHashSet<>();
        step.get("partitions").forEach(partition -> parts.add(part(partition.asInt())));
        return parts;
    }

    private static KafkaTridentSpoutTopicPartition part(int partition) {
        return new KafkaTridentSpoutTopicPartition(TOPIC, partition);
    }

    private static Map<String, Object> meta(JsonNode meta) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("firstOffset", meta.get("firstOffset").asLong());
        fields.put("lastOffset", meta.get("lastOffset").asLong());
        fields.put("topologyId", meta.get("topologyId").asText());
        return fields;
    }

    private static List<Object> rows(Map<Integer, ?> byPartition) {
        List<Object> rows = new ArrayList<>();
        byPartition.forEach((partition, value) ->
            rows.add(List.of(partition, value instanceof Map<?, ?> meta
                ? Answer.of("firstOffset", meta.get("firstOffset"), "lastOffset", meta.get("lastOffset"), "topologyId", meta.get("topologyId"))
                : value)));
        return rows;
    }

    private static TransactionAttempt attempt() {
        return new TransactionAttempt(1L, 0);
    }

    /** The default translator emits topic, partition, offset, key and value. */
    private TridentCollector collector() {
        return new TridentCollector() {
            @Override
            public void emit(List<Object> values) {
                emitted.computeIfAbsent((Integer) values.get(1), partition -> new ArrayList<>()).add(values.get(2));
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

    private final class Clients implements ClientFactory<String, String> {
        @Override
        public Consumer<String, String> createConsumer(Map<String, Object> properties) {
            return new LogConsumer();
        }

        @Override
        public Admin createAdmin(Map<String, Object> properties) {
            throw new IllegalStateException();
        }
    }

    /** A consumer that finds the whole log anew at each poll, as a broker would serve it. */
    private final class LogConsumer extends MockConsumer<String, String> {
        LogConsumer() {
            super(OffsetResetStrategy.EARLIEST);
            setMaxPollRecords(maxPollRecords);
        }

        @Override
        public synchronized ConsumerRecords<String, String> poll(Duration timeout) {
            load();
            return super.poll(timeout);
        }

        @Override
        public synchronized long position(TopicPartition partition) {
            load();
            return super.position(partition);
        }

        private void load() {
            updateBeginningOffsets(starts);
            updateEndOffsets(ends);
            try {
                Field records = MockConsumer.class.getDeclaredField("records");
                records.setAccessible(true);
                ((Map<?, ?>) records.get(this)).clear();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            for (TopicPartition partition : assignment()) {
                for (long offset : logs.getOrDefault(partition.partition(), List.of())) {
                    addRecord(new ConsumerRecord<>(TOPIC, partition.partition(), offset, "key", "value"));
                }
            }
        }
    }
}
