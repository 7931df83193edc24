package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** A running cluster whose brokers crash and return. */
public final class ClusterCases {
  private static final String TOPIC = "ISR and high watermark on a crash";
  private static final String REPEATS = "restart and what repeats";
  private static final String COMPONENT = "kafka/replicated-partition";
  private static final String ELIGIBLE =
      "By 4.1 new clusters keep eligible leader replicas: the last one in sync moves to that list when it dies.";
  private static final List<Object> THREE = list(1, 2, 3);

  private ClusterCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
                "what-all-acknowledged-survives-its-leaders",
                TOPIC,
                "Three replicas, acks=all: the leader crashes twice, another one leads, and every acknowledged record is there.",
                COMPONENT,
                map("replicas", THREE),
                list(produce("a", "b"), crash(1), produce("c"), read(), start(1), produce("d"), crash(2), produce("e"),
                    read(), start(2), crash(1), read()))
            .inRealTime(),
        Case.of(
                "below-min-isr-writes-are-refused-or-not-shown",
                TOPIC,
                "With one of three in sync and min.insync.replicas 2, acks=all is refused, and what acks=1 wrote is not"
                    + " shown until a second one is back.",
                COMPONENT,
                map("replicas", THREE, "min.insync.replicas", 2),
                list(produce("a"), crash(2), produce("b"), crash(3), produce("c"), produceOne("d"), read(), start(2),
                    read(), produce("e"), read()))
            .inRealTime(),
        Case.of(
                "the-only-one-in-sync-is-waited-for",
                TOPIC,
                "Of two replicas one was away when the other one wrote: after a crash of that one only it may lead again,"
                    + " and nothing is lost.",
                COMPONENT,
                map("replicas", list(1, 2)),
                list(produce("a"), crash(2), produce("b", "c"), crash(1), start(2), start(1), read()))
            .inRealTime()
            .since(ELIGIBLE),
        Case.of(
                "an-unclean-leader-forgets",
                TOPIC,
                "With unclean.leader.election.enable the one that was away leads at once: the acknowledged records"
                    + " are gone, and their offsets are given to others.",
                COMPONENT,
                map("replicas", list(1, 2), "unclean.leader.election.enable", true),
                list(produce("a"), crash(2), produce("b", "c", "d"), crash(1), start(2), produce("x"), start(1), read(),
                    crash(2), produce("y"), read()))
            .inRealTime()
            .since(ELIGIBLE),
        Case.of(
                "what-was-not-committed-comes-again",
                REPEATS,
                "A consumer that goes without committing leaves its records to the next one of the group.",
                COMPONENT,
                map("replicas", THREE),
                list(
                    produce("a", "b", "c", "d", "e"), consume("g", 2, true, "earliest"), consume("g", 2, false,
                    "earliest"), consume("g", 2, false, "earliest"),
                    consume("g", 4, true, "earliest"), consume("g", 4, true, "earliest"), produce("f"), consume("g", 4,
                    true, "latest")))
            .inRealTime(),
        Case.of(
                "a-new-group-begins-where-it-is-told",
                REPEATS,
                "Without a committed offset a group begins at the end or at the beginning; with one auto.offset.reset says nothing.",
                COMPONENT,
                map("replicas", THREE),
                list(
                    produce("a", "b", "c"), consume("late", 5, true, "latest"), produce("d"), consume("late", 5, true,
                    "earliest"), consume("early", 2, true, "earliest"),
                    consume("early", 5, true, "latest"), consume("early", 5, true, "earliest")))
            .inRealTime(),
        Case.of(
                "offsets-survive-a-crash",
                REPEATS,
                "A group's offsets are replicated too: after a crash it goes on where it had committed.",
                COMPONENT,
                map("replicas", THREE),
                list(
                    produce("a", "b", "c", "d"), consume("g", 2, true, "earliest"), crash(1), consume("g", 1, true,
                    "earliest"), start(1), crash(2),
                    consume("g", 5, true, "earliest")))
            .inRealTime(),
        Case.of(
                "a-group-ahead-of-an-unclean-leader",
                REPEATS,
                "A group had read what an unclean leader forgot: it goes on where the two logs parted, and reads what was"
                    + " written there since.",
                COMPONENT,
                map("replicas", list(1, 2), "unclean.leader.election.enable", true),
                list(
                    produce("a"), crash(2), produce("b", "c", "d"), consume("g", 10, true, "earliest"), crash(1),
                    start(2), produce("x"),
                    consume("g", 10, true, "earliest"), produce("y"), consume("g", 10, true, "earliest")))
            .inRealTime()
            .since(ELIGIBLE),
        Case.of(
                "topics-that-are-not-made",
                "configuration mistakes",
                "What a cluster of three brokers says to topics that it does not make.",
                "kafka/create-topic",
                map(),
                list(
                    map("name", "web.log", "partitions", 3, "replicationFactor", 3), map("name", "web.log"), map("name",
                    "web_log"),
                    map("name", "web log"), map("name", "a", "replicationFactor", 4), map("name", "a",
                    "replicationFactor", 0),
                    map("name", "a", "partitions", 0), map("name", "a", "partitions", -2),
                    map("name", "a", "replicaAssignment", list(list(1, 9))), map("name", "a", "replicaAssignment",
                    list(list(1, 1))),
                    map("name", "a", "replicaAssignment", list(list(1, 2), list(3))), map("name", "a",
                    "replicaAssignment", list(list(3, 1), list(2, 3))),
                    map("name", "b", "settings", map("retention.ms", "-2")), map("name", "b", "settings",
                    map("retention.hours", "1")),
                    map("name", "b", "settings", map("retention.ms", "1", "cleanup.policy", "compact,delete"))))
            .inRealTime());
  }

  private static Map<String, Object> produce(Object... values) {
    return map("call", "produce", "values", list(values));
  }

  private static Map<String, Object> produceOne(Object... values) {
    return map("call", "produce", "acks", "1", "values", list(values));
  }

  private static Map<String, Object> read() {
    return map("call", "read");
  }

  private static Map<String, Object> crash(int broker) {
    return map("call", "crash", "broker", broker);
  }

  private static Map<String, Object> start(int broker) {
    return map("call", "start", "broker", broker);
  }

  private static Map<String, Object> consume(
      String group, int records, boolean commits, String reset) {
    return map(
        "call", "consume", "group", group, "max.poll.records", records, "auto.offset.reset", reset, "commit", commits);
  }
}
