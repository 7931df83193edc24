package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.StreamExecution;
import org.apache.spark.sql.execution.streaming.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.SystemClock;
import scala.Option;

/**
 * One streaming query, its inputs and its checkpoint directory. Each step of the script is played to the end: with
 * the default trigger until there is nothing to do, with a trigger interval until the query waits for the clock, with
 * Once and AvailableNow as a run of its own.
 */
final class RunningQuery {
  /** How a step names the inputs when there are several. */
  static final List<String> SIDES = List.of("left", "right");

  private final SparkSession spark;
  private final JsonNode config;
  private final List<Input> inputs;
  private final Dataset<Row> result;
  private final Path checkpoint;
  private final TriggerClock clock;
  private final RecordingSink sink;
  private StreamingQuery query;

  RunningQuery(SparkSession spark, Query definition, List<Input> inputs, JsonNode config) throws Exception {
    this.spark = spark;
    this.config = config;
    this.inputs = inputs;
    clock = config.path("trigger").has("processingTimeMs") ? new TriggerClock() : null;
    sink = new RecordingSink(clock);
    checkpoint = Files.createTempDirectory("checkpoint");
    result = definition.over(inputs.stream().map(Input::table).toList(), config);
    start();
    finish(false);
  }

  ArrayNode play(JsonNode step) throws Exception {
    if (step.isTextual()) return playRestart();
    boolean fails = step.has("fails");
    JsonNode rows = fails ? step.get("fails") : step.has("rows") ? step.get("rows") : step;
    if (fails && (query != null || runsOnce())) sink.failNext();
    sink.takeNext(step.path("takesMs").asLong());
    add(rows);
    if (clock != null) clock.advance(step.get("advanceMs").asLong());
    if (runsOnce()) start();
    else if (query == null) return JsonNodeFactory.instance.arrayNode();
    return finish(fails);
  }

  void stop() throws Exception {
    if (query != null) query.stop();
    query = null;
    try (Stream<Path> files = Files.walk(checkpoint)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    }
  }

  /** The watermark of the next batch, which the newest entry of the commit log holds. */
  long nextWatermarkMs() throws Exception {
    Path newest = null;
    for (long id = 0; ; id++) {
      Path entry = checkpoint.resolve("commits").resolve(Long.toString(id));
      if (!Files.exists(entry)) break;
      newest = entry;
    }
    if (newest == null) return 0;
    String text = Files.readString(newest);
    return Json.MAPPER.readTree(text.substring(text.indexOf('{'))).get("nextBatchWatermarkMs").asLong();
  }

  private boolean runsOnce() {
    return config.path("trigger").isTextual();
  }

  private ArrayNode playRestart() throws Exception {
    if (query != null) query.stop();
    start();
    return finish(false);
  }

  /** Rows for several inputs come under one lock, so that no batch can start between them. */
  private void add(JsonNode rows) throws Exception {
    StreamExecution execution = query instanceof StreamingQueryWrapper wrapper ? wrapper.streamingQuery() : null;
    if (execution != null) execution.awaitProgressLock().lock();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        JsonNode own = inputs.size() == 1 ? rows : rows.path(SIDES.get(i));
        if (!own.isEmpty()) inputs.get(i).add(own);
      }
    } finally {
      if (execution != null) execution.awaitProgressLock().unlock();
    }
  }

  private ArrayNode finish(boolean fails) throws Exception {
    StreamingQuery running = query;
    try {
      if (runsOnce()) running.awaitTermination();
      else if (clock == null) running.processAllAvailable();
      else while (!clock.isAwaited() && running.isActive()) Thread.sleep(5);
      if (running.exception().isDefined()) throw running.exception().get();
    } catch (StreamingQueryException error) {
      if (!fails) throw error;
      query = null;
    }
    ArrayNode batches = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode batch : sink.take()) {
      StreamingQueryProgress itsReport = null;
      for (StreamingQueryProgress report : running.recentProgress()) {
        if (report.batchId() == batch.get("batchId").asLong()) itsReport = report;
      }
      if (itsReport != null && !batch.has("failed")) report(batch, itsReport);
      batches.add(batch);
    }
    return batches;
  }

  /** Adds what the query's progress report says of a batch, with its rows after its watermark. */
  private static void report(ObjectNode batch, StreamingQueryProgress progress) {
    String watermark = progress.eventTime().get("watermark");
    JsonNode output = batch.remove("output");
    if (watermark != null) batch.put("watermarkMs", Instant.parse(watermark).toEpochMilli());
    batch.set("output", output);
    StateOperatorProgress[] operators = progress.stateOperators();
    if (operators.length == 0) return;
    ArrayNode total = batch.putArray("numRowsTotal");
    ArrayNode dropped = batch.putArray("numRowsDroppedByWatermark");
    for (StateOperatorProgress operator : operators) {
      total.add(operator.numRowsTotal());
      dropped.add(operator.numRowsDroppedByWatermark());
    }
  }

  private Trigger trigger() {
    JsonNode trigger = config.path("trigger");
    if (trigger.has("processingTimeMs")) return Trigger.ProcessingTime(trigger.get("processingTimeMs").asLong());
    if (trigger.asText().equals("once")) return Trigger.Once();
    if (trigger.asText().equals("availableNow")) return Trigger.AvailableNow();
    return Trigger.ProcessingTime(0);
  }

  private OutputMode outputMode() {
    return switch (config.path("outputMode").asText("append")) {
      case "complete" -> OutputMode.Complete();
      case "update" -> OutputMode.Update();
      default -> OutputMode.Append();
    };
  }

  /** What DataStreamWriter.start calls; it is called here itself, since it alone takes a clock. */
  private void start() throws Exception {
    if (clock != null) clock.start();
    for (Method method : spark.streams().getClass().getMethods()) {
      if (!method.getName().equals("startQuery")) continue;
      try {
        query = (StreamingQuery) method.invoke(
            spark.streams(),
            Option.empty(),
            Option.apply(checkpoint.toString()),
            result,
            scala.collection.immutable.Map$.MODULE$.empty(),
            sink,
            outputMode(),
            false,
            true,
            trigger(),
            clock == null ? new SystemClock() : clock,
            Option.empty(),
            Option.empty());
      } catch (InvocationTargetException error) {
        throw (Exception) error.getCause();
      }
    }
  }
}
