package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** Who leads a partition after a broker came or went. */
public final class ElectionCases {
  private static final String TOPIC = "ISR and high watermark on a crash";
  private static final String COMPONENT = "kafka/partition-state";
  private static final List<Object> THREE = list(1, 2, 3);

  private ElectionCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "the-first-in-sync-replica-leads",
            TOPIC,
            "When the leader dies, the first in-sync replica of the assignment leads; the old leader gets it back by a"
                + " preferred election only.",
            COMPONENT,
            map("replicas", THREE),
            list(fence(1), unfence(1), preferred(), alter(2, 3, 1), preferred(), preferred())),
        Case.of(
            "a-follower-dies-and-returns",
            TOPIC,
            "A follower's death changes the ISR and no leader epoch.",
            COMPONENT,
            map("replicas", THREE),
            list(fence(3), fence(3), unfence(3), alter(1, 2, 3))),
        Case.of(
            "the-last-in-sync-replica-is-waited-for",
            TOPIC,
            "When all have died the partition has no leader until the last one that was in sync is back, whoever else is.",
            COMPONENT,
            map("replicas", THREE),
            list(fence(1), fence(2), fence(3), unfence(1), unfence(2), unfence(3), alter(3, 1), preferred())),
        Case.of(
            "an-unclean-election-takes-whoever-is-there",
            TOPIC,
            "With unclean.leader.election.enable the first live replica leads, in sync or not, and has to recover first.",
            COMPONENT,
            map("replicas", THREE, "unclean.leader.election.enable", true),
            list(fence(1), fence(2), fence(3), unfence(1), alter(1), unfence(3), alter(1, 3), preferred())),
        Case.of(
            "one-in-sync-of-two-dies",
            TOPIC,
            "With one replica in sync its death leaves nobody to lead, though the other replica lives.",
            COMPONENT,
            map("replicas", list(1, 2)),
            list(alter(1), fence(1), unfence(1), alter(1, 2))),
        Case.of(
            "one-in-sync-of-two-dies-unclean",
            TOPIC,
            "With unclean election the other replica leads when the one in sync dies, out of sync as it is, and has to recover first.",
            COMPONENT,
            map("replicas", list(1, 2), "unclean.leader.election.enable", true),
            list(alter(1), fence(1), alter(2), unfence(1), alter(2, 1), preferred())),
        Case.of(
            "eligible-replicas-may-lead-too",
            TOPIC,
            "With eligible leader replicas, those that left while too few were in sync are kept in mind, and any of them"
                + " may lead.",
            COMPONENT,
            map("replicas", THREE, "min.insync.replicas", 2, "eligibleLeaderReplicas", true),
            list(fence(1), fence(2), fence(3), unfence(2), unfence(3), alter(2, 3), fence(2), fence(3), unfence(1),
                unfence(3))),
        Case.of(
            "a-replica-that-left-in-time-is-not-eligible",
            TOPIC,
            "Who left the ISR while enough others were in sync is not eligible: it may lack what was committed since.",
            COMPONENT,
            map("replicas", THREE, "min.insync.replicas", 2, "eligibleLeaderReplicas", true),
            list(fence(3), fence(2), fence(1), unfence(3), unfence(1), alter(1, 3), alter(1, 2, 3))));
  }

  private static Map<String, Object> fence(int broker) {
    return map("call", "fence", "broker", broker);
  }

  private static Map<String, Object> unfence(int broker) {
    return map("call", "unfence", "broker", broker);
  }

  private static Map<String, Object> alter(Object... isr) {
    return map("call", "alter", "isr", list(isr));
  }

  private static Map<String, Object> preferred() {
    return map("call", "preferred");
  }
}
