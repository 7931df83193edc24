package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.Configurables;
import org.apache.flume.sink.kafka.KafkaSink;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** `KafkaSink` with a producer that sends nothing and writes down what it is asked for. */
final class KafkaSinks {
  private static final String SERVERS = "kafka.bootstrap.servers = localhost:1";
  private final List<String> calls = new ArrayList<>();
  private final KafkaSink sink = new KafkaSink();
  private final RecordedProducer producer = new RecordedProducer();
  private ProducerRecord<String, byte[]> sent;

  private KafkaSinks(Map<String, String> properties) throws Exception {
    sink.setName("k1");
    Configurables.configure(sink, new Context(properties));
    Reflection.find(KafkaSink.class, "producer").set(sink, producer);
  }

  static void record(List<Case> cases) throws Exception {
    targets(cases, "kafka-topic-and-key",
        "The header topic beats the configured topic, and the header key is the record's key.",
        properties(SERVERS, "kafka.topic = logs"),
        event("a"), event("b", "topic=other", "key=k"), event("c", "Topic=other", "timestamp=7"));
    targets(cases, "kafka-topic-with-escapes",
        "A topic may have escapes; a missing header leaves nothing, a missing timestamp fails.",
        properties(SERVERS, "kafka.topic = logs-%{host}-%Y"),
        event("a", "host=web1", "timestamp=0"), event("b", "timestamp=0"), event("c", "host=web1"));
    targets(cases, "kafka-topic-that-may-not-be-overridden",
        "Without allowTopicOverride the topic is taken as it is written, escapes and all.",
        properties(SERVERS, "kafka.topic = logs-%{host}", "allowTopicOverride = false"),
        event("a", "host=web1", "topic=other"));
    targets(cases, "kafka-partition",
        "The partition header beats defaultPartitionId, and must be a whole number that is not negative.",
        properties(SERVERS, "defaultPartitionId = 3", "partitionIdHeader = p"),
        event("a"), event("b", "p=5"), event("c", "p=five"), event("d", "p=-1"));
    targets(cases, "kafka-topic-of-another-header",
        "topicHeader names the header that overrides; the default topic has a name of its own.",
        properties(SERVERS, "topicHeader = dest"), event("a", "topic=t"), event("b", "dest=d"));
    Case refused = new Case("kafka-without-servers", Topic.CONFIGURATION, "kafka-sink",
        "A Kafka sink needs bootstrap servers.").config(properties("kafka.topic = logs"));
    try {
      new KafkaSinks(properties("kafka.topic = logs"));
    } catch (RuntimeException thrown) {
      refused.refused(thrown.getMessage());
    }
    cases.add(refused);
    calls(cases);
  }

  private static void targets(
      List<Case> cases, String name, String says, Map<String, String> properties, Event... events)
      throws Exception {
    Case recorded = new Case(name, Topic.RECALLED, "kafka-sink", says).config(properties);
    KafkaSinks play = new KafkaSinks(properties);
    for (Event event : events) {
      Map<String, Object> step = Events.written(event);
      MemoryChannel channel = Events.roomy("c1");
      Events.put(channel, List.of(event));
      play.sink.setChannel(channel);
      play.sent = null;
      try {
        play.sink.process();
        recorded.step(step, object("topic", play.sent.topic(), "partition", play.sent.partition(),
            "key", play.sent.key(), "value", new String(play.sent.value())));
      } catch (Exception thrown) {
        recorded.step(step, object("exception", thrown.getCause().getMessage()));
      }
    }
    cases.add(recorded);
  }

  /** The order of what a sink does in one process(), which the simulator does not show. */
  private static void calls(List<Case> cases) throws Exception {
    Map<String, String> properties = properties(SERVERS, "flumeBatchSize = 3");
    Case recorded = new Case("kafka-sends-as-it-takes-and-flushes-at-the-end", Topic.RECALLED,
        "kafka-sink-calls",
        "Each event goes to the producer as it is taken; the batch ends in a flush, the acknowledgements and the commit.")
        .config(properties);
    for (String failing : new String[] {"", "b"}) {
      KafkaSinks play = new KafkaSinks(properties);
      play.producer.failing = failing;
      MemoryChannel channel = play.observedChannel();
      Events.put(channel, List.of(event("a"), event("b"), event("c"), event("d")));
      play.sink.setChannel(channel);
      for (int i = 0; i < 3; i++) {
        play.calls.clear();
        String status;
        try {
          status = play.sink.process().name();
        } catch (Exception thrown) {
          status = thrown.getMessage() + ": " + thrown.getCause().getMessage();
        }
        recorded.step(object("fails", failing, "process", i + 1),
            object("calls", List.copyOf(play.calls), "outcome", status));
      }
    }
    cases.add(recorded);
  }

  private MemoryChannel observedChannel() {
    MemoryChannel channel = new MemoryChannel() {
      @Override
      public Event take() {
        Event taken = super.take();
        calls.add(taken == null ? "take nothing" : "take " + Events.body(taken));
        return taken;
      }

      @Override
      public Transaction getTransaction() {
        Transaction real = super.getTransaction();
        return new Transaction() {
          @Override
          public void begin() {
            real.begin();
          }

          @Override
          public void commit() {
            calls.add("commit");
            real.commit();
          }

          @Override
          public void rollback() {
            calls.add("rollback");
            real.rollback();
          }

          @Override
          public void close() {
            real.close();
          }
        };
      }
    };
    channel.setName("c1");
    Configurables.configure(channel, new Context(Map.of("keep-alive", "0")));
    channel.start();
    return channel;
  }

  private static Event event(String body, String... headers) {
    Map<String, String> found = new HashMap<>();
    for (String header : headers) found.put(header.split("=")[0], header.split("=")[1]);
    return Events.event(body, found);
  }

  private final class RecordedProducer extends KafkaProducer<String, byte[]> {
    /** The body that the broker will not acknowledge. */
    private String failing = "";

    RecordedProducer() {
      super(Map.of("bootstrap.servers", "localhost:1"), new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
      sent = record;
      String body = new String(record.value());
      calls.add("send " + body);
      if (!body.equals(failing)) return CompletableFuture.completedFuture(null);
      return CompletableFuture.failedFuture(new IllegalStateException("not acknowledged"));
    }

    @Override
    public void flush() {
      calls.add("flush");
    }
  }
}
