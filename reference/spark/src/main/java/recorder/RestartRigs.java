package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.State;
import org.apache.spark.streaming.StateSpec;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaMapWithStateDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import org.apache.spark.streaming.dstream.DStream;
import org.apache.spark.api.java.Optional;
import scala.Tuple2;

/** Programs with a checkpoint: how often it is written, and what is done again after a restart from it. */
final class RestartRigs {
  /** What the job of each batch does: it "succeeds", "fails", or "hangs" until the driver dies. */
  private static volatile String outcome = "succeeds";

  private static final List<Object> OUTPUTS = new ArrayList<>();

  private RestartRigs() {}

  /**
   * A program that keeps the sum of all records. A step is a batch and what the job of its first output does, or a restart
   * after batches that came while the driver was down; the answer is what that output told since the step before.
   */
  static List<Object> restart(JsonNode config, JsonNode script) {
    long batchMs = config.get("batchIntervalMs").asLong();
    Program program = Program.create(batchMs, true);
    try {
      JavaPairDStream<String, Long> state =
          program.pairs(0).updateStateByKey((values, before) -> Optional.of(before.or(0L) + values.stream().mapToLong(Long::longValue).sum()));
      state.foreachRDD((rdd, time) -> show(time, rdd.collect()));
      for (int output = 1; output < config.get("outputs").asInt(); output++) state.foreachRDD(rdd -> {});
      program.context.start();
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        if (step.get("kind").asText().equals("restart")) {
          long checkpointed = program.clock.getTimeMillis();
          program.close();
          for (JsonNode missed : step.get("missed")) Batches.feed(0, recordsOf(missed));
          outcome = "succeeds";
          program = Program.restart(program.context.checkpointDir(), batchMs, step.get("missed").size() * batchMs);
          program.context.start();
          Program restarted = program;
          long last = checkpointed + step.get("missed").size() * batchMs;
          Program.await(() -> restarted.processedUntil() >= last);
        } else {
          outcome = step.get("job").asText();
          Batches.feed(0, recordsOf(step.get("records")));
          run(program);
        }
        synchronized (OUTPUTS) {
          answers.add(new ArrayList<>(OUTPUTS));
          OUTPUTS.clear();
        }
      }
      return answers;
    } finally {
      outcome = "succeeds";
      program.close();
    }
  }

  private static void run(Program program) {
    if (outcome.equals("succeeds")) {
      program.tick();
      return;
    }
    program.clock.advance(program.batchMs);
    // Such a batch is never said to be processed; its checkpoint is written when its jobs have been made.
    Program.pause(3000);
  }

  private static void show(Time time, List<Tuple2<String, Long>> rows) throws InterruptedException {
    if (outcome.equals("hangs")) new CountDownLatch(1).await();
    if (outcome.equals("fails")) throw new IllegalStateException("the script says that this job fails");
    long total = rows.stream().mapToLong(Tuple2::_2).sum();
    synchronized (OUTPUTS) {
      OUTPUTS.add(Json.object("batchMs", time.milliseconds(), "total", total));
    }
  }

  private static List<Tuple2<String, Long>> recordsOf(JsonNode numbers) {
    return Program.numbersOf(numbers).stream().map(number -> new Tuple2<>("all", number)).toList();
  }

  /** A step is a stateful operator; the answer is how often it writes a checkpoint, and how long it remembers. */
  static List<Object> checkpointInterval(JsonNode config, JsonNode script) throws ReflectiveOperationException {
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      try (Program program = Program.create(step.get("slideMs").asLong(), config.get("checkpointDirectory").asBoolean())) {
        DStream<?> stream = operator(program, step.get("operator").asText());
        JsonNode interval = step.get("checkpointIntervalMs");
        if (!interval.isNull()) stream.checkpoint(new Duration(interval.asLong()));
        JsonNode remember = step.get("rememberMs");
        if (!remember.isNull()) program.context.remember(new Duration(remember.asLong()));
        program.start();
        DStream<?> inner = internal(stream);
        answers.add(
            Json.object(
                "checkpointIntervalMs", inner.checkpointDuration().milliseconds(),
                "rememberMs", inner.rememberDuration().milliseconds()));
      }
    }
    return answers;
  }

  private static DStream<?> operator(Program program, String name) {
    JavaPairDStream<String, Long> source = program.pairs(0);
    Duration slide = new Duration(program.batchMs);
    switch (name) {
      case "updateStateByKey":
        JavaPairDStream<String, Long> state = source.updateStateByKey((values, before) -> before);
        state.foreachRDD(rdd -> {});
        return state.dstream();
      case "reduceByKeyAndWindow":
        JavaPairDStream<String, Long> sums = source.reduceByKeyAndWindow(Long::sum, (x, y) -> x - y, slide, slide);
        sums.foreachRDD(rdd -> {});
        return sums.dstream();
      case "mapWithState":
        StateSpec<String, Long, Long, Long> spec = StateSpec.function((String key, Optional<Long> value, State<Long> kept) -> value.get());
        JavaMapWithStateDStream<String, Long, Long, Long> mapped = source.mapWithState(spec);
        mapped.foreachRDD(rdd -> {});
        return mapped.dstream();
      default:
        throw new IllegalArgumentException(name);
    }
  }

  private static DStream<?> internal(DStream<?> stream) throws ReflectiveOperationException {
    for (Field field : stream.getClass().getDeclaredFields()) {
      if (!field.getName().equals("internalStream")) continue;
      field.setAccessible(true);
      return (DStream<?>) field.get(stream);
    }
    return stream;
  }
}
