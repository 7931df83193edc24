package streamtable.flink.cases;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.with;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.real.RealJob;

/** What a failing job shows outside: at once, and in transactions. */
public final class JobCases {
  private JobCases() {}

  public static List<Case> all() {
    return List.of(
        job(
            "what-repeats-after-a-failure",
            "Results since the last checkpoint are shown again, though the counts in the state are exact.",
            restarting(),
            record("a"),
            record("a"),
            checkpoint(),
            record("b"),
            record("a"),
            failing("a"),
            record("b"),
            checkpoint()),
        job(
            "a-failure-before-the-first-checkpoint",
            "Without a completed checkpoint the job begins anew, and shows everything again.",
            restarting(),
            record("a"),
            record("b"),
            failing("a"),
            checkpoint(),
            failing("b"),
            failing("b")),
        job(
            "transactions-hide-what-repeats",
            "A transactional sink shows results only with a checkpoint, and nothing of an attempt that failed in between.",
            restarting(),
            record("a"),
            checkpoint(),
            record("a"),
            failing("a"),
            checkpoint(),
            failing("b"),
            checkpoint()),
        job(
            "without-checkpointing-nothing-is-restarted",
            "Without checkpointing there is no restart strategy: the first failure fails the job.",
            map(),
            record("a"),
            failing("a")));
  }

  private static Case job(
      String name, String says, Map<String, Object> config, Object... script) {
    return new Case(
        name,
        "restart and what repeats",
        says,
        "real",
        "flink/job",
        RealJob::open,
        config,
        List.of(script));
  }

  /** Checkpoints come when the script asks for them, and a failed job restarts at once. */
  private static Map<String, Object> restarting() {
    Map<String, Object> onlyWhenAsked =
        map("execution.checkpointing.interval", "10 d", "execution.checkpointing.min-pause", "10 d");
    return with(
        onlyWhenAsked,
        "restart-strategy.type", "fixed-delay",
        "restart-strategy.fixed-delay.attempts", 10,
        "restart-strategy.fixed-delay.delay", "0 s");
  }

  private static Map<String, Object> record(String record) {
    return map("record", record);
  }

  private static Map<String, Object> failing(String record) {
    return map("record", record, "fails", true);
  }

  private static Map<String, Object> checkpoint() {
    return map("checkpoint", true);
  }
}
