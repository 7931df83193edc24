package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import scala.Tuple2;

/** What a program may put together, and when. */
final class ContextRigs {
  private ContextRigs() {}

  /** Two streams put together. A step is a batch of each; the answer is what comes of them, or null. */
  static List<Object> combined(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config)) {
      List<JavaDStream<Long>> streams = new ArrayList<>();
      for (JsonNode slide : config.get("slidesMs")) {
        Duration every = new Duration(slide.asLong());
        streams.add(program.<Long>input(streams.size()).window(every, every));
      }
      JavaDStream<Long> output =
          Refusal.orElse(() -> together(streams.get(0), streams.get(1), config.get("operator").asText()));
      output.foreachRDD((rdd, time) -> Program.SEEN.put(time.milliseconds(), rdd.collect().stream().sorted().toList()));
      program.start();
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        Batches.feed(1, Program.numbersOf(step.get(1)));
        answers.add(program.tick(Program.numbersOf(step.get(0))));
      }
      return answers;
    }
  }

  private static JavaDStream<Long> together(JavaDStream<Long> left, JavaDStream<Long> right, String operator) {
    return switch (operator) {
      case "union" -> left.union(right);
      case "join" -> keyed(left).join(keyed(right)).map(Tuple2::_1);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static JavaPairDStream<Long, Long> keyed(JavaDStream<Long> stream) {
    return stream.mapToPair(number -> new Tuple2<>(number, number));
  }

  /** A step is something that a program does with its context; the answer is the state it is in then, or the refusal. */
  static List<Object> life(JsonNode config, JsonNode script) {
    Program program = Program.create(1000, false);
    JavaDStream<Long> source = program.input(0);
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      try {
        switch (step.asText()) {
          case "start" -> program.context.start();
          case "stop" -> program.context.stop(false, false);
          case "output" -> source.foreachRDD(rdd -> {});
          case "input" -> program.input(1);
          case "transformation" -> source.map(number -> number);
          case "persist" -> source.cache();
          default -> throw new UnsupportedOperationException(step.asText());
        }
        answers.add(program.context.getState().toString());
      } catch (Exception refused) {
        answers.add(Json.object("refusal", refused.getMessage()));
      }
    }
    program.close();
    return answers;
  }
}
