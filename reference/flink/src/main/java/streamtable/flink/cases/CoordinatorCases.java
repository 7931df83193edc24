package streamtable.flink.cases;

import static streamtable.flink.Json.list;
import static streamtable.flink.Json.map;
import static streamtable.flink.Json.with;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.real.RealCheckpointCoordinator;

/** When checkpoints are triggered, when they are complete, and when they fail the job. */
public final class CoordinatorCases {
  private static final String KEYS = "execution.checkpointing.";
  private static final String MISTAKES = "configuration mistakes";
  private static final String RECALLED = "derived, racy or recalled";

  private CoordinatorCases() {}

  public static List<Case> all() {
    return List.of(
        coordinator(
            "a-checkpoint-in-flight-makes-the-next-wait",
            RECALLED,
            "With one checkpoint at a time the next request waits in a queue, and runs as soon as the first is complete.",
            every(1000),
            start(300),
            clock(299),
            clock(300),
            acknowledge(1, "a"),
            clock(1300),
            clock(2300),
            acknowledge(1, "b"),
            acknowledge(2, "a"),
            acknowledge(2, "b"),
            clock(3300)),
        coordinator(
            "a-pause-between-checkpoints",
            RECALLED,
            "A request within the pause is dropped, and the timer set to the pause's end, from which the interval then counts.",
            with(every(1000), KEYS + "min-pause", 600),
            start(1000),
            clock(1000),
            acknowledge(1, "a"),
            clock(1700),
            acknowledge(1, "b"),
            clock(2000),
            clock(2300),
            acknowledge(2, "a"),
            acknowledge(2, "b"),
            clock(3300)),
        coordinator(
            "a-pause-longer-than-the-interval",
            RECALLED,
            "A pause that is longer than the interval stretches the interval.",
            with(every(1000), KEYS + "min-pause", 2500),
            start(2500),
            clock(2500),
            acknowledge(1, "a"),
            acknowledge(1, "b"),
            clock(4999),
            clock(5000)),
        coordinator(
            "a-newer-checkpoint-subsumes-the-older",
            RECALLED,
            "When a newer checkpoint is complete, older pending ones are given up; their late acknowledgements do nothing.",
            with(every(1000), KEYS + "max-concurrent-checkpoints", 2),
            start(1000),
            clock(1000),
            clock(2000),
            acknowledge(1, "a"),
            acknowledge(2, "a"),
            acknowledge(2, "b"),
            acknowledge(1, "b"),
            clock(3000)),
        coordinator(
            "savepoints-stand-apart",
            RECALLED,
            "A savepoint needs no free slot, keeps no pause, is not subsumed by a checkpoint and subsumes none.",
            with(every(1000), KEYS + "min-pause", 500),
            start(1000),
            clock(1000),
            savepoint(),
            acknowledge(1, "a"),
            acknowledge(1, "b"),
            savepoint(),
            acknowledge(3, "a"),
            acknowledge(3, "b"),
            clock(2000),
            acknowledge(2, "a"),
            acknowledge(2, "b"),
            clock(2500)),
        coordinator(
            "savepoints-wait-with-unaligned-checkpoints",
            RECALLED,
            "With unaligned checkpoints a savepoint waits for a free slot, but ahead of every periodic request.",
            with(every(1000), KEYS + "unaligned.enabled", true),
            start(1000),
            clock(1000),
            clock(2000),
            savepoint(),
            acknowledge(1, "a"),
            acknowledge(1, "b"),
            acknowledge(2, "a"),
            acknowledge(2, "b")),
        coordinator(
            "an-expired-checkpoint-fails-the-job",
            "restart and what repeats",
            "By default no failed checkpoint is tolerated: one that expires fails the job.",
            with(every(1000), KEYS + "timeout", 700),
            start(1000),
            clock(1000),
            acknowledge(1, "a"),
            clock(1699),
            clock(1700),
            acknowledge(1, "b"),
            clock(2000)),
        coordinator(
            "tolerated-failures-must-not-follow-each-other",
            "restart and what repeats",
            "Only consecutive failures count, and only some reasons; a checkpoint that completes begins the count anew.",
            with(every(1000), KEYS + "tolerable-failed-checkpoints", 1),
            start(1000),
            clock(1000),
            decline(1, "a", "CHECKPOINT_DECLINED"),
            clock(2000),
            acknowledge(2, "a"),
            acknowledge(2, "b"),
            clock(3000),
            decline(3, "b", "CHECKPOINT_ASYNC_EXCEPTION"),
            clock(4000),
            decline(4, "b", "CHECKPOINT_DECLINED_TASK_NOT_READY"),
            clock(5000),
            decline(5, "a", "CHECKPOINT_DECLINED_SUBSUMED"),
            clock(6000),
            decline(6, "a", "IO_EXCEPTION")),
        coordinator(
            "failed-savepoints",
            "restart and what repeats",
            "A savepoint that expires fails no job, but one that a task declines counts, unless a later checkpoint succeeded.",
            with(every(1000), KEYS + "timeout", 1500, KEYS + "max-concurrent-checkpoints", 3),
            start(1000),
            savepoint(),
            clock(900),
            savepoint(),
            clock(1000),
            acknowledge(3, "a"),
            acknowledge(3, "b"),
            decline(2, "a", "CHECKPOINT_DECLINED"),
            clock(1500),
            savepoint(),
            decline(4, "a", "CHECKPOINT_DECLINED")),
        coordinator(
            "stopping-the-scheduler-aborts-what-is-pending",
            "restart and what repeats",
            "When the job stops running, pending and queued checkpoints are aborted; ids go on growing afterwards.",
            every(1000),
            start(1000),
            clock(2500),
            map("stop", true),
            clock(3500),
            start(4000),
            clock(4000)),
        coordinator(
            "refuses-an-interval-below-ten",
            MISTAKES,
            "Checkpoints cannot be closer together than ten milliseconds.",
            every(9)),
        coordinator(
            "refuses-a-timeout-below-ten",
            MISTAKES,
            "A checkpoint must have at least ten milliseconds.",
            with(every(1000), KEYS + "timeout", 9)),
        coordinator(
            "refuses-a-negative-pause",
            MISTAKES,
            "The pause between checkpoints cannot be negative.",
            with(every(1000), KEYS + "min-pause", -1)),
        coordinator(
            "refuses-no-concurrent-checkpoint",
            MISTAKES,
            "At least one checkpoint must be allowed at a time.",
            with(every(1000), KEYS + "max-concurrent-checkpoints", 0)),
        coordinator(
            "refuses-concurrent-unaligned-checkpoints",
            MISTAKES,
            "Unaligned checkpoints must come one at a time.",
            with(every(1000), KEYS + "max-concurrent-checkpoints", 2, KEYS + "unaligned.enabled", true)),
        coordinator(
            "refuses-to-tolerate-fewer-than-no-failures",
            MISTAKES,
            "The number of tolerated failures cannot be negative.",
            with(every(1000), KEYS + "tolerable-failed-checkpoints", -1)));
  }

  private static Case coordinator(
      String name, String topic, String says, Map<String, Object> config, Object... script) {
    return new Case(
        name,
        topic,
        says,
        "manual",
        "flink/checkpoint-coordinator",
        RealCheckpointCoordinator::open,
        config,
        List.of(script));
  }

  private static Map<String, Object> every(long intervalMs) {
    return map("tasks", list("a", "b"), KEYS + "interval", intervalMs);
  }

  private static Map<String, Object> start(long firstTriggerMs) {
    return map("firstTriggerMs", firstTriggerMs);
  }

  private static Map<String, Object> clock(long clockMs) {
    return map("clockMs", clockMs);
  }

  private static Map<String, Object> savepoint() {
    return map("savepoint", true);
  }

  private static Map<String, Object> acknowledge(long id, String task) {
    return map("acknowledge", id, "task", task);
  }

  private static Map<String, Object> decline(long id, String task, String reason) {
    return map("decline", id, "task", task, "reason", reason);
  }
}
