package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** Which brokers hold a partition. */
public final class PlacementCases {
  private static final String TOPIC = "replica placement";
  private static final String COMPONENT = "kafka/replica-placement";

  private PlacementCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "placement-in-stripes",
            TOPIC,
            "Three brokers, no racks: three partitions are a rotation, then the brokers are shuffled; every topic"
                + " starts somewhere else.",
            COMPONENT,
            map("brokers", brokers(1, 2, 3), "seed", 42),
            list(topic(8, 3), topic(3, 3), topic(6, 2))),
        Case.of(
            "placement-over-racks",
            TOPIC,
            "With racks, the replicas of a partition lie in different racks as long as there are enough.",
            COMPONENT,
            map(
                "brokers",
                list(
                    broker(1, "east"), broker(2, "east"), broker(3, "west"), broker(4, "west"),
                    broker(5, "north"), broker(6, "north")),
                "seed",
                1),
            list(topic(8, 3), topic(4, 5))),
        Case.of(
            "placement-over-uneven-racks",
            TOPIC,
            "A rack with one broker only leads as often as a rack with three.",
            COMPONENT,
            map(
                "brokers",
                list(broker(1, "a"), broker(2, "a"), broker(3, "a"), broker(4, "b")),
                "seed",
                3),
            list(topic(8, 2))),
        Case.of(
            "placement-avoids-fenced-brokers",
            TOPIC,
            "A fenced broker never leads, and follows only where there are too few others.",
            COMPONENT,
            map(
                "brokers",
                list(map("id", 0), map("id", 1, "fenced", true), map("id", 2), map("id", 3), map("id", 4)),
                "seed",
                5),
            list(topic(5, 4), topic(5, 5))),
        Case.of(
            "placement-refuses-too-many-replicas",
            TOPIC,
            "More replicas than brokers are refused.",
            COMPONENT,
            map("brokers", brokers(1)),
            list(topic(1, 3))),
        Case.of(
            "placement-refuses-fenced-cluster",
            TOPIC,
            "When all brokers are fenced nothing can be placed.",
            COMPONENT,
            map("brokers", list(map("id", 1, "fenced", true), map("id", 2, "fenced", true))),
            list(topic(1, 1))),
        Case.of(
            "placement-refuses-no-replicas",
            TOPIC,
            "A replication factor has to be positive.",
            COMPONENT,
            map("brokers", brokers(1)),
            list(topic(1, 0))));
  }

  private static Map<String, Object> topic(int partitions, int replicationFactor) {
    return map("partitions", partitions, "replicationFactor", replicationFactor);
  }

  private static List<Object> brokers(int... ids) {
    List<Object> brokers = new ArrayList<>();
    for (int id : ids) brokers.add(map("id", id));
    return brokers;
  }

  private static Map<String, Object> broker(int id, String rack) {
    return map("id", id, "rack", rack);
  }
}
