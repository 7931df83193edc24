package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** Plays cases on this version of Spark, and writes what Spark answered to each. */
public final class Main {
  private record Component(Query query, int inputs) {}

  private static final String WATERMARK_TRACKER = "spark/watermark-tracker";

  private static final Map<String, Component> COMPONENTS = Map.of(
      "spark/select", new Component(Queries::select, 1),
      "spark/windowed-count", new Component(Queries::windowedCount, 1),
      "spark/session-window", new Component(Queries::sessionWindow, 1),
      "spark/chained-counts", new Component(Queries::chainedCounts, 1),
      "spark/deduplicate", new Component(Queries::deduplicate, 1),
      "spark/stream-join", new Component(Queries::streamJoin, 2),
      "spark/group-state", new Component(GroupStates::query, 1),
      WATERMARK_TRACKER, new Component(Queries::union, 2));

  public static void main(String[] args) throws Exception {
    SparkSession spark = SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate();
    List<String> lines = new ArrayList<>();
    for (JsonNode described : Json.MAPPER.readTree(Files.readString(Path.of(args[0])))) {
      ObjectNode recorded = JsonNodeFactory.instance.objectNode();
      recorded.set("case", described.get("case"));
      setAll(spark, described.get("config"), true);
      play(spark, described, recorded);
      setAll(spark, described.get("config"), false);
      lines.add(recorded.toString());
    }
    Files.write(Path.of(args[1]), lines);
    spark.stop();
  }

  private static void play(SparkSession spark, JsonNode described, ObjectNode recorded) throws Exception {
    String name = described.get("component").asText();
    Component component = COMPONENTS.get(name);
    RunningQuery query = null;
    try {
      query = new RunningQuery(spark, component.query(), component.inputs(), described.get("config"));
      ArrayNode answers = JsonNodeFactory.instance.arrayNode();
      for (JsonNode step : described.get("script")) {
        if (name.equals(WATERMARK_TRACKER)) {
          query.play(step.isArray() ? rowsAt(step) : step);
          answers.add(query.nextWatermarkMs());
        } else {
          answers.add(query.play(step));
        }
      }
      recorded.set("answers", answers);
    } catch (Exception error) {
      recorded.put("refusal", messageOf(error));
    }
    if (query != null) query.stop();
  }

  /** A row at each input with the event time that the step has for it. */
  private static JsonNode rowsAt(JsonNode timesMs) {
    ObjectNode rows = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < timesMs.size(); i++) {
      ArrayNode side = rows.putArray(RunningQuery.SIDES.get(i));
      if (timesMs.get(i).isNumber()) side.addArray().add("").add(timesMs.get(i));
    }
    return rows;
  }

  /** Spark's own settings of a case hold for its queries only. */
  private static void setAll(SparkSession spark, JsonNode config, boolean on) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = config.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!field.getKey().startsWith("spark.")) continue;
      if (on) spark.conf().set(field.getKey(), field.getValue().asText());
      else spark.conf().unset(field.getKey());
    }
  }

  /** Without the query's plan, which follows some messages and has numbers that differ from run to run. */
  private static String messageOf(Throwable error) {
    while (error.getCause() != null) error = error.getCause();
    return error instanceof AnalysisException analysis ? analysis.getSimpleMessage() : error.getMessage();
  }

  private Main() {}
}
