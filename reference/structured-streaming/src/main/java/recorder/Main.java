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
  private static final String WATERMARK_TRACKER = "spark/watermark-tracker";
  private static final String FILE_SOURCE = "spark/file-source";

  private static final Map<String, Query> COMPONENTS = Map.of(
      "spark/select", Queries::select,
      FILE_SOURCE, Queries::select,
      "spark/windowed-count", Queries::windowedCount,
      "spark/session-window", Queries::sessionWindow,
      "spark/chained-counts", Queries::chainedCounts,
      "spark/deduplicate", Queries::deduplicate,
      "spark/stream-join", Queries::streamJoin,
      "spark/group-state", GroupStates::query,
      WATERMARK_TRACKER, Queries::union);

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
    JsonNode config = described.get("config");
    RunningQuery query = null;
    try {
      query = new RunningQuery(spark, COMPONENTS.get(name), inputs(spark, name, config), config);
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

  private static List<Input> inputs(SparkSession spark, String component, JsonNode config) throws Exception {
    if (component.equals(FILE_SOURCE)) return List.of(new FileInput(spark, config));
    boolean several = config.has("delayThresholdsMs") || component.equals("spark/stream-join");
    return several ? List.of(new MemoryInput(spark), new MemoryInput(spark)) : List.of(new MemoryInput(spark));
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
