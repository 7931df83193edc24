package streamtable.flink.cases;

import static streamtable.flink.Json.list;
import static streamtable.flink.Json.map;
import static streamtable.flink.Json.with;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.real.RealWindowOperator;

/** The words in which cases about windows are written. */
final class Windows {
  private Windows() {}

  static Case windowCase(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return new Case(
        name,
        topic,
        says,
        "manual",
        "flink/window-operator",
        RealWindowOperator::open,
        config,
        List.of(script));
  }

  static Map<String, Object> windows(Map<String, Object> assigner, Map<String, Object> trigger) {
    return map("assigner", assigner, "trigger", trigger);
  }

  static Map<String, Object> tumbling(long sizeMs, long offsetMs) {
    return windows(
        map("kind", "TumblingEventTimeWindows", "sizeMs", sizeMs, "offsetMs", offsetMs),
        eventTime());
  }

  static Map<String, Object> tumblingProcessingTime(long sizeMs) {
    return windows(
        map("kind", "TumblingProcessingTimeWindows", "sizeMs", sizeMs, "offsetMs", 0),
        map("kind", "ProcessingTimeTrigger"));
  }

  static Map<String, Object> sliding(long sizeMs, long slideMs, long offsetMs) {
    return windows(
        map(
            "kind", "SlidingEventTimeWindows",
            "sizeMs", sizeMs,
            "slideMs", slideMs,
            "offsetMs", offsetMs),
        eventTime());
  }

  static Map<String, Object> slidingProcessingTime(long sizeMs, long slideMs) {
    return windows(
        map(
            "kind", "SlidingProcessingTimeWindows",
            "sizeMs", sizeMs,
            "slideMs", slideMs,
            "offsetMs", 0),
        map("kind", "ProcessingTimeTrigger"));
  }

  static Map<String, Object> sessions(long gapMs) {
    return windows(map("kind", "EventTimeSessionWindows", "gapMs", gapMs), eventTime());
  }

  static Map<String, Object> processingTimeSessions(long gapMs) {
    return windows(
        map("kind", "ProcessingTimeSessionWindows", "gapMs", gapMs),
        map("kind", "ProcessingTimeTrigger"));
  }

  static Map<String, Object> dynamicSessions() {
    return windows(map("kind", "DynamicEventTimeSessionWindows"), eventTime());
  }

  static Map<String, Object> global(Map<String, Object> trigger) {
    return windows(map("kind", "GlobalWindows"), trigger);
  }

  static Map<String, Object> triggeredBy(Map<String, Object> config, Map<String, Object> trigger) {
    return with(config, "trigger", trigger);
  }

  static Map<String, Object> allowing(Map<String, Object> config, long latenessMs) {
    return with(config, "allowedLatenessMs", latenessMs);
  }

  static Map<String, Object> withSideOutput(Map<String, Object> config) {
    return with(config, "sideOutputLateData", true);
  }

  /** With every element kept, as {@code process} and evictors need. */
  static Map<String, Object> listing(Map<String, Object> config) {
    return with(config, "fold", "list");
  }

  static Map<String, Object> evicting(Map<String, Object> config, Map<String, Object> evictor) {
    return with(config, "evictor", evictor);
  }

  static Map<String, Object> lastOf(long maxCount, boolean doEvictAfter) {
    return map("kind", "CountEvictor", "maxCount", maxCount, "doEvictAfter", doEvictAfter);
  }

  static Map<String, Object> within(long windowSizeMs, boolean doEvictAfter) {
    return map("kind", "TimeEvictor", "windowSizeMs", windowSizeMs, "doEvictAfter", doEvictAfter);
  }

  static Map<String, Object> never() {
    return map("kind", "NeverTrigger");
  }

  static Map<String, Object> endOfStream() {
    return map("kind", "EndOfStreamTrigger");
  }

  static Map<String, Object> eventTime() {
    return map("kind", "EventTimeTrigger");
  }

  static Map<String, Object> count(long maxCount) {
    return map("kind", "CountTrigger", "maxCount", maxCount);
  }

  static Map<String, Object> continuously(long intervalMs) {
    return map("kind", "ContinuousEventTimeTrigger", "intervalMs", intervalMs);
  }

  static Map<String, Object> continuouslyInProcessingTime(long intervalMs) {
    return map("kind", "ContinuousProcessingTimeTrigger", "intervalMs", intervalMs);
  }

  static Map<String, Object> purging(Map<String, Object> nested) {
    return map("kind", "PurgingTrigger", "nested", nested);
  }

  static Map<String, Object> element(String key, long value, Object timestampMs) {
    return map("element", map("key", key, "value", value, "timestampMs", timestampMs));
  }

  static Map<String, Object> elementWithGap(String key, long value, long timestampMs, long gapMs) {
    return map(
        "element", map("key", key, "value", value, "timestampMs", timestampMs, "gapMs", gapMs));
  }

  static Map<String, Object> watermark(Object watermarkMs) {
    return map("watermarkMs", watermarkMs);
  }

  static Map<String, Object> processingTime(long processingTimeMs) {
    return map("processingTimeMs", processingTimeMs);
  }

  static Map<String, Object> restore() {
    return map("restore", true);
  }
}
