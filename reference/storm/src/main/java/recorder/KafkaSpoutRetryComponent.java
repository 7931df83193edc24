package recorder;

import java.lang.reflect.Method;
import org.apache.kafka.common.TopicPartition;
import org.apache.storm.kafka.spout.KafkaSpoutConfig;
import org.apache.storm.kafka.spout.KafkaSpoutMessageId;
import org.apache.storm.kafka.spout.KafkaSpoutRetryExponentialBackoff;
import org.apache.storm.kafka.spout.KafkaSpoutRetryService;
import org.apache.storm.utils.Time;

/** The retry service that {@link KafkaSpoutConfig} has by default: when a record that failed so often is tried again. */
final class KafkaSpoutRetryComponent implements Component {

    private final KafkaSpoutRetryService service = KafkaSpoutConfig.builder("unused:9092", "topic").build().getRetryService();

    KafkaSpoutRetryComponent(Step config) {
    }

    @Override
    public Object play(Object given) throws Exception {
        int fails = Step.of(given).whole("fails");
        KafkaSpoutMessageId id = new KafkaSpoutMessageId(new TopicPartition("topic", 0), fails);
        for (int i = 0; i < fails; i++) {
            id.incrementNumFails();
        }
        Method nextTime = KafkaSpoutRetryExponentialBackoff.class.getDeclaredMethod("nextTime", KafkaSpoutMessageId.class);
        nextTime.setAccessible(true);
        try (Time.SimulatedTime time = new Time.SimulatedTime()) {
            long delayNanos = (Long) nextTime.invoke(service, id) - Time.nanoTime();
            // A time that has passed is as good as now.
            return Component.answer("retryInMs", Math.max(0, delayNanos) / 1_000_000);
        }
    }
}
