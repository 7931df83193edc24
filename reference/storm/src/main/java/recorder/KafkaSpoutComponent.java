package recorder;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.storm.kafka.spout.KafkaSpout;
import org.apache.storm.kafka.spout.KafkaSpoutConfig;
import org.apache.storm.kafka.spout.KafkaSpoutMessageId;
import org.apache.storm.kafka.spout.internal.ClientFactory;
import org.apache.storm.kafka.spout.subscription.TopicAssigner;
import org.apache.storm.kafka.spout.subscription.TopicFilter;
import org.apache.storm.spout.ISpoutOutputCollector;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.utils.Time;

/** {@link KafkaSpout} on one partition, with a consumer that returns what the script says, under simulated time. */
final class KafkaSpoutComponent implements Component {

    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private final Time.SimulatedTime time = new Time.SimulatedTime();
    private final KafkaSpout<String, String> spout;
    private final Map<Long, KafkaSpoutMessageId> ids = new HashMap<>();
    private final long fetchOffset;
    private Set<TopicPartition> assignment = Set.of();
    private ConsumerRecord<String, String> next;
    private boolean polled;
    private Long sought;
    private Long emitted;
    private Long committed;

    KafkaSpoutComponent(Step config) throws Exception {
        fetchOffset = config.number("fetchOffset");
        KafkaSpoutConfig<String, String> conf = new KafkaSpoutConfig.Builder<String, String>("unused:9092", new OnePartition(),
            (partitions, context) -> Set.copyOf(partitions))
            .setOffsetCommitPeriodMs(Integer.MAX_VALUE)
            .setMaxUncommittedOffsets((int) config.number("maxUncommittedOffsets", 10_000_000))
            .build();
        Constructor<?> constructor = KafkaSpout.class.getDeclaredConstructor(KafkaSpoutConfig.class, ClientFactory.class, TopicAssigner.class);
        constructor.setAccessible(true);
        @SuppressWarnings("unchecked")
        KafkaSpout<String, String> made = (KafkaSpout<String, String>) constructor.newInstance(conf, new Clients(), new TopicAssigner());
        spout = made;
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout("spout", new Puppets.Spout(Map.of("default", List.of("value"))));
        TopologyContext context = Contexts.of(builder.createTopology(), "spout");
        spout.open(new HashMap<>(), context, new SpoutOutputCollector(new Listener()));
        spout.activate();
    }

    @Override
    public Object play(Object given) throws Exception {
        Step step = Step.of(given);
        if (step.has("nowMs")) {
            Time.advanceTime(step.number("nowMs") - Time.currentTimeMillis());
        }
        switch (step.text("do")) {
            case "read" -> {
                next = new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), step.number("offset"), null, "value");
                polled = false;
                sought = null;
                emitted = null;
                spout.nextTuple();
                return Component.answer("polls", polled, "seeksTo", sought, "emits", emitted != null);
            }
            case "ack" -> spout.ack(ids.get(step.number("offset")));
            case "fail" -> spout.fail(ids.get(step.number("offset")));
            default -> {
                committed = null;
                // What is due at the commit period is done on deactivation, too.
                spout.deactivate();
                return Component.answer("commit", committed);
            }
        }
        return Component.answer();
    }

    @Override
    public void close() {
        time.close();
    }

    private Object call(String method, Object[] arguments) {
        return switch (method) {
            case "assignment" -> assignment;
            case "assign" -> {
                assignment = Set.copyOf(partitions(arguments[0]));
                yield null;
            }
            case "committed" -> arguments[0] instanceof Set ? new HashMap<>() : null;
            case "position" -> fetchOffset;
            case "seek" -> {
                sought = (Long) arguments[1];
                yield null;
            }
            case "poll" -> {
                polled = true;
                yield new ConsumerRecords<>(Map.of(PARTITION, List.of(next)));
            }
            case "commitSync" -> {
                committed = ((Map<?, ?>) arguments[0]).values().stream().mapToLong(each -> ((OffsetAndMetadata) each).offset()).sum();
                yield null;
            }
            case "seekToBeginning", "pause", "resume" -> null;
            default -> throw new IllegalStateException(method);
        };
    }

    @SuppressWarnings("unchecked")
    private static Collection<TopicPartition> partitions(Object argument) {
        return (Collection<TopicPartition>) argument;
    }

    private final class Clients implements ClientFactory<String, String> {

        @Override
        @SuppressWarnings("unchecked")
        public Consumer<String, String> createConsumer(Map<String, Object> properties) {
            return (Consumer<String, String>) Proxy.newProxyInstance(Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class},
                (proxy, method, arguments) -> call(method.getName(), arguments));
        }

        @Override
        public Admin createAdmin(Map<String, Object> properties) {
            return null;
        }
    }

    private static final class OnePartition implements TopicFilter {

        @Override
        public Set<TopicPartition> getAllSubscribedPartitions(Consumer<?, ?> consumer) {
            return Set.of(PARTITION);
        }

        @Override
        public String getTopicsString() {
            return PARTITION.topic();
        }
    }

    private final class Listener implements ISpoutOutputCollector {

        @Override
        public List<Integer> emit(String stream, List<Object> values, Object messageId) {
            KafkaSpoutMessageId id = (KafkaSpoutMessageId) messageId;
            emitted = id.offset();
            ids.put(id.offset(), id);
            return new ArrayList<>();
        }

        @Override
        public void emitDirect(int task, String stream, List<Object> values, Object messageId) {
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
}
