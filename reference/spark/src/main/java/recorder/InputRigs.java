package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.dstream.InputDStream;
import scala.collection.mutable.Queue;
import scala.collection.mutable.Queue$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Streams of queued RDDs and of files. */
final class InputRigs {
  private static final ClassTag<Long> NUMBER = ClassTag$.MODULE$.apply(Long.class);

  private InputRigs() {}

  /** A step is a list of RDDs to queue before the tick, one partition each; the answer is the partitions of the batch. */
  static List<Object> queueStream(JsonNode config, JsonNode script) {
    try (Program program = Program.create(1000, false)) {
      Queue<RDD<Long>> queue = emptyQueue();
      boolean oneAtATime = config.get("oneAtATime").asBoolean();
      JsonNode fallback = config.get("defaultRdd");
      InputDStream<Long> stream =
          fallback.isNull()
              ? program.context.queueStream(queue, oneAtATime, NUMBER)
              : program.context.queueStream(queue, oneAtATime, rddOf(fallback), NUMBER);
      showPartitions(new JavaDStream<>(stream, NUMBER));
      program.start();
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        synchronized (queue) {
          for (JsonNode rdd : step) queue.$plus$eq(rddOf(rdd));
        }
        answers.add(Program.SEEN.get(program.tick()));
      }
      return answers;
    }
  }

  /** Scala 2.12 and 2.13 construct one differently. */
  @SuppressWarnings("unchecked")
  private static Queue<RDD<Long>> emptyQueue() {
    return (Queue<RDD<Long>>) (Object) Queue$.MODULE$.empty();
  }

  private static RDD<Long> rddOf(JsonNode numbers) {
    return new JavaSparkContext(Program.spark()).parallelize(Program.numbersOf(numbers), 1).rdd();
  }

  static void showPartitions(JavaDStream<Long> stream) {
    stream.foreachRDD((rdd, time) -> Program.SEEN.put(time.milliseconds(), rdd.glom().collect()));
  }

  /** A step is the listing of the directory at a batch; the answer names the files of the batch, whose order is the file system's own. */
  static List<Object> fileStream(JsonNode config, JsonNode script) throws IOException {
    try (Program program = Program.create(config.get("batchIntervalMs").asLong(), false)) {
      Path directory = Path.of(Program.temporary());
      program.clock.setTime(config.get("createdMs").asLong());
      watch(program, directory, config.get("newFilesOnly").asBoolean())
          .foreachRDD((rdd, time) -> Program.SEEN.put(time.milliseconds(), rdd.collect().stream().sorted().toList()));
      program.start();
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        list(directory, step.get("listing"));
        long batchMs = program.tick();
        if (batchMs != step.get("batchMs").asLong()) throw new IllegalArgumentException("the next batch is " + batchMs);
        answers.add(Program.SEEN.get(batchMs));
      }
      return answers;
    }
  }

  private static JavaDStream<String> watch(Program program, Path directory, boolean newFilesOnly) {
    JavaStreamingContext context = new JavaStreamingContext(program.context);
    if (newFilesOnly) return context.textFileStream(directory.toString());
    return context
        .fileStream(
            directory.toString(),
            LongWritable.class,
            Text.class,
            TextInputFormat.class,
            path -> !path.getName().startsWith("."),
            false)
        .map(line -> line._2.toString());
  }

  /** Makes the directory hold exactly these files; each holds its own name. */
  private static void list(Path directory, JsonNode listing) throws IOException {
    Set<Path> listed = new HashSet<>();
    for (JsonNode file : listing) {
      String name = file.get("name").asText();
      Path path = directory.resolve(name);
      Files.writeString(path, name + "\n");
      Files.setLastModifiedTime(path, FileTime.fromMillis(file.get("modifiedMs").asLong()));
      listed.add(path);
    }
    try (Stream<Path> there = Files.list(directory)) {
      for (Path path : there.toList()) if (!listed.contains(path)) Files.delete(path);
    }
  }
}
