package streamtable.flink.real;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
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
}
