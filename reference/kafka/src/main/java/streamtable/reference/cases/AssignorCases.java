package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** Which consumer of a group reads which partition. */
public final class AssignorCases {
  private static final String TOPIC = "assignors";
  private static final String COMPONENT = "kafka/assignor";
  private static final String SERVER = "kafka/server-assignor";
  private static final List<Object> T = list("t");

  private AssignorCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "range-leaves-the-rest-to-the-first",
            TOPIC,
            "Ten partitions over three members are 4, 3 and 3 in a row; of three partitions a fourth member gets none.",
            COMPONENT,
            config("range", list("t", 10), list("u", 3)),
            list(
                list(member("c1", T), member("c2", T), member("c3", T)),
                list(member("c1", list("u")), member("c2", list("u")), member("c3", list("u")), member("c4",
                    list("u"))),
                list(member("c-10", T), member("c-9", T), member("c-1", T)))),
        Case.of(
            "range-adds-up-over-topics",
            TOPIC,
            "Range deals each topic by itself, so the first member gets the one partition of every topic.",
            COMPONENT,
            config("range", list("a", 1), list("b", 1), list("c", 1)),
            list(list(member("x", list("a", "b", "c")), member("y", list("c", "b", "a"))))),
        Case.of(
            "range-with-different-subscriptions",
            TOPIC,
            "Range shares each topic among those who subscribed to it; members with an instance id come first, by that id.",
            COMPONENT,
            config("range", list("t1", 3), list("t2", 2)),
            list(
                list(member("c1", list("t1")), member("c2", list("t1", "t2")), member("c3", list("t1"))),
                list(
                    with(member("b", list("t1", "t2")), "instance", "instance1"),
                    with(member("a", list("t1", "t2")), "instance", "instance2")),
                list(member("a", list("t1", "t2")), with(member("z", list("t1", "t2")), "instance", "i")))),
        Case.of(
            "roundrobin-deals-all-topics-in-turn",
            TOPIC,
            "Round robin goes on from topic to topic, and passes over members that did not subscribe.",
            COMPONENT,
            config("roundrobin", list("t0", 1), list("t1", 2), list("t2", 3)),
            list(
                list(member("c1", list("t1", "t2")), member("c2", list("t1", "t2"))),
                list(member("c0", list("t0")), member("c1", list("t0", "t1")), member("c2", list("t0", "t1", "t2"))))),
        Case.of(
            "roundrobin-moves-almost-everything",
            TOPIC,
            "When a member goes, round robin deals anew and hands most partitions to others.",
            COMPONENT,
            config("roundrobin", list("t", 10)),
            list(
                list(member("c1", T), member("c2", T), member("c3", T)),
                list(member("c1", T), member("c3", T)))),
        Case.of(
            "sticky-keeps-what-it-can",
            TOPIC,
            "Sticky members keep what they had, as far as shares stay even: one joins, then another one leaves.",
            COMPONENT,
            config("sticky", list("t", 6)),
            list(
                list(member("A", T), member("B", T)),
                list(
                    owning(member("A", T), 1, 0, 2, 4),
                    owning(member("B", T), 1, 1, 3, 5),
                    member("C", T)),
                list(owning(member("A", T), 2, 0, 2), owning(member("C", T), 2, 4, 5)))),
        Case.of(
            "sticky-is-even-over-topics",
            TOPIC,
            "Of partitions that nobody has, those with the fewest get one after the other.",
            COMPONENT,
            config("sticky", list("t1", 2), list("t2", 3)),
            list(
                list(
                    with(with(member("c1", list("t1", "t2")), "owns", list(list("t1", 0))), "generation", 1),
                    with(with(member("c2", list("t1", "t2")), "owns", list(list("t1", 1))), "generation", 1),
                    member("c3", list("t1", "t2"))),
                list(
                    with(with(member("c1", list("t1", "t2")), "owns", list(list("t1", 0), list("t2", 0))), "generation",
                    1),
                    with(with(member("c2", list("t1", "t2")), "owns", list(list("t1", 1), list("t2", 1))), "generation",
                    1),
                    member("c3", list("t1", "t2"))))),
        Case.of(
            "sticky-with-different-subscriptions",
            TOPIC,
            "Where members subscribe to different topics, sticky still ends up as even as it can.",
            "kafka/sticky-assignor-for-different-subscriptions",
            config("sticky", list("t1", 2), list("t2", 1), list("t3", 2), list("t4", 1), list("t5", 2)),
            list(
                list(
                    member("c1", list("t1", "t2", "t3", "t4", "t5")),
                    member("c2", list("t1", "t3", "t5")),
                    member("c3", list("t1", "t3", "t5")),
                    member("c4", list("t1", "t2", "t3", "t4", "t5"))),
                list(
                    with(with(member("c1", list("t1")), "owns", list(list("t1", 0), list("t1", 1))), "generation", 1),
                    member("c2", list("t1", "t2"))))),
        Case.of(
            "cooperative-hands-over-in-two-rounds",
            TOPIC,
            "A partition that changes hands is nobody's for one round, until its owner has let go of it.",
            COMPONENT,
            config("cooperative-sticky", list("t", 6)),
            list(
                list(owning(member("A", T), 1, 0, 1, 2, 3, 4, 5), member("B", T)),
                list(owning(member("A", T), 2, 0, 1, 2), member("B", T)),
                list(owning(member("A", T), 3, 0, 1, 2), owning(member("B", T), 3, 3, 4, 5), member("C", T)),
                list(owning(member("A", T), 4, 0, 1), owning(member("B", T), 4, 3, 4), member("C", T)),
                list(owning(member("A", T), 5, 0, 1), owning(member("C", T), 5, 2, 5)))),
        Case.of(
            "cooperative-believes-the-later-generation",
            TOPIC,
            "What two members claim belongs to the one of the later generation, and for a round to nobody if both are"
                + " of the same.",
            COMPONENT,
            config("cooperative-sticky", list("t", 3)),
            list(
                list(owning(member("c1", T), 1, 0, 1), owning(member("c2", T), 1, 0, 2)),
                list(owning(member("c1", T), 2, 0, 2), owning(member("c2", T), 1, 0, 1)))),
        Case.of(
            "uniform-fills-one-member-before-the-next",
            TOPIC,
            "The new protocol's uniform assignor gives neighbouring partitions to one member, where round robin would deal"
                + " them out.",
            SERVER,
            config("uniform", list("t", 6), list("u", 2)),
            list(list(had("A"), had("B"), had("C")), list(had("A"), had("B"), had("C"), had("D"), had("E"))))
            .since("By 4.1 the larger shares go to the members that come last instead of first."),
        Case.of(
            "uniform-keeps-what-it-can",
            TOPIC,
            "When a member comes the others give up what is above their share; when one goes its partitions are dealt out.",
            SERVER,
            config("uniform", list("t", 7)),
            list(
                list(had("A", 0, 1, 2, 3), had("B", 4, 5, 6)),
                list(had("A", 0, 1, 2, 3), had("B", 4, 5, 6), had("C")),
                list(had("A", 0, 1, 2), had("C", 3, 6)),
                list(had("member-10", 0, 1, 2, 3, 4, 5, 6), had("member-2"), had("member-1"))))
            .since("By 4.1 the larger shares go to the members that come last instead of first."),
        Case.of(
            "the-broker-deals-ranges-too",
            TOPIC,
            "The range assignor of the new protocol deals each topic by itself, as the one of the clients does.",
            SERVER,
            config("range", list("t", 7), list("u", 2)),
            list(
                list(had("A"), had("B"), had("C")),
                list(had("A", 0, 1, 2), had("B", 3, 4), had("C", 5, 6), had("D")),
                list(had("b", 0, 1, 2), had("a", 3, 4)))));
  }

  private static Map<String, Object> config(String assignor, Object... topics) {
    return map("assignor", assignor, "topics", list(topics));
  }

  private static Map<String, Object> member(String id, List<Object> topics) {
    return map("id", id, "topics", topics);
  }

  private static Map<String, Object> with(Map<String, Object> member, String name, Object value) {
    member.put(name, value);
    return member;
  }

  /** A member of the new protocol that has these partitions of topic t. */
  private static Map<String, Object> had(String id, int... partitions) {
    List<Object> owned = new ArrayList<>();
    for (int partition : partitions) owned.add(list("t", partition));
    return map("id", id, "owns", owned);
  }

  /** A member that had these partitions of topic t in that generation. */
  private static Map<String, Object> owning(Map<String, Object> member, int generation, int... partitions) {
    List<Object> owned = new ArrayList<>();
    for (int partition : partitions) owned.add(list("t", partition));
    return with(with(member, "owns", owned), "generation", generation);
  }
}
