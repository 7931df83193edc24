package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** What a log forgets, by age, by size and by key. */
public final class LogCases {
  private static final String TOPIC = "compaction, retention";
  private static final String RETENTION = "kafka/retention";
  private static final String CLEANER = "kafka/log-cleaner";
  private static final String CLEANABLE = "kafka/cleanable-range";

  private LogCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "retention-by-size-stays-above-the-limit",
            TOPIC,
            "A segment goes only if what is left is still as large as retention.bytes.",
            RETENTION,
            map("segment.bytes", 500, "retention.bytes", 1000, "retention.ms", -1),
            list(
                appends(15, 100, 0, 0),
                delete(15, 0),
                append(100, 0),
                delete(16, 0),
                append(499, 0),
                delete(17, 0))),
        Case.of(
            "retention-by-age-takes-the-active-segment-too",
            TOPIC,
            "Age is that of the newest record of a segment; when the active one is over age an empty one takes its place.",
            RETENTION,
            map("segment.bytes", 300, "retention.ms", 10_000),
            list(
                appends(3, 100, 0, 1000),
                appends(3, 100, 5000, 1000),
                appends(2, 100, 9000, 1000),
                delete(8, 12_000),
                delete(8, 12_001),
                delete(8, 17_001),
                delete(8, 30_000),
                append(100, 31_000))),
        Case.of(
            "retention-never-touches-what-is-not-committed",
            TOPIC,
            "Only segments that lie below the high watermark are deleted, however old they are.",
            RETENTION,
            map("segment.bytes", 200, "retention.ms", 1000),
            list(appends(6, 100, 0, 0), delete(0, 60_000), delete(3, 60_000), delete(5, 60_000), delete(6, 60_000))),
        Case.of(
            "retention-waits-for-one-future-timestamp",
            TOPIC,
            "One record with a timestamp of next week keeps its whole segment, and all segments after it.",
            RETENTION,
            map("segment.bytes", 300, "retention.ms", 1000, "segment.ms", 3_000_000_000L),
            list(
                appends(3, 100, 0, 0),
                append(100, 0),
                append(100, 700_000_000),
                append(100, 0),
                appends(3, 100, 0, 0),
                delete(9, 60_000),
                delete(9, 700_001_001)))
            .since(
                "Since 4.0 a broker refuses a timestamp that is more than an hour ahead of its clock.",
                "A record with a timestamp of next week is refused, so that it cannot keep its segment."),
        Case.of(
            "segments-roll-when-full-or-old",
            TOPIC,
            "A batch opens a new segment if it does not fit, or if the segment's first record is more than segment.ms older.",
            RETENTION,
            map("segment.bytes", 710, "segment.ms", 10_000, "retention.ms", -1),
            list(appends(11, 72, 0, 0), append(72, 10_000), append(72, 10_001), append(72, 5), append(72, 20_002))),
        Case.of(
            "retention-of-a-compacted-topic",
            TOPIC,
            "With cleanup.policy compact nothing is deleted by age; with compact,delete it is.",
            RETENTION,
            map("segment.bytes", 200, "retention.ms", 1000, "cleanup.policy", "compact"),
            list(appends(4, 100, 0, 0), delete(4, 60_000))),
        Case.of(
            "deleted-records-go-with-their-segment",
            TOPIC,
            "Records deleted on demand cannot be read from then on; their segment goes at the next check, whatever the"
                + " policy.",
            RETENTION,
            map("segment.bytes", 200, "retention.ms", -1, "cleanup.policy", "compact"),
            list(appends(6, 100, 0, 0), deleteRecords(1), delete(6, 0), deleteRecords(5), delete(6, 0),
                deleteRecords(6), delete(6, 0))),
        Case.of(
            "compaction-keeps-the-last-of-each-key",
            TOPIC,
            "Of each key the last record stays, at its offset; records without a key, from before the topic was compacted, go.",
            CLEANER,
            map(),
            list(
                put("a", "1"), put("b", "1"), put("a", "2"), put(null, "x"), put("c", "1"), put("b", "2"),
                map("call", "clean"),
                put("a", "3"), put(null, "y"), put("c", "2"),
                map("call", "clean"))),
        Case.of(
            "compaction-refuses-records-without-a-key",
            TOPIC,
            "A topic that is compacted takes no record without a key.",
            CLEANER,
            map("cleanup.policy", "compact"),
            list(put("a", "1"), put(null, "x"))),
        Case.of(
            "compaction-with-a-small-map",
            TOPIC,
            "A pass goes as far as the keys fit into the map, and the next pass goes on from there.",
            CLEANER,
            map("keysInMap", 2),
            list(
                put("a", "1"), put("b", "1"), put("a", "2"), put("c", "1"), put("b", "2"), put("a", "3"),
                map("call", "clean"),
                map("call", "clean"),
                map("call", "clean"),
                map("call", "clean"))),
        Case.of(
            "tombstones-live-for-a-while",
            TOPIC,
            "A deletion stays readable for delete.retention.ms after the first pass that saw it, and a later pass drops it.",
            CLEANER,
            map("delete.retention.ms", 1000),
            list(
                put("a", "1"), put("b", "1"), put("a", null),
                map("call", "clean", "nowMs", 5000),
                put("c", "1"),
                map("call", "clean", "nowMs", 5999),
                put("d", "1"),
                map("call", "clean", "nowMs", 6000),
                put("b", null), put("b", "2"),
                map("call", "clean", "nowMs", 7000))),
        Case.of(
            "the-active-segment-is-never-cleaned",
            TOPIC,
            "The cleaner may go up to the active segment and what is committed; how dirty a log is, is a share of bytes.",
            CLEANABLE,
            map("segment.bytes", 300),
            list(
                appends(8, 100, 0, 0),
                ask(8, 0, null),
                ask(4, 0, null),
                ask(8, 0, 3L),
                ask(8, 0, 6L),
                appends(4, 100, 0, 0),
                ask(12, 0, 6L),
                ask(12, 0, 100L))),
        Case.of(
            "young-records-are-not-cleaned",
            TOPIC,
            "A segment whose newest record is younger than min.compaction.lag.ms waits, and so does all that comes after it.",
            CLEANABLE,
            map("segment.bytes", 300, "min.compaction.lag.ms", 10_000),
            list(
                appends(3, 100, 0, 1000),
                appends(3, 100, 6000, 1000),
                appends(3, 100, 12_000, 1000),
                ask(9, 11_999, null),
                ask(9, 12_000, null),
                ask(9, 18_001, null),
                ask(9, 30_000, null))));
  }

  private static Map<String, Object> append(int bytes, long timestampMs) {
    return map("call", "append", "bytes", bytes, "timestampMs", timestampMs);
  }

  /** Batches of one record, each so much later than the one before it. */
  private static Map<String, Object> appends(int times, int bytes, long timestampMs, long everyMs) {
    Map<String, Object> step = append(bytes, timestampMs);
    step.put("times", times);
    step.put("everyMs", everyMs);
    return step;
  }

  private static Map<String, Object> delete(long highWatermark, long nowMs) {
    return map("call", "delete", "highWatermark", highWatermark, "nowMs", nowMs);
  }

  private static Map<String, Object> deleteRecords(long beforeOffset) {
    return map("call", "delete records", "beforeOffset", beforeOffset);
  }

  private static Map<String, Object> put(String key, String value) {
    return map("call", "append", "key", key, "value", value);
  }

  private static Map<String, Object> ask(long highWatermark, long nowMs, Long cleanedTo) {
    Map<String, Object> step = map("call", "ask", "highWatermark", highWatermark, "nowMs", nowMs);
    if (cleanedTo != null) step.put("cleanedTo", cleanedTo);
    return step;
  }
}
