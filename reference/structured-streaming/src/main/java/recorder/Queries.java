package recorder;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.window;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The queries that cases are about, one a component of the simulator. */
final class Queries {
  private Queries() {}

  /** Rows pass as they are. */
  static Dataset<Row> select(List<Dataset<Row>> inputs, JsonNode config) {
    return watermarked(inputs.get(0), config).select("key", "timeMs");
  }

  /** groupBy(window, key).count(), or by key alone. */
  static Dataset<Row> windowedCount(List<Dataset<Row>> inputs, JsonNode config) {
    Dataset<Row> rows = watermarked(inputs.get(0), config);
    if (!config.has("windowDurationMs")) {
      return rows.groupBy("key").count();
    }
    Dataset<Row> counted = rows.groupBy(windowOf(config, "time").as("window"), col("key")).count();
    return counted.select(
        col("key"), ms("window.start").as("startMs"), ms("window.end").as("endMs"), col("count"));
  }

  /** groupBy(session_window, key).count() */
  static Dataset<Row> sessionWindow(List<Dataset<Row>> inputs, JsonNode config) {
    Column session = session_window(col("time"), interval(config.get("gapDurationMs").asLong()));
    Dataset<Row> rows = watermarked(inputs.get(0), config);
    if (!config.path("byKey").asBoolean(true)) return rows.groupBy(session).count().select("count");
    Dataset<Row> counted = rows.groupBy(session.as("session"), col("key")).count();
    return counted.select(
        col("key"), ms("session.start").as("startMs"), ms("session.end").as("endMs"), col("count"));
  }

  /** Windows are counted, and then how many of those are in greater windows. */
  static Dataset<Row> chainedCounts(List<Dataset<Row>> inputs, JsonNode config) {
    JsonNode durations = config.get("windowDurationsMs");
    Dataset<Row> small = watermarked(inputs.get(0), config)
        .groupBy(window(col("time"), interval(durations.get(0).asLong())).as("window"))
        .agg(count(lit(1)).as("count"));
    Dataset<Row> great = small
        .groupBy(window(col("window"), interval(durations.get(1).asLong())).as("window"))
        .agg(count(lit(1)).as("windows"), sum("count").as("count"));
    return great.select(
        ms("window.start").as("startMs"), ms("window.end").as("endMs"), col("windows"), col("count"));
  }

  /** The first row of each key, by the columns that make a key. */
  static Dataset<Row> deduplicate(List<Dataset<Row>> inputs, JsonNode config) {
    Dataset<Row> rows = watermarked(inputs.get(0), config);
    List<String> names = new ArrayList<>();
    for (JsonNode name : config.get("columns")) names.add(name.asText());
    String[] columns = names.toArray(String[]::new);
    Dataset<Row> distinct = config.path("withinWatermark").asBoolean()
        ? rows.dropDuplicatesWithinWatermark(columns)
        : rows.dropDuplicates(columns);
    // From the time itself: its column has the watermark, and Spark drops columns that nothing needs.
    return config.has("select") ? distinct.select("key") : distinct.select(col("key"), ms("time").as("timeMs"));
  }

  /** Left and right rows of one key, in one window or at most so long after each other. */
  static Dataset<Row> streamJoin(List<Dataset<Row>> inputs, JsonNode config) {
    JsonNode delays = config.path("delayThresholdsMs");
    Dataset<Row> left = side(delayed(inputs.get(0), delays.path(0)), "left", config);
    Dataset<Row> right = side(delayed(inputs.get(1), delays.path(1)), "right", config);
    Column condition = expr("leftKey = rightKey");
    if (config.has("windowDurationMs")) {
      condition = condition.and(expr("leftWindow = rightWindow"));
    } else if (config.has("rightAfterLeftMs")) {
      JsonNode range = config.get("rightAfterLeftMs");
      condition = condition.and(expr(String.format(
          "rightTime >= leftTime + interval %d milliseconds AND rightTime <= leftTime + interval %d milliseconds",
          range.get(0).asLong(), range.get(1).asLong())));
    }
    Dataset<Row> joined = left.join(right, condition, config.get("joinType").asText());
    return joined.select("leftKey", "leftMs", "rightKey", "rightMs");
  }

  /** All rows of all inputs. */
  static Dataset<Row> union(List<Dataset<Row>> inputs, JsonNode config) {
    JsonNode delays = config.get("delayThresholdsMs");
    Dataset<Row> all = delayed(inputs.get(0), delays.get(0));
    for (int i = 1; i < inputs.size(); i++) all = all.union(delayed(inputs.get(i), delays.get(i)));
    return all.select("key", "timeMs");
  }

  private static Dataset<Row> side(Dataset<Row> rows, String name, JsonNode config) {
    List<Column> columns = new ArrayList<>(List.of(col("key").as(name + "Key"), col("timeMs").as(name + "Ms")));
    if (config.has("windowDurationMs")) columns.add(windowOf(config, "time").as(name + "Window"));
    else columns.add(col("time").as(name + "Time"));
    return rows.select(columns.toArray(Column[]::new));
  }

  static Dataset<Row> watermarked(Dataset<Row> rows, JsonNode config) {
    return delayed(rows, config.path("delayThresholdMs"));
  }

  private static Dataset<Row> delayed(Dataset<Row> rows, JsonNode delayMs) {
    return delayMs.isNumber() ? rows.withWatermark("time", interval(delayMs.asLong())) : rows;
  }

  private static Column windowOf(JsonNode config, String time) {
    long sizeMs = config.get("windowDurationMs").asLong();
    long slideMs = config.path("slideDurationMs").asLong(sizeMs);
    return window(col(time), interval(sizeMs), interval(slideMs), interval(config.path("startTimeMs").asLong()));
  }

  private static String interval(long ms) {
    return ms + " milliseconds";
  }

  private static Column ms(String column) {
    return expr("unix_millis(" + column + ")");
  }
}
