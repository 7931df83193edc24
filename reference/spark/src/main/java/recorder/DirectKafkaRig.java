package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.streaming.api.java.JavaInputDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.kafka010.ConsumerStrategy;
import org.apache.spark.streaming.kafka010.HasOffsetRanges;
import org.apache.spark.streaming.kafka010.KafkaUtils;
import org.apache.spark.streaming.kafka010.LocationStrategies;
import org.apache.spark.streaming.kafka010.OffsetRange;
import org.apache.spark.streaming.scheduler.RateController;

/**
 * The direct stream, whose consumer is Kafka's own mock. A step is the ends of the partitions when a batch is generated, and
 * the rate that backpressure has found until then; the answer is the offset range of each partition,
 * or why the job fails or there is no batch.
 */
final class DirectKafkaRig implements Rig {
  private static final String TOPIC = "weblog";
  private static final String PREFIX = "spark.streaming.";

  @Override
  public List<Object> play(JsonNode config, JsonNode script) throws ReflectiveOperationException {
    List<String> keys = new ArrayList<>();
    config.fieldNames().forEachRemaining(keys::add);
    keys.removeIf(key -> !key.startsWith(PREFIX));
    for (String key : keys) Program.spark().conf().set(key, config.get(key).asText());
    try (Program program = Program.create(config.get("batchIntervalMs").asLong(), false)) {
      Strategy strategy = new Strategy(config.get("partitions").asInt());
      JavaInputDStream<?> stream =
          KafkaUtils.createDirectStream(
              new JavaStreamingContext(program.context), LocationStrategies.PreferConsistent(), strategy);
      stream.foreachRDD((rdd, time) -> Program.SEEN.put(time.milliseconds(), rangesOf(rdd)));
      program.start();
      AtomicLong rate = rateOf(program, stream);
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        strategy.moveEnds(Program.numbersOf(step.get("latest")));
        if (!step.get("rate").isNull()) rate.set(step.get("rate").asLong());
        answers.add(tick(program));
      }
      return answers;
    } finally {
      for (String key : keys) Program.spark().conf().remove(key);
    }
  }

  /** What the output saw, or why there was no batch at all. */
  private static Object tick(Program program) {
    Throwable before = errorOf(program);
    long time = program.clock.getTimeMillis() + program.batchMs;
    program.clock.setTime(time);
    Program.await(() -> program.processedUntil() >= time || errorOf(program) != before);
    Throwable error = errorOf(program);
    return error == before ? Program.SEEN.get(time) : Json.object("noBatch", error.getMessage());
  }

  /** The last error of the program, as its main thread would get it. */
  private static Throwable errorOf(Program program) {
    try {
      program.context.awaitTerminationOrTimeout(1);
      return null;
    } catch (Throwable error) {
      return error;
    }
  }

  /** The stream's limit, which from now on the script tells and no estimate. */
  private static AtomicLong rateOf(Program program, JavaInputDStream<?> stream) throws ReflectiveOperationException {
    if (stream.inputDStream().rateController().isEmpty()) return new AtomicLong();
    RateController controller = stream.inputDStream().rateController().get();
    program.context.removeStreamingListener(controller);
    Field limit = RateController.class.getDeclaredField("rateLimit");
    limit.setAccessible(true);
    return (AtomicLong) limit.get(controller);
  }

  /** No record is asked for, so that there need be none; only a range that goes backwards is computed. */
  private static Object rangesOf(JavaRDD<?> rdd) {
    OffsetRange[] ranges = ((HasOffsetRanges) rdd.rdd()).offsetRanges();
    for (int index = 0; index < ranges.length; index++) {
      if (ranges[index].fromOffset() <= ranges[index].untilOffset()) continue;
      try {
        return rdd.collectPartitions(new int[] {index});
      } catch (Exception failed) {
        return Json.object("failure", WindowRigs.rootOf(failed));
      }
    }
    return Arrays.stream(ranges)
        .sorted(Comparator.comparing(OffsetRange::partition))
        .map(range -> List.of(range.fromOffset(), range.untilOffset()))
        .toList();
  }

  private static final class Strategy extends ConsumerStrategy<String, String> {
    private final MockConsumer<String, String> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final List<TopicPartition> partitions;

    Strategy(int partitions) {
      this.partitions = IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(TOPIC, number)).toList();
    }

    void moveEnds(List<Long> ends) {
      Map<TopicPartition, Long> latest = new HashMap<>();
      for (TopicPartition partition : partitions) latest.put(partition, ends.get(partition.partition()));
      consumer.updateEndOffsets(latest);
    }

    @Override
    public Map<String, Object> executorKafkaParams() {
      String deserializer = StringDeserializer.class.getName();
      return Map.of(
          "bootstrap.servers", "localhost:1", "group.id", "record", "enable.auto.commit", false,
          "key.deserializer", deserializer, "value.deserializer", deserializer);
    }

    @Override
    public Consumer<String, String> onStart(Map<TopicPartition, Long> currentOffsets) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> beginnings = new HashMap<>();
      for (TopicPartition partition : partitions) beginnings.put(partition, 0L);
      consumer.updateBeginningOffsets(beginnings);
      for (TopicPartition partition : partitions) consumer.seek(partition, 0);
      return consumer;
    }
  }
}
