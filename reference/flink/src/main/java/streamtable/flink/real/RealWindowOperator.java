package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;
import static streamtable.flink.Json.readMap;
import static streamtable.flink.Json.with;
import static streamtable.flink.Json.written;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.evictors.CountEvictor;
import org.apache.flink.streaming.api.windowing.evictors.Evictor;
import org.apache.flink.streaming.api.windowing.evictors.TimeEvictor;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperator;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import streamtable.flink.Case.Refusal;
import streamtable.flink.Component;
import streamtable.flink.Json;

/** The window operator on the heap backend, in Flink's operator harness. An element is (key, value, its own session gap). */
public final class RealWindowOperator implements Component {
  static final TypeInformation<Tuple3<String, Long, Long>> ELEMENT =
      Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);
  private static final int MAX_PARALLELISM = 128;
  private static final OutputTag<Tuple3<String, Long, Long>> LATE = new OutputTag<>("late", ELEMENT);

  private final Map<String, Object> config;
  private KeyedOneInputStreamOperatorTestHarness<String, Tuple3<String, Long, Long>, String> harness;
  private long dropped;
  private int sideOutput;

  private RealWindowOperator(Map<String, Object> config) throws Exception {
    this.config = config;
    try {
      harness = harness();
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new Refusal(e);
    }
    harness.open();
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealWindowOperator(config);
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    if (step.containsKey("restore")) {
      // The counter of dropped records begins anew with each attempt.
      OperatorSubtaskState snapshot = harness.snapshot(1, 0);
      harness.close();
      harness = harness();
      harness.initializeState(snapshot);
      harness.open();
      dropped = 0;
      sideOutput = 0;
    } else if (step.containsKey("element")) {
      Map<String, Object> element = readMap(step.get("element"));
      String key = (String) element.get("key");
      long value = readLong(element.get("value"));
      long gap = readLong(element.getOrDefault("gapMs", 0));
      StreamRecord<Tuple3<String, Long, Long>> record = new StreamRecord<>(Tuple3.of(key, value, gap));
      long timestampMs = readLong(element.get("timestampMs"));
      if (timestampMs != Long.MIN_VALUE) record.setTimestamp(timestampMs);
      try {
        harness.processElement(record);
      } catch (RuntimeException e) {
        throw new Refusal(e);
      }
    } else if (step.containsKey("watermarkMs"))
      harness.processWatermark(new Watermark(readLong(step.get("watermarkMs"))));
    else harness.setProcessingTime(readLong(step.get("processingTimeMs")));
    return answer();
  }

  private Map<String, Object> answer() throws Exception {
    List<Object> fired = new ArrayList<>();
    for (Object output : harness.getOutput()) {
      if (!(output instanceof StreamRecord<?> record)) continue;
      Map<String, Object> firing = Json.parse((String) record.getValue());
      Object values = firing.remove("values");
      fired.add(with(firing, "timestampMs", written(record.getTimestamp()), "values", values));
    }
    harness.getOutput().clear();
    String late = "no";
    long droppedNow = numLateRecordsDropped();
    int sideOutputNow = harness.getSideOutput(LATE) == null ? 0 : harness.getSideOutput(LATE).size();
    if (droppedNow > dropped) late = "dropped";
    if (sideOutputNow > sideOutput) late = "side output";
    dropped = droppedNow;
    sideOutput = sideOutputNow;
    return map(
        "fired", fired,
        "late", late,
        "numLateRecordsDropped", dropped,
        "stateEntries", stateEntries(),
        "timers", harness.numEventTimeTimers() + harness.numProcessingTimeTimers());
  }

  private long numLateRecordsDropped() throws Exception {
    Field counter = WindowOperator.class.getDeclaredField("numLateRecordsDropped");
    counter.setAccessible(true);
    return ((Counter) counter.get(harness.getOperator())).getCount();
  }

  private long stateEntries() throws Exception {
    AbstractStreamOperator<String> operator = harness.getOperator();
    AbstractKeyedStateBackend<String> backend =
        (AbstractKeyedStateBackend<String>) operator.<String>getKeyedStateBackend();
    return backend.getKeysAndNamespaces("window-contents").count();
  }

  private KeyedOneInputStreamOperatorTestHarness<String, Tuple3<String, Long, Long>, String> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        build(Windowing.assigner(readMap(config.get("assigner")))),
        element -> element.f0,
        Types.STRING,
        MAX_PARALLELISM,
        1,
        0);
  }

  private <W extends Window> OneInputStreamOperator<Tuple3<String, Long, Long>, String> build(
      WindowAssigner<Object, W> assigner) {
    WindowOperatorBuilder<Tuple3<String, Long, Long>, String, W> builder =
        new WindowOperatorBuilder<>(
            assigner,
            assigner.getDefaultTrigger(),
            new ExecutionConfig(),
            ELEMENT,
            element -> element.f0,
            Types.STRING);
    builder.trigger(Windowing.trigger(readMap(config.get("trigger"))));
    if (config.containsKey("allowedLatenessMs"))
      builder.allowedLateness(Duration.ofMillis(readLong(config.get("allowedLatenessMs"))));
    if (Boolean.TRUE.equals(config.get("sideOutputLateData"))) builder.sideOutputLateData(LATE);
    boolean list = "list".equals(config.get("fold"));
    if (config.containsKey("evictor")) builder.evictor(evictor(readMap(config.get("evictor"))));
    return list
        ? builder.process(new Tell<>())
        : builder.reduce(sum(), new Tell<>());
  }

  private static ReduceFunction<Tuple3<String, Long, Long>> sum() {
    return (a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, b.f2);
  }

  private static <W extends Window> Evictor<Object, W> evictor(Map<String, Object> evictor) {
    boolean after = (Boolean) evictor.get("doEvictAfter");
    return evictor.get("kind").equals("CountEvictor")
        ? CountEvictor.of(readInt(evictor.get("maxCount")), after)
        : TimeEvictor.of(Duration.ofMillis(readLong(evictor.get("windowSizeMs"))), after);
  }

  /** Tells which window fired with which values. */
  private static final class Tell<W extends Window>
      extends ProcessWindowFunction<Tuple3<String, Long, Long>, String, String, W> {
    @Override
    public void process(
        String key, Context context, Iterable<Tuple3<String, Long, Long>> elements, Collector<String> out) {
      List<Object> values = new ArrayList<>();
      for (Tuple3<String, Long, Long> element : elements) values.add(element.f1);
      Map<String, Object> told =
          context.window() instanceof TimeWindow window
              ? map("key", key, "startMs", window.getStart(), "endMs", window.getEnd())
              : map("key", key);
      out.collect(Json.print(with(told, "values", values)));
    }
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
