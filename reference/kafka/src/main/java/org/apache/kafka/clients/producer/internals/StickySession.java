package org.apache.kafka.clients.producer.internals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.MetadataSnapshot;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Utils;
import streamtable.reference.Component;

/**
 * Records without a key on their way through a producer's memory. It stands in this package because the place where the
 * partitioner draws its random numbers can only be reached from here.
 */
public final class StickySession implements Component.Session {
  private static final String TOPIC = "topic";

  private final MetadataSnapshot metadata;
  private final OpenAccumulator accumulator;
  private final Random random;
  private int turn = 0;

  public StickySession(JsonNode config) {
    metadata = Topics.on(1, TOPIC, config.get("partitions").intValue());
    random = "counting".equals(config.path("random").asText()) ? null : new Random(config.path("seed").asLong(0));
    accumulator =
        new OpenAccumulator(config.path("batch.size").asInt(16384)) {
          @Override
          BuiltInPartitioner createBuiltInPartitioner(LogContext context, String topic, int size) {
            return new BuiltInPartitioner(context, topic, size) {
              @Override
              int randomPartition() {
                return random == null ? turn++ : Utils.toPositive(random.nextInt());
              }
            };
          }
        };
  }

  @Override
  public Object play(JsonNode step) throws Exception {
    if (step.get("call").textValue().equals("drain")) {
      drain();
      return "ok";
    }
    byte[] value = new byte[step.get("bytes").intValue()];
    List<int[]> runs = new ArrayList<>();
    for (int i = 0; i < step.path("times").asInt(1); i++) {
      int partition = append(value, step.path("atMs").asLong(0));
      if (runs.isEmpty() || runs.get(runs.size() - 1)[0] != partition) runs.add(new int[] {partition, 0});
      runs.get(runs.size() - 1)[1] += 1;
      if (step.path("drained").asBoolean(false)) drain();
    }
    return runs;
  }

  /** Returns the partition that was chosen. */
  private int append(byte[] value, long nowMs) throws InterruptedException {
    int[] chosen = {-1};
    RecordAccumulator.AppendCallbacks callbacks =
        new RecordAccumulator.AppendCallbacks() {
          @Override
          public void setPartition(int partition) {
            chosen[0] = partition;
          }

          @Override
          public void onCompletion(RecordMetadata answer, Exception error) {}
        };
    accumulator.append(TOPIC, value, callbacks, nowMs, metadata.cluster());
    return chosen[0];
  }

  private void drain() {
    List<Node> nodes = metadata.cluster().nodes();
    for (boolean isMore = true; isMore; ) {
      isMore =
          accumulator.drain(metadata, new HashSet<>(nodes), Integer.MAX_VALUE, 0).values().stream()
              .anyMatch(batches -> !batches.isEmpty());
    }
    for (int i = 0; i < metadata.cluster().partitionCountForTopic(TOPIC); i++) {
      accumulator.unmutePartition(new TopicPartition(TOPIC, i));
    }
  }
}
