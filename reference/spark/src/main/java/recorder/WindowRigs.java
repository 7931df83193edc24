package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import scala.Tuple2;

/** Window operators. A step is a batch; the answer is the output that is due at its time, or null. */
final class WindowRigs {
  private static final Function2<Long, Long, Long> ADD = (x, y) -> x + y;
  private static final Function2<Long, Long, Long> SUBTRACT = (x, y) -> x - y;

  private WindowRigs() {}

  static List<Object> reduceByKeyAndWindow(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      JavaPairDStream<String, Long> source = program.pairs(0);
      showRows(Refusal.orElse(() -> reduced(source, config)));
      return play(program, script, Program::pairsOf);
    }
  }

  private static JavaPairDStream<String, Long> reduced(JavaPairDStream<String, Long> source, JsonNode config) {
    Duration window = duration(config, "windowMs");
    Duration slide = duration(config, "slideMs");
    if (!config.get("inverse").asBoolean()) return source.reduceByKeyAndWindow(ADD, window, slide);
    JsonNode least = config.get("keepsMoreThan");
    if (least.isNull()) return source.reduceByKeyAndWindow(ADD, SUBTRACT, window, slide);
    long bound = least.asLong();
    return source.reduceByKeyAndWindow(ADD, SUBTRACT, window, slide, 1, row -> row._2 > bound);
  }

  static List<Object> groupByKeyAndWindow(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      JavaPairDStream<String, Iterable<Long>> grouped =
          program.pairs(0).groupByKeyAndWindow(duration(config, "windowMs"), duration(config, "slideMs"));
      grouped.foreachRDD(
          (rdd, time) -> {
            Map<String, List<Long>> rows = new TreeMap<>();
            for (Tuple2<String, Iterable<Long>> row : rdd.collect()) {
              List<Long> values = rows.computeIfAbsent(row._1, any -> new ArrayList<>());
              row._2.forEach(values::add);
            }
            Program.SEEN.put(time.milliseconds(), rowsOf(rows));
          });
      return play(program, script, Program::pairsOf);
    }
  }

  static List<Object> countByWindow(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      JavaDStream<Long> counted =
          program.<Long>input(0).countByWindow(duration(config, "windowMs"), duration(config, "slideMs"));
      counted.foreachRDD((rdd, time) -> rdd.collect().forEach(count -> Program.SEEN.put(time.milliseconds(), count)));
      return play(program, script, WindowRigs::elements);
    }
  }

  static List<Object> countByValueAndWindow(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      JavaPairDStream<String, Long> counted =
          program.<String>input(0).countByValueAndWindow(duration(config, "windowMs"), duration(config, "slideMs"));
      showRows(counted);
      return play(program, script, Program::textsOf);
    }
  }

  /** Windows put on one another, at last on the source; the program starts at {@code startMs}. */
  static List<Object> window(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      JavaDStream<Long> stream = program.input(0);
      for (JsonNode window : config.get("windows")) {
        JavaDStream<Long> parent = stream;
        stream = Refusal.orElse(() -> parent.window(duration(window, "windowMs"), duration(window, "slideMs")));
      }
      stream.foreachRDD(
          (rdd, time) -> {
            // Elements of one batch stay in their order, and batches in theirs.
            Map<String, Object> seen = Json.object("timeMs", time.milliseconds(), "elements", rdd.collect());
            Program.SEEN.put(time.milliseconds(), seen);
          });
      program.clock.setTime(config.get("startMs").asLong());
      return play(program, script, Program::numbersOf);
    }
  }

  interface BatchReader {
    List<?> read(JsonNode step);
  }

  static List<Object> play(Program program, JsonNode script, BatchReader reader) {
    program.start();
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) answers.add(program.tick(step.isNull() ? null : reader.read(step)));
    return answers;
  }

  /** Shows the rows of each batch ordered by key, or why the job failed. */
  static void showRows(JavaPairDStream<String, Long> stream) {
    stream.foreachRDD(
        (rdd, time) -> {
          Object seen;
          try {
            Map<String, Long> rows = new TreeMap<>();
            for (Tuple2<String, Long> row : rdd.collect()) rows.put(row._1, row._2);
            seen = rowsOf(rows);
          } catch (Exception failed) {
            seen = Json.object("failure", rootOf(failed));
          }
          Program.SEEN.put(time.milliseconds(), seen);
        });
  }

  static String rootOf(Throwable failed) {
    Throwable cause = failed;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause.getMessage();
  }

  static <V> List<Object> rowsOf(Map<String, V> map) {
    List<Object> rows = new ArrayList<>();
    map.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(row -> rows.add(List.of(row.getKey(), row.getValue())));
    return rows;
  }

  /** So many elements as the step says. */
  private static List<Long> elements(JsonNode step) {
    List<Long> elements = new ArrayList<>();
    for (long i = 0; i < step.asLong(); i++) elements.add(i);
    return elements;
  }

  static Duration duration(JsonNode config, String key) {
    return new Duration(config.get(key).asLong());
  }
}
