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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import streamtable.reference.Component;

/** A topic with one partition on a running cluster, whose brokers crash and return. */
public final class ClusterSession implements Component.Session {
  private static final long STABLE_MS = 2_000;
  private static int turn = 0;

  private final RunningCluster cluster = RunningCluster.ofThree();
  private final Admin admin;
  /** No topic and no group is used twice, because some broker may still remember it. */
  private final String suffix = "-" + ++turn;

  private final TopicPartition partition = new TopicPartition("t" + suffix, 0);

  public ClusterSession(JsonNode config) throws Exception {
    admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    List<Integer> replicas = new ArrayList<>();
    config.get("replicas").forEach(replica -> replicas.add(replica.intValue()));
    Map<String, String> settings = new HashMap<>();
    for (String key : List.of("min.insync.replicas", "unclean.leader.election.enable")) {
      if (config.has(key)) settings.put(key, config.get(key).asText());
    }
    NewTopic topic = new NewTopic(partition.topic(), Map.of(0, replicas)).configs(settings);
    admin.createTopics(List.of(topic)).all().get();
    waitUntil(this::isKnown);
    settle(replicas.size());
  }

  @Override
  public Object play(JsonNode step) throws Exception {
    return switch (step.get("call").textValue()) {
      case "produce" -> produce(step);
      case "read" -> read();
      case "consume" -> consume(step);
      case "crash" -> {
        int broker = step.get("broker").intValue();
        cluster.crash(broker);
        waitUntil(() -> alive().noneMatch(id -> id == broker));
        yield settle(0);
      }
      case "start" -> {
        int broker = step.get("broker").intValue();
        cluster.start(broker);
        waitUntil(() -> alive().anyMatch(id -> id == broker));
        waitUntil(() -> describe().leader() == null || isInSync(broker));
        yield settle(0);
      }
      default -> throw new IllegalArgumentException(step.toString());
    };
  }

  private List<Object> produce(JsonNode step) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", cluster.bootstrapServers(),
            "acks", step.path("acks").asText("all"),
            "retries", 0,
            "linger.ms", 0,
            "request.timeout.ms", 4000,
            "delivery.timeout.ms", 5000,
            "max.block.ms", 30_000);
    List<Object> answers = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (JsonNode value : step.get("values")) {
        try {
          answers.add(
              producer
                  .send(new ProducerRecord<>(partition.topic(), 0, null, value.textValue()))
                  .get()
                  .offset());
        } catch (ExecutionException e) {
          answers.add(Errors.forException(e.getCause()).name());
        }
      }
    }
    return answers;
  }

  /** All that a reader sees: offset, leader epoch and value of each record. */
  private List<Object> read() {
    List<Object> read = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          read.add(list(record.offset(), record.leaderEpoch().orElse(-1), record.value()));
        }
      }
    }
    return read;
  }

  /** A consumer of a group comes, polls once, commits or does not, and goes. */
  private Object consume(JsonNode step) throws Exception {
    String group = step.get("group").textValue() + suffix;
    Map<String, Object> settings =
        Map.of(
            "group.id", group,
            "auto.offset.reset", step.path("auto.offset.reset").asText("latest"),
            "enable.auto.commit", false,
            "max.poll.records", step.get("max.poll.records").intValue());
    List<Object> polled = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = consumer(settings)) {
      consumer.subscribe(List.of(partition.topic()));
      long deadline = System.currentTimeMillis() + 5_000;
      while (polled.isEmpty() && System.currentTimeMillis() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          polled.add(list(record.offset(), record.value()));
        }
      }
      if (step.path("commit").asBoolean(true)) consumer.commitSync();
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    OffsetAndMetadata offset = committed.get(partition);
    return map("records", polled, "committed", offset == null ? null : offset.offset());
  }

  private KafkaConsumer<String, String> consumer(Map<String, Object> own) {
    Map<String, Object> settings = new HashMap<>(own);
    settings.put("bootstrap.servers", cluster.bootstrapServers());
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private TopicPartitionInfo describe() throws Exception {
    String topic = partition.topic();
    return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().get(0);
  }

  /** A topic that was just made is not known to every broker yet. */
  private boolean isKnown() throws Exception {
    try {
      return describe().leader() != null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) return false;
      throw e;
    }
  }

  private boolean isInSync(int broker) throws Exception {
    TopicPartitionInfo now = describe();
    return now.replicas().stream().noneMatch(node -> node.id() == broker)
        || now.isr().stream().anyMatch(node -> node.id() == broker);
  }

  private java.util.stream.Stream<Integer> alive() throws Exception {
    return admin.describeCluster().nodes().get().stream().map(Node::id);
  }

  /** Leader and in-sync replicas once nothing has changed for a while, and so many are in sync. */
  private Object settle(int inSync) throws Exception {
    String before = "";
    long since = System.currentTimeMillis();
    while (System.currentTimeMillis() - since < STABLE_MS) {
      TopicPartitionInfo now = describe();
      if (!now.toString().equals(before) || now.isr().size() < inSync) {
        before = now.toString();
        since = System.currentTimeMillis();
      }
      Thread.sleep(100);
    }
    TopicPartitionInfo settled = describe();
    Node leader = settled.leader();
    return map(
        "leader",
        leader == null ? -1 : leader.id(),
        "isr",
        settled.isr().stream().map(Node::id).toList());
  }

  @FunctionalInterface
  private interface Check {
    boolean holds() throws Exception;
  }

  private static void waitUntil(Check check) throws Exception {
    long deadline = System.currentTimeMillis() + 60_000;
    while (!check.holds()) {
      if (System.currentTimeMillis() > deadline) throw new IllegalStateException("it takes too long");
      Thread.sleep(100);
    }
  }

  @Override
  public void close() throws Exception {
    cluster.startAll();
    admin.deleteTopics(List.of(partition.topic())).all().get();
    admin.close();
  }
}
