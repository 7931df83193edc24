package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import streamtable.reference.Case;

/** Which partition a record goes to. */
public final class PartitioningCases {
  private static final String TOPIC = "keyed and null-key partitioning";
  private static final List<Object> KEYS =
      list(
          "", "a", "b", "c", "alice", "bob", "carol", "dave", "user1", "user2", "user3", "1", "2", "3",
          "127.0.0.1", "192.168.1.1", "é", "日本", "🦔", "/index.html", "key-with-a-length-of-twenty-nine",
          "constructor", "21", "foobar");

  private PartitioningCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "keys-go-where-murmur2-says",
            TOPIC,
            "A key goes to the partition that its murmur2 hash names; an empty key is a key too.",
            "kafka/key-partitioner",
            map("partitions", 4),
            KEYS),
        Case.of(
            "more-partitions-move-the-keys",
            TOPIC,
            "With six partitions instead of four most of the same keys go elsewhere, so order by key ends there.",
            "kafka/key-partitioner",
            map("partitions", 6),
            KEYS),
        Case.of(
            "null-keys-sent-one-by-one",
            TOPIC,
            "Short records without a key, each sent before the next one comes, all go to one partition until about"
                + " batch.size bytes went there: 211 of ten bytes.",
            "kafka/sticky-partitioner",
            map("partitions", 3, "random", "counting"),
            list(
                map("call", "send", "bytes", 10, "times", 700, "drained", true),
                map("call", "send", "bytes", 200, "times", 200, "drained", true))),
        Case.of(
            "null-keys-faster-than-the-sender",
            TOPIC,
            "While nothing is sent a partition gets two full batches before the next one is chosen.",
            "kafka/sticky-partitioner",
            map("partitions", 3, "random", "counting"),
            list(
                map("call", "send", "bytes", 100, "times", 1000),
                map("call", "send", "bytes", 1000, "times", 100))),
        Case.of(
            "null-keys-larger-than-a-batch",
            TOPIC,
            "Records larger than batch.size change partition each time.",
            "kafka/sticky-partitioner",
            map("partitions", 3, "batch.size", 1024, "random", "counting"),
            list(
                map("call", "send", "bytes", 10),
                map("call", "send", "bytes", 1024),
                map("call", "send", "bytes", 1024),
                map("call", "send", "bytes", 1024),
                map("call", "send", "bytes", 1024),
                map("call", "drain"),
                map("call", "send", "bytes", 2000, "times", 6))),
        Case.of(
            "null-keys-after-a-pause",
            TOPIC,
            "A switch that an open batch held back is made up for at the first record after that batch was sent.",
            "kafka/sticky-partitioner",
            map("partitions", 4, "batch.size", 256, "seed", 7),
            list(
                map("call", "send", "bytes", 50, "times", 3),
                map("call", "drain"),
                map("call", "send", "bytes", 50, "times", 1),
                map("call", "drain"),
                map("call", "send", "bytes", 50, "times", 9),
                map("call", "drain"),
                map("call", "send", "bytes", 10, "times", 12, "drained", true))),
        Case.of(
            "short-queues-are-preferred",
            TOPIC,
            "Partitions where fewer batches wait are drawn more often; while all queues are equal, evenly.",
            "kafka/partition-load",
            map("partitions", 5),
            list(
                map("queues", list(5, 0, 3, 0, 1), "draws", 21),
                map("queues", list(2, 2, 2, 2, 2), "draws", 10),
                map("queues", list(0, 0, 0, 0, 9), "draws", 41))));
  }
}
