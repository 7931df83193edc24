package streamtable.flink.cases;

import static streamtable.flink.Json.list;
import static streamtable.flink.Json.map;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.Component;
import streamtable.flink.real.RealSourceAlignment;
import streamtable.flink.real.RealSplitWatermarks;
import streamtable.flink.real.RealTimestampsAndWatermarks;
import streamtable.flink.real.RealTwoInputs;
import streamtable.flink.real.RealWatermarkGenerator;
import streamtable.flink.real.RealWatermarkValve;

/** Where watermarks come from, and how those of several inputs become one. */
public final class WatermarkCases {
  private static final String INPUTS = "watermarks of several inputs";
  private static final String IDLENESS = "idleness";

  private WatermarkCases() {}

  public static List<Case> all() {
    return List.of(
        generator(
            "bounded-out-of-orderness",
            "boundary records",
            "The watermark is the largest time less the bound and less one, since a record equal to the largest may still come.",
            map("outOfOrdernessMs", 10),
            map("tickAtMs", 200),
            map("eventMs", 1337),
            map("tickAtMs", 400),
            map("eventMs", 12345),
            map("eventMs", 12300),
            map("eventMs", 12280),
            map("tickAtMs", 600),
            map("tickAtMs", 800)),
        generator(
            "idle-a-tick-later-than-the-timeout",
            IDLENESS,
            "The idle clock starts at the first tick without a record, and idle is what strictly exceeds the timeout; once.",
            map("outOfOrdernessMs", 0, "idleTimeoutMs", 1000),
            map("eventMs", 7),
            map("tickAtMs", 200),
            map("tickAtMs", 400),
            map("tickAtMs", 1200),
            map("tickAtMs", 1400),
            map("tickAtMs", 1600),
            map("tickAtMs", 1800),
            map("eventMs", 5),
            map("tickAtMs", 2000),
            map("tickAtMs", 2200),
            map("tickAtMs", 3400)),
        generator(
            "refuses-a-negative-bound",
            "configuration mistakes",
            "Records cannot be out of order by a negative time.",
            map("outOfOrdernessMs", -1)),
        generator(
            "refuses-an-idle-timeout-of-zero",
            "configuration mistakes",
            "An idle timeout must be positive.",
            map("outOfOrdernessMs", 0, "idleTimeoutMs", 0)),
        assigning(
            "watermarks-come-with-the-tick-not-with-the-record",
            "late records",
            "Records that are behind still pass between two ticks; a watermark that would not grow is not sent.",
            map("outOfOrdernessMs", 10, "pipeline.auto-watermark-interval", 200),
            map("processingTimeMs", 200),
            map("recordMs", 100),
            map("recordMs", 95),
            map("processingTimeMs", 399),
            map("processingTimeMs", 400),
            map("recordMs", 90),
            map("processingTimeMs", 600),
            map("recordMs", 200),
            map("processingTimeMs", 1500),
            map("processingTimeMs", 1699),
            map("recordMs", 300),
            map("processingTimeMs", 1700)),
        assigning(
            "watermarks-from-upstream-are-ignored",
            INPUTS,
            "assignTimestampsAndWatermarks in mid-stream swallows watermarks and statuses from upstream, but for the end of time.",
            map("outOfOrdernessMs", 0, "pipeline.auto-watermark-interval", 200),
            map("recordMs", 5),
            map("upstreamWatermarkMs", 1000),
            map("upstreamStatus", "IDLE"),
            map("processingTimeMs", 200),
            map("upstreamWatermarkMs", "Long.MAX_VALUE"),
            map("recordMs", 2000),
            map("processingTimeMs", 400)),
        assigning(
            "active-only-with-a-watermark-that-grows",
            IDLENESS,
            "A stream that was idle counts as active again only when its watermark advances; records pass meanwhile.",
            map("outOfOrdernessMs", 0, "idleTimeoutMs", 300, "pipeline.auto-watermark-interval", 200),
            map("recordMs", 50),
            map("processingTimeMs", 200),
            map("processingTimeMs", 400),
            map("processingTimeMs", 600),
            map("processingTimeMs", 800),
            map("recordMs", 40),
            map("processingTimeMs", 1000),
            map("recordMs", 60),
            map("processingTimeMs", 1200)),
        valve(
            "the-slowest-channel-decides",
            INPUTS,
            "One input's watermark is the smallest of its channels, and moves only when the slowest does.",
            3,
            watermark(0, 0),
            watermark(1, 0),
            watermark(2, 0),
            watermark(0, 12),
            watermark(2, 8),
            watermark(2, 10),
            watermark(1, 15),
            watermark(2, 17),
            watermark(2, 16),
            watermark(0, 20),
            watermark(0, "Long.MAX_VALUE"),
            watermark(1, 30),
            watermark(2, "Long.MAX_VALUE"),
            watermark(1, "Long.MAX_VALUE")),
        valve(
            "the-slowest-channel-falls-idle",
            IDLENESS,
            "When the channel that held time back falls idle, time moves on at once to the next slowest.",
            3,
            watermark(0, 25),
            watermark(1, 10),
            watermark(2, 17),
            status(1, "IDLE"),
            status(2, "IDLE"),
            watermark(1, 99),
            status(2, "ACTIVE"),
            watermark(2, 30),
            watermark(0, 28)),
        valve(
            "all-channels-fall-idle",
            IDLENESS,
            "When the last channel falls idle, and it had held time back, the furthest watermark of all goes on before IDLE.",
            3,
            watermark(0, 10),
            watermark(1, 5),
            watermark(2, 3),
            status(0, "IDLE"),
            status(1, "IDLE"),
            status(2, "IDLE")),
        valve(
            "no-flush-if-the-last-channel-was-ahead",
            IDLENESS,
            "If the last channel to fall idle was ahead of what went on, its watermark is not flushed.",
            2,
            watermark(0, 10),
            watermark(1, 5),
            status(1, "IDLE"),
            watermark(0, 20),
            status(0, "IDLE"),
            status(1, "ACTIVE"),
            watermark(1, 15),
            watermark(1, 25)),
        valve(
            "a-returning-channel-must-catch-up",
            INPUTS,
            "A channel that comes back with an old watermark does not count until it has caught up.",
            3,
            watermark(0, 10),
            watermark(1, 7),
            watermark(2, 3),
            status(2, "IDLE"),
            status(2, "ACTIVE"),
            watermark(2, 5),
            watermark(2, 9),
            watermark(1, 12)),
        inputs(
            "an-operator-with-two-inputs",
            INPUTS,
            "Two inputs: the smaller watermark; idle inputs do not count, and an input that comes back holds time where it is.",
            watermarkOf(0, 10),
            watermarkOf(1, 5),
            statusOf(0, "IDLE"),
            watermarkOf(1, 20),
            watermarkOf(0, 12),
            watermarkOf(1, 30),
            watermarkOf(0, 25)),
        inputs(
            "two-inputs-fall-idle",
            IDLENESS,
            "When both inputs are idle the operator is idle, and unlike the valve it flushes nothing.",
            watermarkOf(0, 10),
            watermarkOf(1, 5),
            statusOf(1, "IDLE"),
            watermarkOf(0, 11),
            statusOf(0, "IDLE"),
            statusOf(1, "ACTIVE"),
            watermarkOf(1, 8),
            watermarkOf(1, 30),
            statusOf(0, "ACTIVE"),
            watermarkOf(0, 40)),
        inputs(
            "the-last-idle-input-was-behind",
            IDLENESS,
            "Which of two inputs falls idle last decides how far time gets.",
            watermarkOf(0, 10),
            watermarkOf(1, 5),
            statusOf(0, "IDLE"),
            statusOf(1, "IDLE"),
            statusOf(0, "ACTIVE"))
            .since(
                "Since Flink 2 the furthest watermark goes on when all inputs are idle, as in the valve.",
                "Whichever of two inputs falls idle last, the furthest watermark goes on when both are idle."),
        inputs(
            "a-watermark-wakes-an-idle-input",
            "derived, racy or recalled",
            "A watermark on an idle input makes it count again, without a word downstream; its ACTIVE is then no news.",
            watermarkOf(0, 5),
            watermarkOf(1, 5),
            statusOf(0, "IDLE"),
            statusOf(1, "IDLE"),
            watermarkOf(0, 12),
            statusOf(0, "ACTIVE"),
            statusOf(0, "IDLE"),
            watermarkOf(1, 20)),
        splits(
            "splits-of-a-reader",
            INPUTS,
            "A reader's watermark is the smallest of its splits; deferred ones are combined at the tick.",
            map("register", "a"),
            map("register", "b"),
            split("a", 0),
            map("combine", true),
            split("b", 1),
            map("combine", true),
            split("a", 7),
            split("b", 5),
            split("b", 3),
            map("combine", true),
            map("combine", true)),
        splits(
            "splits-that-emit-at-once",
            INPUTS,
            "An immediate output moves the reader's watermark with the very update that lets it grow.",
            map("register", "a"),
            map("register", "b"),
            splitAtOnce("a", 2),
            splitAtOnce("b", 5),
            map("split", "a", "idle", true, "immediate", true),
            splitAtOnce("a", 3),
            splitAtOnce("a", 6),
            splitAtOnce("b", 9)),
        splits(
            "the-slowest-split-is-taken-away",
            INPUTS,
            "When the slowest split goes, time moves on only with the next update.",
            map("register", "a"),
            map("register", "b"),
            split("a", 1),
            split("b", 9),
            map("combine", true),
            map("unregister", "a"),
            map("combine", true),
            map("register", "c"),
            map("combine", true),
            split("c", 4),
            map("combine", true),
            split("c", 12),
            map("combine", true)),
        splits(
            "all-splits-fall-idle",
            IDLENESS,
            "A reader all of whose splits are idle is idle, and says so at every tick.",
            map("register", "a"),
            map("register", "b"),
            split("a", 5),
            split("b", 4),
            map("combine", true),
            map("split", "a", "idle", true),
            map("split", "b", "idle", true),
            map("combine", true),
            map("combine", true),
            split("b", 4),
            map("combine", true),
            split("b", 6),
            map("combine", true))
            .since("Since Flink 2 the furthest watermark of the splits goes on when all of them are idle."),
        aligned(
            "sources-wait-for-the-slowest",
            INPUTS,
            "Watermark alignment: a reader further ahead of the slowest than the drift waits; exactly at the limit it goes on.",
            300,
            map("readersMs", list(700, 1001, 1000)),
            map("readersMs", list(701, 1001, 1000)),
            map("readersMs", list(5000, 701, 900))),
        aligned(
            "a-lone-source-never-waits",
            INPUTS,
            "A group of one is never ahead of itself, even without any drift.",
            0,
            map("readersMs", list(700)),
            map("readersMs", list(700, 700)),
            map("readersMs", list(700, 701))));
  }

  private static Case generator(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return manual(
        name, topic, says, "watermark-generator", RealWatermarkGenerator::open, config, script);
  }

  private static Case assigning(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return manual(
        name,
        topic,
        says,
        "timestamps-and-watermarks",
        RealTimestampsAndWatermarks::open,
        config,
        script);
  }

  private static Case valve(
      String name, String topic, String says, int channels, Object... script) {
    return manual(
        name,
        topic,
        says,
        "watermark-valve",
        RealWatermarkValve::open,
        map("channels", channels),
        script);
  }

  private static Case inputs(String name, String topic, String says, Object... script) {
    return manual(
        name, topic, says, "combined-watermark", RealTwoInputs::open, map("inputs", 2), script);
  }

  private static Case splits(String name, String topic, String says, Object... script) {
    return manual(
        name, topic, says, "split-watermarks", RealSplitWatermarks::open, map(), script);
  }

  private static Case aligned(
      String name, String topic, String says, long maxDriftMs, Object... script) {
    return manual(
        name,
        topic,
        says,
        "source-alignment",
        RealSourceAlignment::open,
        map("maxDriftMs", maxDriftMs),
        script);
  }

  private static Case manual(
      String name,
      String topic,
      String says,
      String component,
      Component.Opener opener,
      Map<String, Object> config,
      Object... script) {
    return new Case(
        name, topic, says, "manual", "flink/" + component, opener, config, List.of(script));
  }

  private static Map<String, Object> watermark(int channel, Object watermarkMs) {
    return map("channel", channel, "watermarkMs", watermarkMs);
  }

  private static Map<String, Object> status(int channel, String status) {
    return map("channel", channel, "status", status);
  }

  private static Map<String, Object> watermarkOf(int input, long watermarkMs) {
    return map("input", input, "watermarkMs", watermarkMs);
  }

  private static Map<String, Object> statusOf(int input, String status) {
    return map("input", input, "status", status);
  }

  private static Map<String, Object> split(String split, long watermarkMs) {
    return map("split", split, "watermarkMs", watermarkMs);
  }

  private static Map<String, Object> splitAtOnce(String split, long watermarkMs) {
    return map("split", split, "watermarkMs", watermarkMs, "immediate", true);
  }
}
