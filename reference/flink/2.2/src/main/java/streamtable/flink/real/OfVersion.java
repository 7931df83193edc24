package streamtable.flink.real;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.checkpoint.CheckpointStatsTracker;
import org.apache.flink.runtime.checkpoint.NoOpCheckpointStatsTracker;
import org.apache.flink.streaming.runtime.operators.TimestampsAndWatermarksOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** What is spelled otherwise in the other version. */
final class OfVersion {
  private OfVersion() {}

  static <T> OneInputStreamOperatorTestHarness<T, T> assigning(WatermarkStrategy<T> strategy)
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new TimestampsAndWatermarksOperatorFactory<>(strategy, true));
  }

  /** Nobody looks at the statistics. */
  static CheckpointStatsTracker statistics() {
    return NoOpCheckpointStatsTracker.INSTANCE;
  }
}
