package org.apache.kafka.clients.producer.internals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.LogContext;
import streamtable.reference.Component;

/** Which partitions the built-in partitioner prefers when batches pile up unevenly; its random numbers are 0, 1, 2 … */
public final class LoadSession implements Component.Session {
  private static final String TOPIC = "topic";

  private final int partitions;
  private final Cluster cluster;

  public LoadSession(JsonNode config) {
    partitions = config.get("partitions").intValue();
    cluster = Topics.on(1, TOPIC, partitions).cluster();
  }

  @Override
  public Object play(JsonNode step) {
    int[] turn = {0};
    BuiltInPartitioner partitioner =
        new BuiltInPartitioner(new LogContext(), TOPIC, 1) {
          @Override
          int randomPartition() {
            return turn[0]++;
          }
        };
    int[] queues = new int[partitions];
    int[] ids = new int[partitions];
    int length = 0;
    for (JsonNode queue : step.get("queues")) {
      ids[length] = length;
      queues[length++] = queue.intValue();
    }
    partitioner.updatePartitionLoadStats(queues, ids, length);
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < step.get("draws").intValue(); i++) {
      var info = partitioner.peekCurrentPartitionInfo(cluster);
      chosen.add(info.partition());
      // As many bytes as a batch: the next record goes elsewhere.
      partitioner.updatePartitionInfo(info, 1, cluster);
    }
    return chosen;
  }
}
