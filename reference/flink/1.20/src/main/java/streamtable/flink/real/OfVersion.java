package streamtable.flink.real;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.checkpoint.CheckpointStatsTracker;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.runtime.operators.TimestampsAndWatermarksOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** What is spelled otherwise in the other version. */
final class OfVersion {
  private OfVersion() {}

  static <T> OneInputStreamOperatorTestHarness<T, T> assigning(WatermarkStrategy<T> strategy)
      throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new TimestampsAndWatermarksOperator<>(strategy, true));
  }

  /** Nobody looks at the statistics. */
  static CheckpointStatsTracker statistics() {
    return new CheckpointStatsTracker(
        1, UnregisteredMetricGroups.createUnregisteredJobManagerJobMetricGroup(), new JobID());
  }
}
