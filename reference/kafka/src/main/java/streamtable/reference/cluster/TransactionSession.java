package streamtable.reference.cluster;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import streamtable.reference.Component;

/** Producers with transactions on one partition of a running cluster, and readers of both kinds. */
public final class TransactionSession implements Component.Session {
  /** Markers are written after a commit has been acknowledged. */
  private static final long STABLE_MS = 1_500;

  private static int turn = 0;

  private final RunningCluster cluster = RunningCluster.ofThree();
  private final Admin admin;
  /** No topic and no transactional id is used twice, because the cluster remembers them. */
  private final TopicPartition partition = new TopicPartition("transactions-" + ++turn, 0);

  private final JsonNode ids;
  private final Map<String, KafkaProducer<String, String>> producers = new HashMap<>();

  public TransactionSession(JsonNode config) throws Exception {
    ids = config.get("producers");
    admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    admin.createTopics(List.of(new NewTopic(partition.topic(), Map.of(0, List.of(1))))).all().get();
  }

  @Override
  public Object play(JsonNode step) throws Exception {
    String call = step.get("call").textValue();
    if (call.equals("read")) return read(step.get("isolation.level").textValue());
    KafkaProducer<String, String> producer =
        producers.computeIfAbsent(step.get("producer").textValue(), this::open);
    try {
      switch (call) {
        case "init" -> producer.initTransactions();
        case "begin" -> producer.beginTransaction();
        case "send" -> {
          String value = step.get("value").textValue();
          return producer
              .send(new ProducerRecord<>(partition.topic(), 0, null, value))
              .get()
              .offset();
        }
        case "commit" -> producer.commitTransaction();
        default -> producer.abortTransaction();
      }
      return "ok";
    } catch (ExecutionException e) {
      return refused(e.getCause());
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  private KafkaProducer<String, String> open(String name) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", cluster.bootstrapServers(),
            "transactional.id", ids.get(name).textValue() + "-" + turn,
            "linger.ms", 0);
    return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  /** The message, with the names that the script gave. */
  private Object refused(Throwable problem) {
    String message =
        problem.getMessage().replace(partition.topic(), "t").replaceAll("(TransactionalId [^:]*)-\\d+:", "$1:");
    return map("refused", message);
  }

  private List<Object> read(String isolation) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", isolation);
    List<Object> read = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long quietSince = System.currentTimeMillis();
      while (System.currentTimeMillis() - quietSince < STABLE_MS) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          read.add(list(record.offset(), record.value()));
          quietSince = System.currentTimeMillis();
        }
      }
      return List.of(read, consumer.position(partition));
    }
  }

  @Override
  public void close() throws Exception {
    for (KafkaProducer<String, String> producer : producers.values()) {
      producer.close(Duration.ZERO);
    }
    admin.deleteTopics(List.of(partition.topic())).all().get();
    admin.close();
  }
}
