package streamtable.flink.real;

import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import streamtable.flink.Component;

/** The valve that makes one watermark of those on the channels of an input. */
public final class RealWatermarkValve implements Component {
  private final StatusWatermarkValve valve;
  private final List<Object> emitted = new ArrayList<>();
  private final DataOutput<Object> output = Outputs.into(emitted);

  private RealWatermarkValve(int channels) {
    valve = new StatusWatermarkValve(channels);
  }

  public static Component open(Map<String, Object> config) {
    return new RealWatermarkValve(readInt(config.get("channels")));
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    int channel = readInt(step.get("channel"));
    if (step.containsKey("status"))
      valve.inputWatermarkStatus(status(step), channel, output);
    else valve.inputWatermark(new Watermark(readLong(step.get("watermarkMs"))), channel, output);
    List<Object> answer = new ArrayList<>(emitted);
    emitted.clear();
    return answer;
  }

  static WatermarkStatus status(Map<String, Object> step) {
    return step.get("status").equals("IDLE") ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE;
  }
}
