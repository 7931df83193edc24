package org.apache.kafka.clients.producer.internals;

import org.apache.kafka.clients.MetadataSnapshot;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.MockTime;

/** A producer's memory with the usual limits. */
class OpenAccumulator extends RecordAccumulator {
  private static final long BUFFER_BYTES = 32L * 1024 * 1024;
  private static final int DELIVERY_TIMEOUT_MS = 120_000;

  OpenAccumulator(int batchSize, int lingerMs, boolean isAdaptive) {
    this(batchSize, lingerMs, isAdaptive, new MockTime(0, 0, 0), new Metrics());
  }

  private OpenAccumulator(int batchSize, int lingerMs, boolean isAdaptive, MockTime time, Metrics metrics) {
    super(
        new LogContext(),
        batchSize,
        Compression.NONE,
        lingerMs,
        100,
        1000,
        DELIVERY_TIMEOUT_MS,
        new PartitionerConfig(isAdaptive, 0),
        metrics,
        "producer-metrics",
        time,
        new ApiVersions(),
        null,
        new BufferPool(BUFFER_BYTES, batchSize, metrics, time, "producer-metrics"));
  }

  /** Appends a record without a key. Returns the partition that was chosen for it. */
  static int append(RecordAccumulator accumulator, MetadataSnapshot metadata, String topic, byte[] value, long nowMs)
      throws InterruptedException {
    return append(accumulator, metadata, topic, RecordMetadata.UNKNOWN_PARTITION, value, nowMs);
  }

  static int append(
      RecordAccumulator accumulator, MetadataSnapshot metadata, String topic, int wanted, byte[] value, long nowMs)
      throws InterruptedException {
    int[] chosen = {-1};
    AppendCallbacks callbacks =
        new AppendCallbacks() {
          @Override
          public void setPartition(int partition) {
            chosen[0] = partition;
          }

          @Override
          public void onCompletion(
              RecordMetadata answer, Exception error) {}
        };
    accumulator.append(
        topic,
        wanted,
        nowMs,
        null,
        value,
        null,
        callbacks,
        0,
        false,
        nowMs,
        metadata.cluster());
    return chosen[0];
  }
}
