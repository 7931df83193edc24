package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readLong;
import static streamtable.flink.Json.written;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import streamtable.flink.Component;

/** {@code assignTimestampsAndWatermarks} in the middle of a stream; the harness's clock drives its periodic ticks. */
public final class RealTimestampsAndWatermarks implements Component {
  private final OneInputStreamOperatorTestHarness<Long, Long> harness;

  private RealTimestampsAndWatermarks(Map<String, Object> config) throws Exception {
    WatermarkStrategy<Long> strategy =
        WatermarkStrategy.<Long>forBoundedOutOfOrderness(
                Duration.ofMillis(readLong(config.get("outOfOrdernessMs"))))
            .withTimestampAssigner((value, timestamp) -> value);
    if (config.containsKey("idleTimeoutMs"))
      strategy = strategy.withIdleness(Duration.ofMillis(readLong(config.get("idleTimeoutMs"))));
    harness = OfVersion.assigning(strategy);
    harness
        .getExecutionConfig()
        .setAutoWatermarkInterval(readLong(config.get("pipeline.auto-watermark-interval")));
    harness.open();
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealTimestampsAndWatermarks(config);
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.containsKey("recordMs"))
      harness.processElement(new StreamRecord<>(readLong(step.get("recordMs"))));
    else if (step.containsKey("upstreamWatermarkMs"))
      harness.processWatermark(new Watermark(readLong(step.get("upstreamWatermarkMs"))));
    else if (step.containsKey("upstreamStatus"))
      harness.processWatermarkStatus(
          RealWatermarkValve.status(map("status", step.get("upstreamStatus"))));
    else harness.setProcessingTime(readLong(step.get("processingTimeMs")));
    List<Object> answer = new ArrayList<>();
    for (Object output : harness.getOutput())
      answer.add(
          output instanceof StreamRecord<?> record
              ? map("recordMs", written(record.getTimestamp()))
              : Outputs.told(output));
    harness.getOutput().clear();
    return answer;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
