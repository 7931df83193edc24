package streamtable.reference.cases;

import static streamtable.reference.Case.list;
import static streamtable.reference.Case.map;

import java.util.List;
import java.util.Map;
import streamtable.reference.Case;

/** Numbered batches, and transactions in a log. */
public final class TransactionCases {
  private static final String TOPIC = "transactions";
  private static final String TRANSACTIONS = "kafka/transactions";

  private TransactionCases() {}

  public static List<Case> all() {
    return List.of(
        Case.of(
            "repeated-batches-are-written-once",
            TOPIC,
            "A batch of the last five that comes again is answered with its first offset; an older one, or a gap, is"
                + " refused.",
            "kafka/producer-sequences",
            map(),
            list(
                batch(0, 1), batch(1, 1), batch(2, 1), batch(3, 1), batch(4, 1), batch(5, 1), batch(6, 3),
                batch(6, 3), batch(7, 2), batch(2, 1), batch(3, 1), batch(1, 1), batch(9, 1), batch(9, 1), batch(11,
                1))),
        Case.of(
            "sequences-of-an-unknown-producer",
            TOPIC,
            "A producer that the log does not know may begin anywhere; sequence numbers start again at 0 after 2^31 - 1.",
            "kafka/producer-sequences",
            map(),
            list(
                batch(2_147_483_645, 2), batch(2_147_483_647, 3), batch(2, 1), batch(2_147_483_647, 3), batch(4, 1),
                batch(3, 1))),
        Case.of(
            "a-new-epoch-begins-at-zero",
            TOPIC,
            "A later epoch of a producer has to begin with sequence number 0, and the earlier one is fenced off.",
            "kafka/producer-sequences",
            map(),
            list(
                epoch(0, 0, 2), epoch(1, 2, 1), epoch(1, 0, 1), epoch(0, 2, 1), epoch(0, 0, 2), epoch(1, 0, 1), epoch(1,
                1, 1), epoch(3, 0, 1))),
        Case.of(
            "the-last-stable-offset-waits",
            TOPIC,
            "What is read as committed ends before the first transaction that is still open, or whose marker is not yet"
                + " committed; records of nobody's transaction wait too.",
            "kafka/last-stable-offset",
            map(),
            list(
                append(5, 1), append(3, null), append(2, 2), append(4, 1), append(2, null), append(10, 1),
                commit(26), marker(1), commit(27), marker(2), commit(28))),
        Case.of(
            "a-transaction-that-was-never-seen",
            TOPIC,
            "A marker takes an offset even where the producer wrote nothing, and holds nobody back.",
            "kafka/last-stable-offset",
            map(),
            list(
                append(1, null), commit(1), marker(7), commit(2), append(1, 7), commit(3), marker(7), append(1, 7),
                commit(4), commit(5), marker(7), commit(6))),
        Case.of(
                "aborted-records-are-seen-by-default",
                TOPIC,
                "Who reads uncommitted sees aborted records and those of open transactions; who reads committed waits at the"
                    + " first open one. Each end of a transaction takes an offset.",
                TRANSACTIONS,
                map("producers", map("A", "one", "B", "two")),
                list(
                    by("A", "init"), by("B", "init"), by("A", "begin"), send("A", "a1"), by("B", "begin"), send("B",
                    "b1"), read("read_uncommitted"),
                    read("read_committed"), by("B", "commit"), read("read_committed"), by("A", "abort"),
                    read("read_committed"), read("read_uncommitted")))
            .inRealTime(),
        Case.of(
                "the-second-of-a-name-fences-the-first",
                TOPIC,
                "A second producer of the same transactional.id ends the first one's transaction, and the first one can do"
                    + " nothing any more.",
                TRANSACTIONS,
                map("producers", map("A", "one", "B", "one")),
                list(
                    by("A", "init"), by("A", "begin"), send("A", "a1"), by("B", "init"), read("read_committed"), by("A",
                    "commit"),
                    by("B", "begin"), send("B", "b1"), by("B", "commit"), read("read_committed"),
                    read("read_uncommitted")))
            .inRealTime(),
        Case.of(
                "transactions-in-the-wrong-order",
                TOPIC,
                "A producer with a transactional.id has to begin at the beginning; what it refused to send it sends with the next"
                    + " transaction all the same.",
                TRANSACTIONS,
                map("producers", map("A", "one")),
                list(
                    by("A", "begin"), send("A", "a"), by("A", "init"), send("A", "b"), by("A", "commit"), by("A",
                    "abort"), by("A", "begin"), by("A", "begin"),
                    send("A", "c"), by("A", "init"), by("A", "commit"), by("A", "begin"), by("A", "commit"),
                    read("read_committed")))
            .inRealTime());
  }

  private static Map<String, Object> by(String producer, String call) {
    return map("call", call, "producer", producer);
  }

  private static Map<String, Object> send(String producer, String value) {
    return map("call", "send", "producer", producer, "value", value);
  }

  private static Map<String, Object> read(String isolation) {
    return map("call", "read", "isolation.level", isolation);
  }

  private static Map<String, Object> batch(int baseSequence, int records) {
    return map("baseSequence", baseSequence, "records", records);
  }

  private static Map<String, Object> epoch(int producerEpoch, int baseSequence, int records) {
    return map("producerEpoch", producerEpoch, "baseSequence", baseSequence, "records", records);
  }

  private static Map<String, Object> append(int records, Integer producerId) {
    Map<String, Object> step = map("call", "append", "records", records);
    if (producerId != null) step.put("producerId", producerId);
    return step;
  }

  private static Map<String, Object> marker(int producerId) {
    return map("call", "marker", "producerId", producerId);
  }

  private static Map<String, Object> commit(int highWatermark) {
    return map("call", "commit", "highWatermark", highWatermark);
  }
}
