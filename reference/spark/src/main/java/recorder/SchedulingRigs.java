package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.dstream.DStream;
import org.apache.spark.streaming.scheduler.rate.PIDRateEstimator;
import org.apache.spark.streaming.util.RecurringTimer;
import org.apache.spark.util.ManualClock;
import scala.Option;
import scala.collection.JavaConverters;

/** When batches happen, how long they are remembered, and how many records they may have. */
final class SchedulingRigs {
  private static final String PID = "spark.streaming.backpressure.pid.";

  private SchedulingRigs() {}

  /** A step is a moment at which the timer starts, or starts again; the answer is its first tick. */
  static List<Object> recurringTimer(JsonNode config, JsonNode script) {
    ManualClock clock = new ManualClock(0);
    RecurringTimer timer = new RecurringTimer(clock, config.get("periodMs").asLong(), time -> null, "timer");
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      clock.setTime(step.get("nowMs").asLong());
      JsonNode original = step.get("originalStartMs");
      answers.add(original.isNull() ? timer.getStartTime() : timer.getRestartTime(original.asLong()));
    }
    return answers;
  }

  /** A step is an interval asked for after {@code batches} batches; the answer is the times of the RDDs in it. */
  static List<Object> slice(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      long batches = config.get("batches").asLong();
      JavaDStream<Long> stream = program.input(0);
      stream.foreachRDD(rdd -> {});
      program.context.remember(new Duration(batches * program.batchMs));
      program.start();
      for (long batch = 1; batch <= batches; batch++) program.tick(List.of(batch * program.batchMs));
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        List<Object> times = new ArrayList<>();
        Time from = new Time(step.get("fromMs").asLong());
        Time to = new Time(step.get("toMs").asLong());
        stream.slice(from, to).forEach(rdd -> times.addAll(rdd.collect()));
        answers.add(times);
      }
      return answers;
    }
  }

  /** Windows on one another. Each step is a batch; the answer is the batch times that the source and each window still remember. */
  static List<Object> remember(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      List<DStream<Long>> streams = new ArrayList<>();
      JavaDStream<Long> stream = program.input(0);
      // An output asks the source for every batch, as a window that has gaps does not.
      stream.foreachRDD(rdd -> {});
      streams.add(stream.dstream());
      for (JsonNode window : config.get("windows")) {
        stream = stream.window(WindowRigs.duration(window, "windowMs"), WindowRigs.duration(window, "slideMs"));
        streams.add(stream.dstream());
      }
      stream.foreachRDD(rdd -> {});
      JsonNode atLeast = config.get("rememberMs");
      if (!atLeast.isNull()) program.context.remember(new Duration(atLeast.asLong()));
      program.start();
      List<Object> answers = new ArrayList<>();
      for (int batch = 0; batch < script.size(); batch++) {
        program.tick();
        answers.add(streams.stream().map(SchedulingRigs::remembered).toList());
      }
      return answers;
    }
  }

  private static List<Long> remembered(DStream<Long> stream) {
    return JavaConverters.mapAsJavaMap(stream.generatedRDDs()).keySet().stream().map(Time::milliseconds).sorted().toList();
  }

  /** Backpressure. A step is a completed batch; the answer is the new rate limit, or null. */
  static List<Object> pidRateEstimator(JsonNode config, JsonNode script) {
    PIDRateEstimator estimator =
        Refusal.orElse(
            () ->
                new PIDRateEstimator(
                    config.get("batchIntervalMs").asLong(),
                    config.get(PID + "proportional").asDouble(),
                    config.get(PID + "integral").asDouble(),
                    config.get(PID + "derived").asDouble(),
                    config.get(PID + "minRate").asDouble()));
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      Option<Object> rate =
          estimator.compute(
              step.get("processingEndMs").asLong(),
              step.get("records").asLong(),
              step.get("processingDelayMs").asLong(),
              step.get("schedulingDelayMs").asLong());
      answers.add(rate.isEmpty() ? null : rate.get());
    }
    return answers;
  }

  /** The jobs that run now, by name; each ends when it is told how. */
  private static final Map<String, CompletableFuture<Boolean>> RUNNING = new ConcurrentHashMap<>();

  private static final long QUIET_MS = 1000;

  /** A step is a tick, or the end of a job; the answer is the jobs that run then, and the batches that are not completed. */
  static List<Object> jobScheduler(JsonNode config, JsonNode script) {
    RUNNING.clear();
    String key = "spark.streaming.concurrentJobs";
    Program.spark().conf().set(key, config.get(key).asText());
    try (Program program = Program.create(1000, false)) {
      int operations = 0;
      for (JsonNode slide : config.get("outputSlidesMs")) {
        int output = operations++;
        program.<Long>input(output).window(new Duration(slide.asLong()), new Duration(slide.asLong()))
            .foreachRDD((rdd, time) -> runUntilTold(time, output));
      }
      program.context.start();
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        if (step.get("kind").asText().equals("tick")) program.clock.advance(1000);
        else RUNNING.remove(nameOf(step.get("batchMs").asLong(), step.get("output").asInt())).complete(step.get("succeeds").asBoolean());
        // Nothing tells that no job is going to start any more.
        Program.pause(QUIET_MS);
        List<Long> pending = new ArrayList<>();
        for (Time time : JavaConverters.seqAsJavaList(program.context.scheduler().getPendingTimes())) pending.add(time.milliseconds());
        answers.add(Json.object("running", RUNNING.keySet().stream().sorted().toList(), "pending", pending.stream().sorted().toList()));
      }
      RUNNING.values().forEach(job -> job.complete(true));
      return answers;
    } finally {
      Program.spark().conf().remove(key);
    }
  }

  private static String nameOf(long batchMs, int output) {
    return batchMs + "/" + output;
  }

  private static void runUntilTold(Time time, int output) {
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    RUNNING.put(nameOf(time.milliseconds(), output), end);
    if (!end.join()) throw new IllegalStateException("the script says that this job fails");
  }
}
