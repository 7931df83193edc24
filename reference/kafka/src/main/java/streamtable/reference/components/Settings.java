package streamtable.reference.components;

import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.internals.RecordAccumulator;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.storage.internals.log.LogConfig;
import streamtable.reference.Component;

/** What clients and topics make of their settings; nobody is connected to. */
public final class Settings {
  private Settings() {}

  public static Component.Session producer(JsonNode config) {
    return step -> {
      Map<String, Object> written = written(step, StringSerializer.class.getName(), "serializer");
      try (KafkaProducer<String, String> producer = new KafkaProducer<>(written)) {
        ProducerConfig read = new ProducerConfig(written);
        Map<String, Object> goesBy =
            shown(
                read,
                "acks", "retries", "enable.idempotence", "max.in.flight.requests.per.connection",
                "batch.size", "linger.ms");
        goesBy.computeIfPresent("acks", (key, acks) -> acks.equals("-1") ? "all" : acks);
        // The producer may go by another timeout than the one that was read.
        RecordAccumulator accumulator = (RecordAccumulator) fieldOf(producer, "accumulator");
        goesBy.put("delivery.timeout.ms", accumulator.getDeliveryTimeoutMs());
        return goesBy;
      } catch (RuntimeException e) {
        return refused(e);
      }
    };
  }

  public static Component.Session consumer(JsonNode config) {
    return step -> {
      Map<String, Object> written = written(step, StringDeserializer.class.getName(), "deserializer");
      try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(written)) {
        return shown(
            new ConsumerConfig(written),
            "auto.offset.reset", "enable.auto.commit", "max.poll.records", "isolation.level",
            "session.timeout.ms", "heartbeat.interval.ms");
      } catch (RuntimeException e) {
        return refused(e);
      }
    };
  }

  public static Component.Session topic(JsonNode config) {
    return step -> {
      Properties written = new Properties();
      step.fields().forEachRemaining(field -> written.put(field.getKey(), field.getValue().textValue()));
      try {
        LogConfig.validate(written);
        return "taken";
      } catch (RuntimeException e) {
        return refused(e);
      }
    };
  }

  public static Component.Session topicName(JsonNode config) {
    return step -> {
      try {
        Topic.validate(step.textValue());
        return "taken";
      } catch (RuntimeException e) {
        return refused(e);
      }
    };
  }

  private static Map<String, Object> written(JsonNode step, String serializer, String kind) {
    Map<String, Object> written = new HashMap<>();
    written.put("bootstrap.servers", "localhost:1");
    written.put("key." + kind, serializer);
    written.put("value." + kind, serializer);
    step.fields().forEachRemaining(field -> written.put(field.getKey(), field.getValue().textValue()));
    return written;
  }

  private static Map<String, Object> shown(AbstractConfig config, String... keys) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (String key : List.of(keys)) shown.put(key, config.values().get(key));
    return shown;
  }

  /** The message of what it all goes back to. */
  private static Object refused(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) cause = cause.getCause();
    return map("refused", cause.getMessage());
  }

  private static Object fieldOf(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }
}
