package streamtable.flink.cases;

import static streamtable.flink.cases.Windows.*;

import java.util.List;
import streamtable.flink.Case;

/** What a restored window operator still knows, and what it does again. */
public final class WindowRestartCases {
  private static final String TOPIC = "restart and what repeats";

  private WindowRestartCases() {}

  public static List<Case> all() {
    return List.of(
        windowCase(
            "the-watermark-is-not-in-the-snapshot",
            TOPIC,
            "A restored operator knows no watermark: a record that was late is taken, and its window fires a second time.",
            tumbling(10, 0),
            element("k", 1, 1),
            watermark(9),
            element("k", 2, 5),
            element("k", 4, 12),
            restore(),
            element("k", 8, 5),
            watermark(9),
            watermark(19)),
        windowCase(
            "sliding-windows-after-a-restore",
            TOPIC,
            "Open windows come back with what they held.",
            sliding(3000, 1000, 0),
            element("k1", 1, 999),
            element("k1", 2, 1500),
            watermark(999),
            restore(),
            element("k1", 4, 2500),
            watermark(1999),
            watermark(2999),
            watermark(4999)),
        windowCase(
            "overdue-timers-after-a-restore",
            TOPIC,
            "A window by the clock that ended while the job was down fires at the first look at the clock, with its old bounds.",
            tumblingProcessingTime(10),
            processingTime(1),
            element("k", 1, 0),
            restore(),
            processingTime(50),
            element("k", 2, 0),
            processingTime(59)),
        windowCase(
            "the-state-of-triggers-is-restored",
            TOPIC,
            "A count trigger goes on counting where the snapshot left it.",
            global(purging(count(3))),
            element("k", 1, 0),
            element("k", 2, 0),
            restore(),
            element("k", 4, 0)));
  }
}
