package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readLong;
import static streamtable.flink.Json.written;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.operators.co.IntervalJoinOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.OutputTag;
import streamtable.flink.Case.Refusal;
import streamtable.flink.Component;

/** The interval join on the heap backend, in Flink's operator harness. An element is (key, value). */
public final class RealIntervalJoin implements Component {
  private static final TypeInformation<Tuple2<String, Long>> ELEMENT =
      Types.TUPLE(Types.STRING, Types.LONG);
  private static final OutputTag<Tuple2<String, Long>> LATE = new OutputTag<>("late", ELEMENT);

  private final KeyedTwoInputStreamOperatorTestHarness<
          String, Tuple2<String, Long>, Tuple2<String, Long>, Tuple2<Long, Long>>
      harness;

  private RealIntervalJoin(Map<String, Object> config) throws Exception {
    TypeSerializer<Tuple2<String, Long>> serializer =
        ELEMENT.createSerializer(new ExecutionConfig().getSerializerConfig());
    OutputTag<Tuple2<String, Long>> late =
        Boolean.TRUE.equals(config.get("sideOutputLateData")) ? LATE : null;
    IntervalJoinOperator<String, Tuple2<String, Long>, Tuple2<String, Long>, Tuple2<Long, Long>> operator;
    try {
      operator =
          new IntervalJoinOperator<>(
              readLong(config.get("lowerBoundMs")),
              readLong(config.get("upperBoundMs")),
              !Boolean.FALSE.equals(config.get("lowerInclusive")),
              !Boolean.FALSE.equals(config.get("upperInclusive")),
              late,
              late,
              serializer,
              serializer,
              new Pair());
    } catch (IllegalArgumentException e) {
      throw new Refusal(e);
    }
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, element -> element.f0, element -> element.f0, Types.STRING);
    harness.open();
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealIntervalJoin(config);
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.containsKey("watermarkMs")) {
      Watermark watermark = new Watermark(readLong(step.get("watermarkMs")));
      harness.processWatermark1(watermark);
      harness.processWatermark2(watermark);
    } else {
      StreamRecord<Tuple2<String, Long>> record =
          new StreamRecord<>(Tuple2.of((String) step.get("key"), readLong(step.get("value"))));
      long timestampMs = readLong(step.get("timestampMs"));
      if (timestampMs != Long.MIN_VALUE) record.setTimestamp(timestampMs);
      try {
        if (step.get("side").equals("left")) harness.processElement1(record);
        else harness.processElement2(record);
      } catch (FlinkException e) {
        throw new Refusal(e);
      }
    }
    List<Object> joined = new ArrayList<>();
    for (Object output : harness.getOutput())
      if (output instanceof StreamRecord<?> record
          && record.getValue() instanceof Tuple2<?, ?> pair)
        joined.add(
            map("left", pair.f0, "right", pair.f1, "timestampMs", written(record.getTimestamp())));
    harness.getOutput().clear();
    Queue<StreamRecord<Tuple2<String, Long>>> late = harness.getSideOutput(LATE);
    boolean isLate = late != null && !late.isEmpty();
    if (isLate) late.clear();
    return map("joined", joined, "late", isLate ? "side output" : "no");
  }

  private static final class Pair
      extends ProcessJoinFunction<Tuple2<String, Long>, Tuple2<String, Long>, Tuple2<Long, Long>> {
    @Override
    public void processElement(
        Tuple2<String, Long> left,
        Tuple2<String, Long> right,
        Context context,
        Collector<Tuple2<Long, Long>> out) {
      out.collect(Tuple2.of(left.f1, right.f1));
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
