package streamtable.flink.real;

import static streamtable.flink.Json.readLong;
import static streamtable.flink.Json.readMap;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.windowing.assigners.DynamicEventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.assigners.ProcessingTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingProcessingTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingProcessingTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousEventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousProcessingTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.ProcessingTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.Window;

/** Assigners and triggers by their names. */
final class Windowing {
  private Windowing() {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  static <W extends Window> WindowAssigner<Object, W> assigner(Map<String, Object> it) {
    WindowAssigner assigner =
        switch ((String) it.get("kind")) {
          case "TumblingEventTimeWindows" ->
              TumblingEventTimeWindows.of(time(it, "sizeMs"), time(it, "offsetMs"));
          case "TumblingProcessingTimeWindows" ->
              TumblingProcessingTimeWindows.of(time(it, "sizeMs"), time(it, "offsetMs"));
          case "SlidingEventTimeWindows" ->
              SlidingEventTimeWindows.of(
                  time(it, "sizeMs"), time(it, "slideMs"), time(it, "offsetMs"));
          case "SlidingProcessingTimeWindows" ->
              SlidingProcessingTimeWindows.of(
                  time(it, "sizeMs"), time(it, "slideMs"), time(it, "offsetMs"));
          case "EventTimeSessionWindows" -> EventTimeSessionWindows.withGap(time(it, "gapMs"));
          case "ProcessingTimeSessionWindows" ->
              ProcessingTimeSessionWindows.withGap(time(it, "gapMs"));
          case "DynamicEventTimeSessionWindows" ->
              DynamicEventTimeSessionWindows.withDynamicGap(
                  (Object element) -> ((Tuple3<String, Long, Long>) element).f2);
          case "GlobalWindows" -> GlobalWindows.create();
          default -> throw new IllegalStateException(it.toString());
        };
    return assigner;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static <W extends Window> Trigger<Object, W> trigger(Map<String, Object> it) {
    Trigger trigger =
        switch ((String) it.get("kind")) {
          case "EventTimeTrigger" -> EventTimeTrigger.create();
          case "ProcessingTimeTrigger" -> ProcessingTimeTrigger.create();
          case "CountTrigger" -> CountTrigger.of(readLong(it.get("maxCount")));
          case "ContinuousEventTimeTrigger" ->
              ContinuousEventTimeTrigger.of(time(it, "intervalMs"));
          case "ContinuousProcessingTimeTrigger" ->
              ContinuousProcessingTimeTrigger.of(time(it, "intervalMs"));
          case "PurgingTrigger" -> PurgingTrigger.of(trigger(readMap(it.get("nested"))));
          case "NeverTrigger" -> GlobalWindows.create().getDefaultTrigger();
          case "EndOfStreamTrigger" ->
              GlobalWindows.createWithEndOfStreamTrigger().getDefaultTrigger();
          default -> throw new IllegalStateException(it.toString());
        };
    return trigger;
  }

  private static Duration time(Map<String, Object> it, String name) {
    return Duration.ofMillis(readLong(it.get(name)));
  }
}
