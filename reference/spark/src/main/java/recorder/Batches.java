package recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.StreamingContext;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.dstream.InputDStream;
import scala.Option;
import scala.reflect.ClassTag$;

/** An input whose batch at each time is told by the script, and can be told again after a restart. */
final class Batches<T> extends InputDStream<T> {
  /** By input: the batches in order. Null stands for a time at which there is no RDD. Static, as a program that is read from a checkpoint finds it again. */
  private static final Map<Integer, List<List<?>>> FED = new ConcurrentHashMap<>();

  /** How many partitions a batch is cut into. */
  static volatile int partitions = 1;

  private final int input;

  Batches(StreamingContext context, int input) {
    super(context, ClassTag$.MODULE$.apply(Object.class));
    this.input = input;
  }

  static void forget() {
    FED.clear();
    partitions = 1;
  }

  static synchronized void feed(int input, List<?> batch) {
    FED.computeIfAbsent(input, any -> new ArrayList<>()).add(batch);
  }

  private static synchronized List<?> batch(int input, int index) {
    List<List<?>> fed = FED.getOrDefault(input, List.of());
    return index < fed.size() ? fed.get(index) : List.of();
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  @SuppressWarnings("unchecked")
  public Option<RDD<T>> compute(Time time) {
    long passed = time.minus(zeroTime()).milliseconds();
    List<T> batch = (List<T>) batch(input, (int) (passed / slideDuration().milliseconds()) - 1);
    if (batch == null) return Option.empty();
    return Option.apply(new JavaSparkContext(context().sparkContext()).parallelize(batch, partitions).rdd());
  }
}
