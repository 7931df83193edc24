package streamtable.flink.cases;

import static streamtable.flink.Json.map;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.Component;
import streamtable.flink.real.RealExponentialDelay;
import streamtable.flink.real.RealTwoPhaseCommit;

/** Transactions across checkpoints and crashes, and how long a failed job waits. */
public final class RestartCases {
  private static final String KEYS = "restart-strategy.exponential-delay.";

  private RestartCases() {}

  public static List<Case> all() {
    return List.of(
        transactions(
            "transactions-commit-with-the-notification",
            "What a checkpoint holds becomes visible with its notification; that of a later one covers the earlier.",
            write("42"),
            snapshot(0),
            write("43"),
            snapshot(1),
            write("44"),
            snapshot(2),
            complete(1),
            complete(2),
            complete(1)),
        transactions(
            "a-crash-before-the-notification",
            "Pre-committed transactions of a restored snapshot are committed at once; what was written after it is gone.",
            write("42"),
            snapshot(0),
            write("43"),
            snapshot(1),
            write("44"),
            restore(1),
            write("45"),
            snapshot(2),
            complete(2)),
        transactions(
            "a-crash-after-the-notification",
            "A restored sink commits again what was committed before, so a commit must be idempotent.",
            write("42"),
            snapshot(0),
            complete(0),
            write("43"),
            restore(0),
            write("43"),
            snapshot(1),
            complete(1)),
        delay(
            "failed-jobs-wait-longer-and-longer",
            "restart and what repeats",
            "Every failure multiplies the wait, up to the maximum; failures during the wait are one attempt.",
            delays(1000, 60000, 1.5, 3600000),
            fail(10000),
            fail(10500),
            fail(11000),
            fail(11001),
            fail(20000),
            fail(40000),
            fail(60000),
            fail(90000),
            fail(120000),
            fail(180000),
            fail(240000),
            fail(300000),
            fail(400000),
            fail(500000)),
        delay(
            "a-long-run-without-failure-resets-the-wait",
            "restart and what repeats",
            "When the job has run for the threshold since it was to restart, the wait begins small again.",
            delays(1000, 10000, 2, 30000),
            fail(100000),
            fail(110000),
            fail(120000),
            fail(153999),
            fail(191999),
            fail(222999)),
        delay(
            "refuses-a-wait-that-does-not-grow",
            "configuration mistakes",
            "The multiplier of the exponential delay must be greater than one.",
            delays(1000, 60000, 1, 3600000)),
        delay(
            "refuses-an-initial-wait-above-the-maximum",
            "configuration mistakes",
            "The first wait cannot be longer than the longest.",
            delays(5000, 1000, 1.5, 3600000)));
  }

  private static Case transactions(String name, String says, Object... script) {
    return manual(
        name, "transactions", says, "two-phase-commit", RealTwoPhaseCommit::open, map(), script);
  }

  private static Case delay(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return manual(name, topic, says, "exponential-delay", RealExponentialDelay::open, config, script);
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

  private static Map<String, Object> delays(
      long initialMs, long maxMs, Number multiplier, long thresholdMs) {
    return map(
        KEYS + "initial-backoff", initialMs,
        KEYS + "max-backoff", maxMs,
        KEYS + "backoff-multiplier", multiplier,
        KEYS + "reset-backoff-threshold", thresholdMs,
        KEYS + "jitter-factor", 0);
  }

  private static Map<String, Object> write(String value) {
    return map("write", value);
  }

  private static Map<String, Object> snapshot(int id) {
    return map("snapshot", id);
  }

  private static Map<String, Object> complete(int id) {
    return map("notify", id);
  }

  private static Map<String, Object> restore(int id) {
    return map("restore", id);
  }

  private static Map<String, Object> fail(long atMs) {
    return map("failAtMs", atMs);
  }
}
