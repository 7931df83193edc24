package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** What a group's coordinator does while members come, go and fall silent. */
public final class GroupCases {
  private static final String TOPIC = "derived, racy or recalled";
  private static final String COMPONENT = "kafka/group-coordinator";
  private static final List<Object> RANGE = list("range", "cooperative-sticky");

  private GroupCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "an-empty-group-waits-for-more",
            TOPIC,
            "The first member waits group.initial.rebalance.delay.ms, and as long again whenever another one came meanwhile.",
            COMPONENT,
            map(),
            list(
                join("A", 0), join("B", 2000), at("wait", 3000), join("C", 5000), at("wait", 6000), at("wait", 8900),
                at("wait", 9000), at("wait", 12_000),
                sync("B", 12_100), sync("A", 12_200, map("A", list(0), "B", list(1), "C", list(2))), sync("C", 12_300),
                by("heartbeat", "A", 12_400))),
        Case.of(
            "a-newcomer-calls-everybody-back",
            TOPIC,
            "Who joins a stable group waits until all others have joined again; they hear of it by their heartbeats.",
            COMPONENT,
            map("group.initial.rebalance.delay.ms", 0),
            list(
                join("A", 0), at("wait", 10), sync("A", 100, map("A", list(0, 1))), join("B", 1000), by("heartbeat",
                "A", 1100), join("A", 1200), sync("B", 1300),
                by("heartbeat", "B", 1350), sync("A", 1400, map("A", list(0), "B", list(1))), by("heartbeat", "A",
                1500), by("heartbeat", "B", 1500))),
        Case.of(
            "who-does-not-join-again-is-dropped",
            TOPIC,
            "A rebalance waits as long as the longest max.poll.interval.ms of its members, and then goes on without the rest.",
            COMPONENT,
            map("group.initial.rebalance.delay.ms", 0),
            list(
                join("A", 0, 6000, 8000), at("wait", 10), sync("A", 100, map("A", list(0, 1))), join("B", 1000, 6000,
                4000), by("heartbeat", "A", 5000), at("wait", 8900), by("heartbeat", "A", 8950),
                at("wait", 9000), by("heartbeat", "A", 9100), sync("B", 9200, map("B", list(0, 1))), join("A", 9300,
                6000, 8000))),
        Case.of(
            "who-falls-silent-is-taken-for-dead",
            TOPIC,
            "A member without a heartbeat for session.timeout.ms is removed, and the others have to join again.",
            COMPONENT,
            map("group.initial.rebalance.delay.ms", 0),
            list(
                join("A", 0, 10_000, 60_000), at("wait", 10), sync("A", 100, map("A", list(0, 1))), join("B", 1000,
                10_000, 60_000), join("A", 1100, 10_000, 60_000), sync("A", 1200, map("A", list(0), "B", list(1))),
                sync("B", 1300), by("heartbeat", "B", 1400), by("heartbeat", "B", 9000), at("wait", 11_100),
                by("heartbeat", "B", 11_150), at("wait", 11_200),
                by("heartbeat", "B", 11_500), join("B", 12_000, 10_000, 60_000), by("heartbeat", "A", 12_100))),
        Case.of(
            "a-member-that-leaves-is-not-waited-for",
            TOPIC,
            "Leaving starts a rebalance at once; the last one to leave leaves an empty group, which remembers its generation.",
            COMPONENT,
            map("group.initial.rebalance.delay.ms", 0),
            list(
                join("A", 0), at("wait", 10), sync("A", 100, map("A", list(0, 1))), join("B", 1000), join("A", 1100),
                sync("A", 1200, map("A", list(0), "B", list(1))), sync("B", 1250),
                by("leave", "A", 2000), by("heartbeat", "B", 2100), join("B", 2200), sync("B", 2300, map("B", list(0,
                1))), by("leave", "B", 3000), join("C", 4000), at("wait", 4010))),
        Case.of(
            "the-group-votes-for-its-assignor",
            TOPIC,
            "The assignor is the one that most members like best, of those that all of them know; without one in common"
                + " nobody is let in.",
            COMPONENT,
            map("group.initial.rebalance.delay.ms", 1000),
            list(
                joinWith("A", 0, list("range", "roundrobin")), joinWith("B", 100, list("roundrobin", "range")),
                joinWith("C", 200, list("roundrobin", "sticky", "range")), joinWith("D", 300, list("sticky")),
                at("wait", 3000), at("wait", 5000))));
  }

  private static Map<String, Object> join(String member, int atMs) {
    return joinWith(member, atMs, RANGE);
  }

  private static Map<String, Object> joinWith(String member, int atMs, List<Object> protocols) {
    return map("call", "join", "member", member, "protocols", protocols, "atMs", atMs);
  }

  private static Map<String, Object> join(String member, int atMs, int sessionMs, int pollMs) {
    Map<String, Object> step = join(member, atMs);
    step.put("session.timeout.ms", sessionMs);
    step.put("max.poll.interval.ms", pollMs);
    return step;
  }

  private static Map<String, Object> sync(String member, int atMs) {
    return map("call", "sync", "member", member, "atMs", atMs);
  }

  private static Map<String, Object> sync(String member, int atMs, Map<String, Object> assignments) {
    Map<String, Object> step = sync(member, atMs);
    step.put("assignments", assignments);
    return step;
  }

  private static Map<String, Object> by(String call, String member, int atMs) {
    return map("call", call, "member", member, "atMs", atMs);
  }

  private static Map<String, Object> at(String call, int atMs) {
    return map("call", call, "atMs", atMs);
  }
}
