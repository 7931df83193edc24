package streamtable.flink.real;

import static streamtable.flink.Json.readLong;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.ManualClock;
import streamtable.flink.Case.Refusal;
import streamtable.flink.Component;
import streamtable.flink.Json;

/** Bounded out-of-orderness with idleness, by a manual clock that stands at the time of the tick. */
public final class RealWatermarkGenerator implements Component, WatermarkOutput {
  private final ManualClock clock = new ManualClock();
  private final WatermarkGenerator<Long> generator;
  private final List<Object> emitted = new ArrayList<>();

  private RealWatermarkGenerator(Map<String, Object> config) throws Refusal {
    Duration bound = Duration.ofMillis(readLong(config.get("outOfOrdernessMs")));
    Object idleTimeoutMs = config.get("idleTimeoutMs");
    try {
      WatermarkStrategy<Long> strategy = WatermarkStrategy.forBoundedOutOfOrderness(bound);
      WatermarkGenerator<Long> bounded = new BoundedOutOfOrdernessWatermarks<>(bound);
      if (idleTimeoutMs == null) generator = bounded;
      else {
        Duration timeout = Duration.ofMillis(readLong(idleTimeoutMs));
        strategy.withIdleness(timeout);
        generator = new WatermarksWithIdleness<>(bounded, timeout, clock);
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(e);
    }
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealWatermarkGenerator(config);
  }

  @Override
  public Object play(Map<String, Object> step) {
    if (step.containsKey("eventMs")) generator.onEvent(0L, readLong(step.get("eventMs")), this);
    else {
      long forward = readLong(step.get("tickAtMs")) - clock.absoluteTimeMillis();
      clock.advanceTime(Duration.ofMillis(forward));
      generator.onPeriodicEmit(this);
    }
    List<Object> answer = new ArrayList<>(emitted);
    emitted.clear();
    return answer;
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    emitted.add(Json.written(watermark.getTimestamp()));
  }

  @Override
  public void markIdle() {
    emitted.add("IDLE");
  }

  @Override
  public void markActive() {
    emitted.add("ACTIVE");
  }
}
