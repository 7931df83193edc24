package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.State;
import org.apache.spark.streaming.StateSpec;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaMapWithStateDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import scala.Tuple2;

/** Operators on single batches, and running sums per key. A step is a batch. */
final class StateRigs {
  private StateRigs() {}

  /** The sum of a key, and for how many batches in a row it got nothing. */
  private record Running(long sum, long idle) implements java.io.Serializable {}

  static List<Object> updateStateByKey(JsonNode config, JsonNode script) {
    try (Program program = Program.create(1000, true)) {
      long patience = config.get("forgetAfterIdleBatches").asLong(Long.MAX_VALUE);
      Function2<List<Long>, Optional<Running>, Optional<Running>> next = (values, state) -> next(values, state, patience);
      JavaPairDStream<String, Long> source = program.pairs(0);
      JavaPairDStream<String, Running> states =
          config.get("initial").isNull()
              ? source.updateStateByKey(next)
              : source.updateStateByKey(next, new HashPartitioner(1), initial(config));
      WindowRigs.showRows(states.mapValues(Running::sum));
      return WindowRigs.play(program, script, Program::pairsOf);
    }
  }

  /** A step is a batch of numbers. */
  static List<Object> batchOperator(JsonNode config, JsonNode script) {
    try (Program program = Program.create(1000, false)) {
      JavaDStream<Long> source = program.input(0);
      JavaDStream<?> output = outputOf(source, config.get("operator").asText());
      Batches.partitions = config.get("partitions").asInt();
      output.foreachRDD((rdd, time) -> rdd.collect().forEach(number -> Program.SEEN.put(time.milliseconds(), number)));
      return WindowRigs.play(program, script, Program::numbersOf);
    }
  }

  private static JavaDStream<?> outputOf(JavaDStream<Long> source, String operator) {
    return switch (operator) {
      case "count" -> source.count();
      case "sum" -> source.reduce(Long::sum);
      // The partitions of a batch, as one element.
      case "glom" -> source.glom().transform(rdd -> gathered(rdd.collect()));
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static JavaRDD<List<List<Long>>> gathered(List<List<Long>> partitions) {
    return new JavaSparkContext(Program.spark()).parallelize(List.of(partitions), 1);
  }

  private static JavaPairRDD<String, Running> initial(JsonNode config) {
    List<Tuple2<String, Running>> rows = new ArrayList<>();
    for (Tuple2<String, Long> row : Program.pairsOf(config.get("initial"))) rows.add(new Tuple2<>(row._1, new Running(row._2, 0)));
    return new JavaSparkContext(Program.spark()).parallelizePairs(rows, 1);
  }

  private static Optional<Running> next(List<Long> values, Optional<Running> before, long patience) {
    Running running = before.or(new Running(0, 0));
    long idle = values.isEmpty() ? running.idle + 1 : 0;
    if (idle >= patience) return Optional.empty();
    return Optional.of(new Running(running.sum + values.stream().mapToLong(Long::longValue).sum(), idle));
  }

  /** A positive value is added to the sum, 0 only reads it, and a negative one removes the key. */
  static List<Object> mapWithState(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      StateSpec<String, Long, Long, Object> spec = StateSpec.function(StateRigs::mapped);
      spec = spec.numPartitions(1);
      JsonNode timeout = config.get("timeoutMs");
      if (!timeout.isNull()) spec = spec.timeout(new Duration(timeout.asLong()));
      JavaMapWithStateDStream<String, Long, Long, Object> stream = program.pairs(0).mapWithState(spec);
      JsonNode checkpoint = config.get("checkpointIntervalMs");
      if (!checkpoint.isNull()) stream.checkpoint(new Duration(checkpoint.asLong()));
      stream.foreachRDD((rdd, time) -> show(time, rdd.collect()));
      stream
          .stateSnapshots()
          .foreachRDD(
              (rdd, time) -> {
                Map<String, Long> state = new TreeMap<>(rdd.collectAsMap());
                seenAt(time).put("state", WindowRigs.rowsOf(state));
              });
      return WindowRigs.play(program, script, Program::pairsOf);
    }
  }

  private static Optional<Object> mapped(Time time, String key, Optional<Long> value, State<Long> state) {
    if (state.isTimingOut()) return Optional.of(key);
    if (value.get() < 0) {
      state.remove();
      return Optional.empty();
    }
    long sum = (state.exists() ? state.get() : 0) + value.get();
    if (value.get() > 0) state.update(sum);
    return Optional.of(sum);
  }

  /** Keys that time out come last and in no order that is promised. */
  private static void show(Time time, List<Object> mapped) {
    List<Object> emitted = new ArrayList<>();
    List<String> timedOut = new ArrayList<>();
    for (Object element : mapped) {
      if (element instanceof String key) timedOut.add(key);
      else emitted.add(element);
    }
    Collections.sort(timedOut);
    Map<String, Object> seen = seenAt(time);
    seen.put("emitted", emitted);
    seen.put("timedOut", timedOut);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> seenAt(Time time) {
    return (Map<String, Object>) Program.SEEN.computeIfAbsent(time.milliseconds(), any -> Json.object());
  }
}
