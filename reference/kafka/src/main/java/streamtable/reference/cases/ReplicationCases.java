package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** Who is in sync, what is committed, and where logs part. */
public final class ReplicationCases {
  private static final String TOPIC = "ISR and high watermark on a crash";
  private static final String LEADER = "kafka/partition-leader";
  private static final List<Object> THREE = list(1, 2, 3);

  private ReplicationCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "the-high-watermark-follows-the-slowest-in-sync",
            TOPIC,
            "What all in-sync replicas have asked beyond is committed; a follower tells how far it is by its next fetch.",
            LEADER,
            map("replicas", THREE),
            list(append(10), fetch(2, 0, 0), fetch(3, 0, 0), fetch(2, 10, 100), fetch(3, 6, 200), fetch(3, 10, 300),
                append(1))),
        Case.of(
            "a-follower-that-never-fetches-leaves-by-time",
            TOPIC,
            "After replica.lag.time.max.ms a silent follower goes, and what it held back is committed once the controller"
                + " agrees.",
            LEADER,
            map("replicas", THREE),
            list(
                append(10), fetch(2, 0, 1000), fetch(2, 10, 1500), at(map("call", "check"), 30_000), at(map("call",
                "check"), 30_001), map("call", "confirm"),
                append(1), fetch(2, 11, 31_000))),
        Case.of(
            "an-idle-partition-loses-nobody",
            TOPIC,
            "A follower that has everything stays in sync however long nothing is written; one record later it is its last"
                + " fetch that counts.",
            LEADER,
            map("replicas", THREE),
            list(
                append(10), fetch(2, 10, 100), fetch(3, 10, 100), at(map("call", "check"), 90_000), append(1),
                at(map("call", "check"), 90_001), fetch(2, 10, 90_002), fetch(3, 10, 90_002), at(map("call", "check"),
                90_003))),
        Case.of(
            "lag-is-a-matter-of-time-not-of-records",
            TOPIC,
            "A follower that always has what the leader had at its fetch before stays, though it is never at the end.",
            LEADER,
            map("replicas", list(1, 2), "replica.lag.time.max.ms", 10_000),
            list(
                append(100), fetch(2, 0, 1000), append(100), fetch(2, 100, 9000), append(100), fetch(2, 200, 17_000),
                at(map("call", "check"), 18_000), append(100), fetch(2, 250, 25_000), at(map("call", "check"), 26_000),
                fetch(2, 260, 33_000), at(map("call", "check"), 34_000), map("call", "confirm"))),
        Case.of(
            "under-min-isr-nothing-is-committed",
            TOPIC,
            "Below min.insync.replicas acks=all is refused; acks=1 is written, and not shown to readers until enough are"
                + " back.",
            LEADER,
            map("replicas", THREE, "min.insync.replicas", 2),
            list(
                append(5), fetch(2, 5, 100), fetch(3, 5, 100), decide(list(1), list(1)), append(3), appendOne(3),
                fetch(2, 8, 200),
                decide(list(1), list(1, 2)), fetch(2, 8, 300), map("call", "confirm"), append(2), fetch(2, 10, 400))),
        Case.of(
            "min-isr-is-never-more-than-the-replicas",
            TOPIC,
            "min.insync.replicas of 3 with two replicas asks for two.",
            LEADER,
            map("replicas", list(1, 2), "min.insync.replicas", 3),
            list(append(5), fetch(2, 5, 100), decide(list(1), list(1)), append(1))),
        Case.of(
            "a-returning-follower-must-know-the-new-epoch",
            TOPIC,
            "Back in sync is who has all that is committed, and something at or after where the leader's epoch began.",
            LEADER,
            map("replicas", THREE),
            list(
                append(5), fetch(2, 5, 100), fetch(3, 2, 100), decide(5, list(1, 2), THREE), fetch(2, 5, 200), fetch(3,
                3, 300), append(4), fetch(2, 9, 400),
                fetch(3, 5, 500), fetch(3, 9, 600), map("call", "confirm"))),
        Case.of(
            "a-new-leader-waits-for-everybody",
            TOPIC,
            "A new leader knows nothing of its followers: until each one in sync has fetched, nothing more is committed.",
            LEADER,
            map("replicas", THREE),
            list(
                append(5), fetch(2, 5, 100), fetch(3, 5, 100), append(5), fetch(2, 10, 150), decide(1, THREE, THREE),
                fetch(2, 10, 200), append(2), fetch(3, 10, 300), fetch(2, 12, 400), fetch(3, 12, 500))),
        Case.of(
            "a-fenced-broker-may-not-come-in",
            TOPIC,
            "While a broker is fenced it may fetch, and still does not come back into the ISR.",
            LEADER,
            map("replicas", THREE),
            list(
                append(5), fetch(2, 5, 100), fetch(3, 5, 100), decide(list(1, 2), list(1, 2)), append(2), fetch(2, 7,
                200), fetch(3, 7, 200),
                decide(list(1, 2), THREE), fetch(3, 7, 300), map("call", "confirm"))),
        Case.of(
            "fetches-of-another-epoch-are-refused",
            TOPIC,
            "A follower that knows an older or a newer leader epoch is sent away, and does not count as having fetched.",
            LEADER,
            map("replicas", list(1, 2)),
            list(
                append(5), decide(3, list(1, 2), list(1, 2)),
                with(fetch(2, 5, 100), "leaderEpoch", 2), with(fetch(2, 5, 100), "leaderEpoch", 4), fetch(2, 5, 200),
                fetch(2, 6, 300))),
        Case.of(
            "where-logs-part",
            TOPIC,
            "A follower whose last record is of another epoch is told where that epoch ended for the leader.",
            "kafka/leader-epochs",
            map(
                "epochs",
                list(list(0, 0), list(3, 2), list(4, 8), list(7, 13), list(9, 14)),
                "endOffset",
                17,
                "leaderEpoch",
                10),
            list(
                asks(2, 5), asks(0, 4), asks(6, 6), asks(5, 9), asks(10, 18), asks(0, 2), asks(7, 14), asks(9, 17),
                asks(10, 17), asks(11, 5), asks(8, 14), asks(3, 2))));
  }

  private static Map<String, Object> append(int records) {
    return map("call", "append", "records", records);
  }

  private static Map<String, Object> appendOne(int records) {
    return with(append(records), "acks", "1");
  }

  private static Map<String, Object> fetch(int broker, int offset, int atMs) {
    return map("call", "fetch", "broker", broker, "offset", offset, "atMs", atMs);
  }

  private static Map<String, Object> decide(List<Object> isr, List<Object> alive) {
    return map("call", "decide", "isr", isr, "alive", alive);
  }

  private static Map<String, Object> decide(int leaderEpoch, List<Object> isr, List<Object> alive) {
    return with(decide(isr, alive), "leaderEpoch", leaderEpoch);
  }

  private static Map<String, Object> asks(int lastFetchedEpoch, int fetchOffset) {
    return map("lastFetchedEpoch", lastFetchedEpoch, "fetchOffset", fetchOffset);
  }

  private static Map<String, Object> at(Map<String, Object> step, int atMs) {
    return with(step, "atMs", atMs);
  }

  private static Map<String, Object> with(Map<String, Object> step, String name, Object value) {
    step.put(name, value);
    return step;
  }
}
