package org.apache.kafka.clients.producer.internals;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;

/** A producer's memory with the usual limits, as 4.1 is asked for it. It does not linger, and takes no account of queues. */
class OpenAccumulator extends RecordAccumulator {
  private static final long BUFFER_BYTES = 32L * 1024 * 1024;
  private static final int DELIVERY_TIMEOUT_MS = 120_000;

  OpenAccumulator(int batchSize) {
    this(batchSize, new MockTime(0, 0, 0), new Metrics());
  }

  private OpenAccumulator(int batchSize, MockTime time, Metrics metrics) {
    super(
        new LogContext(),
        batchSize,
        Compression.NONE,
        0,
        100,
        1000,
        DELIVERY_TIMEOUT_MS,
        new PartitionerConfig(false, 0),
        metrics,
        "producer-metrics",
        time,
        null,
        new BufferPool(BUFFER_BYTES, batchSize, metrics, time, "producer-metrics"));
  }

  /** Appends a record without a key; the callbacks hear which partition was chosen for it. */
  void append(String topic, byte[] value, AppendCallbacks callbacks, long nowMs, Cluster cluster)
      throws InterruptedException {
    int anyPartition = RecordMetadata.UNKNOWN_PARTITION;
    append(topic, anyPartition, nowMs, null, value, null, callbacks, 0, nowMs, cluster);
  }
}
