package streamtable.flink.cases;

import static streamtable.flink.cases.Windows.*;

import java.util.List;
import streamtable.flink.Case;

/** What the window operator is not told to do, and how it says so. */
public final class WindowRefusalCases {
  private static final String VALIDATION = "interval validation and its exact messages";
  private static final String MISTAKES = "configuration mistakes";

  private WindowRefusalCases() {}

  public static List<Case> all() {
    return List.of(
        windowCase(
            "refuses-an-offset-as-long-as-the-window",
            VALIDATION,
            "The offset of tumbling windows must be shorter than the window.",
            tumbling(10, 10)),
        windowCase(
            "refuses-an-offset-as-long-as-the-slide",
            VALIDATION,
            "The offset of sliding windows must be shorter than the slide, not than the window.",
            sliding(10, 5, -5)),
        windowCase(
            "refuses-a-window-of-no-length",
            VALIDATION,
            "A size of zero is refused by the same sentence as a wrong offset.",
            sliding(0, 5, 0)),
        windowCase(
            "refuses-a-session-gap-of-zero",
            VALIDATION,
            "A session gap must be positive.",
            sessions(0)),
        windowCase(
            "slide-need-not-divide-the-window",
            VALIDATION,
            "Flink does not ask that the slide divides the window: records are in one or two windows by turns.",
            sliding(6, 4, 0),
            element("k", 1, 1),
            element("k", 2, 3),
            element("k", 4, 5),
            watermark(1),
            watermark(5),
            watermark(9)),
        windowCase(
            "refuses-a-dynamic-gap-of-zero",
            VALIDATION,
            "A gap that an element brings is looked at when the element comes, and fails the job then.",
            dynamicSessions(),
            elementWithGap("k", 1, 10, 5),
            elementWithGap("k", 2, 12, 0)),
        windowCase(
            "refuses-negative-lateness",
            MISTAKES,
            "The allowed lateness may be zero but not negative.",
            allowing(tumbling(10, 0), -1)),
        windowCase(
            "refuses-sessions-with-a-trigger-that-cannot-merge",
            MISTAKES,
            "Session windows need a trigger whose state can be merged.",
            triggeredBy(sessions(10), never())),
        windowCase(
            "fails-on-a-record-without-timestamp",
            MISTAKES,
            "Event-time windows without assignTimestampsAndWatermarks fail the job at the first record.",
            tumbling(10, 0),
            element("k", 1, "Long.MIN_VALUE"))
            .since("Flink 2 has no time characteristic any more, and does not ask for one."),
        windowCase(
            "event-time-trigger-on-processing-time-windows",
            MISTAKES,
            "Nothing stops a program from waiting for watermarks in windows by the clock: they are forgotten before they fire.",
            triggeredBy(tumblingProcessingTime(10), eventTime()),
            processingTime(3),
            element("k", 1, 5),
            watermark(8),
            processingTime(9),
            watermark(9)));
  }
}
