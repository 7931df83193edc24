package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsWithStateFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import scala.Tuple3;

/**
 * Counts the rows of each key, and sets a timeout whenever a key has rows. A key that timed out tells its count once
 * more and is forgotten.
 */
final class GroupStates {
  private static final Encoder<Tuple3<String, Long, Boolean>> OUT =
      Encoders.tuple(Encoders.STRING(), Encoders.LONG(), Encoders.BOOLEAN());

  private GroupStates() {}

  static Dataset<Row> query(List<Dataset<Row>> inputs, JsonNode config) {
    KeyValueGroupedDataset<String, Row> groups = Queries.watermarked(inputs.get(0), config)
        .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING());
    long timeoutMs = config.path("timeoutMs").asLong();
    String conf = config.get("timeoutConf").asText();
    GroupStateTimeout timeout = switch (conf) {
      case "EventTimeTimeout" -> GroupStateTimeout.EventTimeTimeout();
      case "ProcessingTimeTimeout" -> GroupStateTimeout.ProcessingTimeTimeout();
      default -> GroupStateTimeout.NoTimeout();
    };
    String setter = config.path("sets").asText(conf);
    if (config.path("function").asText().equals("mapGroupsWithState")) {
      return groups.mapGroupsWithState(
          (MapGroupsWithStateFunction<String, Row, Long, Tuple3<String, Long, Boolean>>)
              (key, rows, state) -> count(key, rows, state, setter, timeoutMs),
          Encoders.LONG(), OUT, timeout).toDF("key", "count", "timedOut");
    }
    OutputMode mode = switch (config.path("functionOutputMode").asText(config.path("outputMode").asText("append"))) {
      case "update" -> OutputMode.Update();
      case "complete" -> OutputMode.Complete();
      default -> OutputMode.Append();
    };
    return groups.flatMapGroupsWithState(
        (FlatMapGroupsWithStateFunction<String, Row, Long, Tuple3<String, Long, Boolean>>)
            (key, rows, state) -> List.of(count(key, rows, state, setter, timeoutMs)).iterator(),
        mode, Encoders.LONG(), OUT, timeout).toDF("key", "count", "timedOut");
  }

  private static Tuple3<String, Long, Boolean> count(
      String key, Iterator<Row> rows, GroupState<Long> state, String timeout, long timeoutMs) {
    long count = state.exists() ? state.get() : 0;
    if (state.hasTimedOut()) {
      state.remove();
      return new Tuple3<>(key, count, true);
    }
    List<Long> times = new ArrayList<>();
    rows.forEachRemaining(row -> times.add(row.getLong(1)));
    count += times.size();
    state.update(count);
    if (timeout.equals("ProcessingTimeTimeout")) state.setTimeoutDuration(timeoutMs);
    if (timeout.equals("EventTimeTimeout")) {
      long newestMs = times.stream().mapToLong(Long::longValue).max().orElseThrow();
      state.setTimeoutTimestamp(newestMs + timeoutMs);
    }
    return new Tuple3<>(key, count, false);
  }
}
