package recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkConf;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.StreamBlockId;
import org.apache.spark.streaming.Time;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.receiver.BlockGenerator;
import org.apache.spark.streaming.receiver.BlockGeneratorListener;
import org.apache.spark.streaming.receiver.Receiver;
import org.apache.spark.streaming.receiver.BlockManagerBasedStoreResult;
import org.apache.spark.streaming.scheduler.ReceivedBlockInfo;
import org.apache.spark.streaming.scheduler.ReceivedBlockTracker;
import org.apache.spark.streaming.scheduler.ReceivedBlockTrackerLogEvent;
import org.apache.spark.util.ManualClock;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.mutable.ArrayBuffer;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Receivers: how records become blocks, and blocks batches. */
final class ReceiverRigs {
  private static final int STREAM = 0;

  private ReceiverRigs() {}

  /** A step adds records and then lets time pass until {@code untilMs}; the answer is the blocks that were made. */
  static List<Object> blockGenerator(JsonNode config, JsonNode script) {
    String key = "spark.streaming.blockInterval";
    SparkConf conf = new SparkConf(false).set(key, config.get(key).asText());
    WatchedClock clock = new WatchedClock();
    Blocks blocks = new Blocks();
    BlockGenerator generator = new BlockGenerator(blocks, STREAM, conf, clock);
    generator.start();
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      for (JsonNode record : step.get("records")) generator.addData(record.asLong());
      long untilMs = step.get("untilMs").asLong();
      clock.setTime(untilMs);
      Program.await(() -> clock.waitedFor > untilMs && blocks.pushed.size() == blocks.generated);
      answers.add(List.copyOf(blocks.pushed.subList(blocks.answered, blocks.generated)));
      blocks.answered = blocks.generated;
    }
    // The generator waits for one more tick of a clock that has stopped, so it is left to the end of the process.
    return answers;
  }

  /** A step is a rate that backpressure found; the answer is the limit of the receiver, in records per second. */
  static List<Object> receiverRate(JsonNode config, JsonNode script) {
    SparkConf conf = new SparkConf(false);
    config.fields().forEachRemaining(setting -> conf.set(setting.getKey(), setting.getValue().asText()));
    BlockGenerator generator = new BlockGenerator(new Blocks(), STREAM, conf, new ManualClock(0));
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      if (!step.isNull()) generator.updateRate(step.asLong());
      answers.add(generator.getCurrentLimit());
    }
    return answers;
  }

  /** Tells which time the generator's timer waits for: it has dealt with all before. */
  private static final class WatchedClock extends ManualClock {
    volatile long waitedFor;

    @Override
    public long waitTillTime(long target) {
      waitedFor = target;
      return super.waitTillTime(target);
    }
  }

  private static final class Blocks implements BlockGeneratorListener {
    final List<Object> pushed = new CopyOnWriteArrayList<>();
    volatile int generated;
    int answered;

    @Override
    public void onAddData(Object data, Object metadata) {}

    @Override
    public void onGenerateBlock(StreamBlockId id) {
      generated++;
    }

    @Override
    public void onPushBlock(StreamBlockId id, ArrayBuffer<?> records) {
      pushed.add(Json.object("blockMs", id.uniqueId(), "records", List.copyOf(JavaConverters.bufferAsJavaList(records))));
    }

    @Override
    public void onError(String message, Throwable error) {
      throw new IllegalStateException(message, error);
    }
  }

  /** A step is the blocks that a receiver stores before the tick; the answer is the partitions of the batch. */
  static List<Object> receiverInput(JsonNode config, JsonNode script) {
    try (Program program = Program.create(config.get("batchIntervalMs").asLong(), false)) {
      Storing.receiver = null;
      ClassTag<Long> number = ClassTag$.MODULE$.apply(Long.class);
      InputRigs.showPartitions(new JavaDStream<>(program.context.receiverStream(new Storing(), number), number));
      program.start();
      Program.await(() -> Storing.receiver != null && Storing.receiver.isStarted());
      List<Object> answers = new ArrayList<>();
      for (JsonNode step : script) {
        // A store of many records returns when the driver knows of the block.
        for (JsonNode block : step) Storing.receiver.store(Program.numbersOf(block).iterator());
        answers.add(Program.SEEN.get(program.tick()));
      }
      return answers;
    }
  }

  private static final class Storing extends Receiver<Long> {
    static volatile Storing receiver;

    Storing() {
      super(StorageLevel.MEMORY_ONLY());
    }

    @Override
    public void onStart() {
      receiver = this;
    }

    @Override
    public void onStop() {}
  }

  /** A step adds a block, allocates a batch, or restarts the driver; the answer is the blocks of the batch, else those that wait. */
  static List<Object> receivedBlockTracker(JsonNode config, JsonNode script) {
    String directory = Program.temporary();
    Tracker tracker = new Tracker(directory, false);
    List<String> names = new ArrayList<>();
    List<Object> answers = new ArrayList<>();
    for (JsonNode step : script) {
      String kind = step.get("kind").asText();
      if (kind.equals("add")) {
        names.add(step.get("block").asText());
        tracker.addBlock(block(names.size() - 1));
      } else if (kind.equals("recover")) {
        tracker.stop();
        tracker = new Tracker(directory, true);
      } else {
        Time batch = new Time(step.get("batchMs").asLong());
        tracker.logIsBroken = step.get("writeFails").asBoolean();
        tracker.allocateBlocksToBatch(batch);
        tracker.logIsBroken = false;
        answers.add(namesOf(tracker.getBlocksOfBatchAndStream(batch, STREAM), names));
        continue;
      }
      answers.add(namesOf(tracker.getUnallocatedBlocks(STREAM), names));
    }
    tracker.stop();
    return answers;
  }

  private static ReceivedBlockInfo block(int number) {
    StreamBlockId id = new StreamBlockId(STREAM, number);
    return new ReceivedBlockInfo(
        STREAM, Option.apply(1L), Option.empty(), new BlockManagerBasedStoreResult(id, Option.apply(1L)));
  }

  private static List<String> namesOf(scala.collection.Seq<ReceivedBlockInfo> blocks, List<String> names) {
    List<String> held = new ArrayList<>();
    for (ReceivedBlockInfo block : JavaConverters.seqAsJavaList(blocks)) held.add(names.get((int) block.blockId().uniqueId()));
    return held;
  }

  /** The real tracker with a log on disk, whose disk can be said to fail. */
  private static final class Tracker extends ReceivedBlockTracker {
    boolean logIsBroken;

    Tracker(String directory, boolean recovers) {
      super(
          Program.spark().conf(),
          Program.spark().hadoopConfiguration(),
          JavaConverters.asScalaBuffer(List.<Object>of(STREAM)).toSeq(),
          new ManualClock(0),
          recovers,
          Option.apply(directory));
    }

    @Override
    public boolean writeToLog(ReceivedBlockTrackerLogEvent event) {
      return !logIsBroken && super.writeToLog(event);
    }
  }
}
