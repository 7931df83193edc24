package streamtable.flink.real;

import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.functions.co.CoMapFunction;
import org.apache.flink.streaming.api.operators.co.CoStreamMap;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import streamtable.flink.Component;

/** An operator with two inputs, in Flink's operator harness. */
public final class RealTwoInputs implements Component {
  private final TwoInputStreamOperatorTestHarness<String, String, String> harness;

  private RealTwoInputs() throws Exception {
    harness = new TwoInputStreamOperatorTestHarness<>(new CoStreamMap<>(new Forward()));
    harness.open();
  }

  public static Component open(Map<String, Object> config) throws Exception {
    if (readInt(config.get("inputs")) != 2) throw new IllegalStateException("two inputs only");
    return new RealTwoInputs();
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    boolean first = readInt(step.get("input")) == 0;
    if (step.containsKey("status")) {
      WatermarkStatus status = RealWatermarkValve.status(step);
      if (first) harness.processWatermarkStatus1(status);
      else harness.processWatermarkStatus2(status);
    } else {
      Watermark watermark = new Watermark(readLong(step.get("watermarkMs")));
      if (first) harness.processWatermark1(watermark);
      else harness.processWatermark2(watermark);
    }
    List<Object> answer = new ArrayList<>();
    for (Object output : harness.getOutput()) answer.add(Outputs.told(output));
    harness.getOutput().clear();
    return answer;
  }

  private static final class Forward implements CoMapFunction<String, String, String> {
    @Override
    public String map1(String value) {
      return value;
    }

    @Override
    public String map2(String value) {
      return value;
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
