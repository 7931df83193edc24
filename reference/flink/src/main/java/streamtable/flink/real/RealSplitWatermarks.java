package streamtable.flink.real;

import static streamtable.flink.Json.readLong;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer.WatermarkUpdateListener;
import streamtable.flink.Component;
import streamtable.flink.Json;

/** What makes one watermark of those of a reader's splits. */
public final class RealSplitWatermarks implements Component, WatermarkOutput {
  private final WatermarkOutputMultiplexer multiplexer = new WatermarkOutputMultiplexer(this);
  private final List<Object> emitted = new ArrayList<>();

  public static Component open(Map<String, Object> config) {
    return new RealSplitWatermarks();
  }

  @Override
  public Object play(Map<String, Object> step) {
    if (step.containsKey("combine")) multiplexer.onPeriodicEmit();
    else if (step.containsKey("register"))
      multiplexer.registerNewOutput((String) step.get("register"), nobody());
    else if (step.containsKey("unregister"))
      multiplexer.unregisterOutput((String) step.get("unregister"));
    else {
      String split = (String) step.get("split");
      WatermarkOutput output =
          Boolean.TRUE.equals(step.get("immediate"))
              ? multiplexer.getImmediateOutput(split)
              : multiplexer.getDeferredOutput(split);
      if (step.containsKey("idle")) output.markIdle();
      else output.emitWatermark(new Watermark(readLong(step.get("watermarkMs"))));
    }
    List<Object> answer = new ArrayList<>(emitted);
    emitted.clear();
    return answer;
  }

  /** The listener has one method more in Flink 2. */
  private static WatermarkUpdateListener nobody() {
    return (WatermarkUpdateListener)
        Proxy.newProxyInstance(
            RealSplitWatermarks.class.getClassLoader(),
            new Class<?>[] {WatermarkUpdateListener.class},
            (Object proxy, Method method, Object[] arguments) -> null);
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
