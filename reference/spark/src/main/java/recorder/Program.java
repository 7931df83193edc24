package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.StreamingContext;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import org.apache.spark.util.ManualClock;
import scala.Option;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** A program of Spark Streaming whose clock is Spark's own manual one, so that a batch runs when the script says so. */
final class Program implements AutoCloseable {
  private static final int HEARTBEAT = -1;
  private static final long WAIT_MS = 60_000;

  /** What output operations saw, by batch time. Static, for functions of a checkpointed program must not hold it. */
  static final Map<Long, Object> SEEN = new ConcurrentHashMap<>();

  private static SparkContext spark;

  final StreamingContext context;
  final ManualClock clock;
  final long batchMs;

  private Program(StreamingContext context, long batchMs) {
    this.context = context;
    this.batchMs = batchMs;
    this.clock = (ManualClock) context.scheduler().clock();
  }

  /** A new program that is about to start at the time 0. */
  static Program create(JsonNode config) {
    return create(config.get("batchIntervalMs").asLong(), true);
  }

  static Program create(long batchMs, boolean checkpointed) {
    Batches.forget();
    SEEN.clear();
    // Another program's directory would do for this one.
    spark().checkpointDir_$eq(Option.empty());
    Program program = new Program(new StreamingContext(spark(), new Duration(batchMs)), batchMs);
    if (checkpointed) program.context.checkpoint(temporary());
    return program;
  }

  /** The program as it is read from its checkpoint, {@code downMs} after that was written. */
  static Program restart(String checkpoint, long batchMs, long downMs) {
    SEEN.clear();
    spark().conf().set("spark.streaming.manualClock.jump", Long.toString(downMs));
    return new Program(new StreamingContext(checkpoint, spark()), batchMs);
  }

  static SparkContext spark() {
    if (spark == null) {
      SparkConf conf = new SparkConf().setMaster("local[4]").setAppName("record");
      conf.set("spark.ui.enabled", "false").set("spark.default.parallelism", "1");
      conf.set("spark.streaming.clock", "org.apache.spark.util.ManualClock");
      spark = new SparkContext(conf);
      spark.setLogLevel("OFF");
    }
    return spark;
  }

  static String temporary() {
    return Refusal.orElse(() -> Files.createTempDirectory("spark-record").toString());
  }

  <T> JavaDStream<T> input(int number) {
    ClassTag<T> any = ClassTag$.MODULE$.apply(Object.class);
    return new JavaDStream<>(new Batches<>(context, number), any);
  }

  JavaPairDStream<String, Long> pairs(int number) {
    ClassTag<String> string = ClassTag$.MODULE$.apply(String.class);
    ClassTag<Long> number64 = ClassTag$.MODULE$.apply(Long.class);
    return new JavaPairDStream<>(new Batches<Tuple2<String, Long>>(context, number), string, number64);
  }

  /** Starts at {@code clock}'s time. An output of every batch is added: a batch without any is not even announced. */
  void start() {
    input(HEARTBEAT).foreachRDD(rdd -> {});
    Refusal.orElse(
        () -> {
          context.start();
          return null;
        });
  }

  /** Lets one batch interval pass and returns the time of its batch, when that has been dealt with entirely. */
  long tick() {
    long time = (clock.getTimeMillis() / batchMs + 1) * batchMs;
    clock.setTime(time);
    await(() -> processedUntil() >= time);
    return time;
  }

  /** Feeds a batch into the first input, and returns what an output saw of it, or null. */
  Object tick(List<?> batch) {
    Batches.feed(0, batch);
    return SEEN.get(tick());
  }

  long processedUntil() {
    Time processed = context.scheduler().jobGenerator().lastProcessedBatch();
    return processed == null ? -1 : processed.milliseconds();
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.currentTimeMillis() + WAIT_MS;
    while (!condition.getAsBoolean()) {
      if (System.currentTimeMillis() > deadline) throw new IllegalStateException("it did not come");
      pause(5);
    }
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    context.stop(false, false);
    spark().conf().remove("spark.streaming.manualClock.jump");
  }

  static List<Tuple2<String, Long>> pairsOf(JsonNode rows) {
    List<Tuple2<String, Long>> pairs = new ArrayList<>();
    for (JsonNode row : rows) pairs.add(new Tuple2<>(row.get(0).asText(), row.get(1).asLong()));
    return pairs;
  }

  static List<Long> numbersOf(JsonNode numbers) {
    List<Long> list = new ArrayList<>();
    for (JsonNode number : numbers) list.add(number.asLong());
    return list;
  }

  static List<String> textsOf(JsonNode texts) {
    List<String> list = new ArrayList<>();
    for (JsonNode text : texts) list.add(text.asText());
    return list;
  }
}
