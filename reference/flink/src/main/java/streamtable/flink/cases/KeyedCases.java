package streamtable.flink.cases;

import static streamtable.flink.Json.map;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.Component;
import streamtable.flink.real.RealIntervalJoin;
import streamtable.flink.real.RealKeyGroups;

/** Keys and the subtasks that own them; the interval join of keyed streams. */
public final class KeyedCases {
  private static final String PARTITIONING = "keyed and null-key partitioning";

  private KeyedCases() {}

  public static List<Case> all() {
    return List.of(
        keys(
            "few-keys-may-all-land-on-one-subtask",
            PARTITIONING,
            "A key's hash chooses its key group, and the subtask owns a range of groups: three of these keys meet at one.",
            map("parallelism", 4),
            key("a"),
            key("b"),
            key("c"),
            key("key1"),
            key("key2"),
            key("user-1"),
            key(""),
            key("Zürich"),
            key("日本")),
        keys(
            "ranges-of-key-groups-that-do-not-divide",
            PARTITIONING,
            "When the parallelism does not divide the key groups, some subtasks own one more than others.",
            map("parallelism", 3, "maxParallelism", 10),
            key("a"),
            key("b"),
            key("c"),
            key("d"),
            key("e"),
            key("f")),
        keys(
            "default-max-parallelism",
            PARTITIONING,
            "If it is not set, the number of key groups is one and a half times the parallelism rounded up to a power of two.",
            map("parallelism", 1),
            map("defaultFor", 1),
            map("defaultFor", 85),
            map("defaultFor", 86),
            map("defaultFor", 170),
            map("defaultFor", 171),
            map("defaultFor", 1000),
            map("defaultFor", 21845),
            map("defaultFor", 30000)),
        keys(
            "a-null-key-fails-the-job",
            PARTITIONING,
            "keyBy has no place for a null key, unlike Kafka's partitioner: the job fails.",
            map("parallelism", 2),
            key("a"),
            key(null)),
        keys(
            "rescaling-moves-whole-key-groups",
            "restart and what repeats",
            "A job restored with another parallelism finds each key's state at the subtask that now owns its key group.",
            map("parallelism", 2, "maxParallelism", 8),
            key("a"),
            key("b"),
            key("c"),
            key("d"),
            key("e"),
            key("f"),
            key("g"),
            map("rescaleTo", 3),
            key("a"),
            key("h"),
            map("rescaleTo", 1),
            map("rescaleTo", 8)),
        keys(
            "refuses-more-subtasks-than-key-groups",
            "configuration mistakes",
            "A job cannot have more subtasks than key groups, so the max parallelism bounds every later rescaling.",
            map("parallelism", 129, "maxParallelism", 128)),
        join(
            "interval-join-within-bounds",
            "boundary records",
            "Both bounds belong to the interval, and the result carries the later of both times.",
            map("lowerBoundMs", -2, "upperBoundMs", 1),
            left(1, 10),
            right(2, 8),
            right(3, 7),
            right(4, 11),
            right(5, 12),
            left(6, 9),
            other("left", 7, 10)),
        join(
            "interval-join-with-exclusive-bounds",
            "boundary records",
            "Exclusive bounds tighten the interval by a millisecond, also where it decides how long a side is kept.",
            map("lowerBoundMs", -2, "upperBoundMs", 2, "lowerInclusive", false, "upperInclusive", false),
            left(1, 10),
            right(2, 8),
            right(3, 9),
            right(4, 12),
            map("watermarkMs", 10),
            right(5, 11),
            map("watermarkMs", 11),
            right(6, 11),
            left(7, 13),
            map("watermarkMs", 13),
            right(8, 13)),
        join(
            "interval-join-late-records",
            "late records",
            "In an interval join late is what is strictly older than the watermark, unlike in windows.",
            map("lowerBoundMs", -2, "upperBoundMs", 1, "sideOutputLateData", true),
            left(1, 10),
            right(2, 11),
            map("watermarkMs", 10),
            left(3, 9),
            left(4, 10),
            right(5, 10),
            map("watermarkMs", 11),
            right(6, 11),
            left(7, 12)),
        join(
            "interval-join-drops-late-records-silently",
            "late records",
            "Without a tag for late data nobody is told of late records, and nothing counts them.",
            map("lowerBoundMs", -5, "upperBoundMs", 5),
            left(1, 10),
            map("watermarkMs", 12),
            right(2, 11),
            right(3, 12)),
        join(
            "interval-join-partners-in-hash-order",
            "derived, racy or recalled",
            "A record meets its partners in the order of a hash map of their times, not in the order of time.",
            map("lowerBoundMs", -100, "upperBoundMs", 100),
            right(1, 5),
            right(2, 20),
            right(3, 36),
            right(4, 7),
            right(5, 20),
            left(6, 10)),
        join(
            "refuses-an-interval-upside-down",
            "configuration mistakes",
            "The lower bound must not be above the upper one.",
            map("lowerBoundMs", 2, "upperBoundMs", 1)),
        join(
            "interval-join-needs-timestamps",
            "configuration mistakes",
            "An interval join of records without timestamps fails the job.",
            map("lowerBoundMs", -1, "upperBoundMs", 1),
            map("side", "left", "key", "k", "value", 1, "timestampMs", "Long.MIN_VALUE")));
  }

  private static Case keys(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return keyed(name, topic, says, "key-groups", RealKeyGroups::open, config, script);
  }

  private static Case join(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return keyed(name, topic, says, "interval-join", RealIntervalJoin::open, config, script);
  }

  private static Case keyed(
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

  private static Map<String, Object> key(String key) {
    return map("key", key);
  }

  private static Map<String, Object> left(long value, long timestampMs) {
    return map("side", "left", "key", "k", "value", value, "timestampMs", timestampMs);
  }

  private static Map<String, Object> right(long value, long timestampMs) {
    return map("side", "right", "key", "k", "value", value, "timestampMs", timestampMs);
  }

  private static Map<String, Object> other(String side, long value, long timestampMs) {
    return map("side", side, "key", "other", "value", value, "timestampMs", timestampMs);
  }
}
