package recorder;

import static recorder.Case.properties;

import java.util.List;

/** `org.apache.flume.channel.MemoryChannel`, call by call. */
final class MemoryChannels {
  private MemoryChannels() {}

  static void record(List<Case> cases) throws Exception {
    play(cases, "memory-put-list-is-full", Topic.CHANNELS,
        "A transaction holds at most transactionCapacity puts, whatever room the channel has.",
        5, 2,
        "a begin", "a put 1", "a put 2", "a put 3", "a commit", "b begin", "b take", "b take",
        "b commit");
    play(cases, "memory-commit-without-room", Topic.CHANNELS,
        "A put needs no room, a commit does; the commit that failed leaves its transaction open.",
        3, 2,
        "a begin", "a put 1", "a put 2", "a commit", "b begin", "b put 3", "b put 4", "b commit",
        "b rollback", "c begin", "c put 3", "c commit");
    play(cases, "memory-take-list-is-full", Topic.CHANNELS,
        "The take beyond transactionCapacity fails, and a rollback puts all takes back at the head.",
        4, 2,
        "a begin", "a put 1", "a put 2", "a commit", "b begin", "b put 3", "b commit",
        "c begin", "c take", "c take", "c take", "c rollback",
        "d begin", "d take", "d take", "d commit", "e begin", "e take", "e take", "e commit");
    play(cases, "memory-taken-slot-is-free-after-commit", Topic.CHANNELS,
        "An event that is taken and not yet committed keeps its slot, so the channel stays full.",
        3, 3,
        "a begin", "a put 1", "a put 2", "a put 3", "a commit", "b begin", "b take",
        "c begin", "c put 4", "c commit", "b commit", "c commit",
        "d begin", "d take", "d take", "d take", "d take", "d commit");
    play(cases, "memory-as-many-takes-as-puts-need-no-room", Topic.TRANSACTIONS,
        "A transaction that takes as many as it puts commits into a full channel.",
        2, 2,
        "a begin", "a put 1", "a put 2", "a commit", "b begin", "b take", "b put 3", "b commit",
        "c begin", "c take", "c take", "c commit");
    play(cases, "memory-puts-are-invisible-until-commit", Topic.TRANSACTIONS,
        "Nobody, not even its own transaction, takes a put before it is committed.",
        3, 3,
        "a begin", "a put 1", "b begin", "b take", "a take", "a rollback", "b take",
        "c begin", "c put 2", "c commit", "b take", "b commit");
    play(cases, "memory-two-takers-roll-back", Topic.TRANSACTIONS,
        "Each rollback puts its events at the head, so two takers that fail can change the order.",
        4, 4,
        "a begin", "a put 1", "a put 2", "a put 3", "a put 4", "a commit",
        "b begin", "b take", "b take", "c begin", "c take", "b rollback", "c rollback",
        "d begin", "d take", "d take", "d take", "d take", "d commit");
    Case bytes = new Case("memory-byte-capacity", Topic.CHANNELS, "memory-channel",
        "byteCapacity counts bodies in units of 100 bytes behind a buffer of 20 percent, and headers not at all.");
    Channels.play(cases, bytes, "memory",
        properties("capacity = 100", "transactionCapacity = 100", "byteCapacity = 2000",
            "byteCapacityBufferPercentage = 20", "keep-alive = 0"),
        "a begin", "a put x*405", "a put x*405", "a put x*405", "a commit",
        "b begin", "b put x*101", "b commit", "b rollback", "c begin", "c put x*100", "c commit",
        "d begin", "d put y", "d commit", "e begin", "e take", "e commit", "d commit");
    Case crash = new Case("memory-kill-loses-everything", Topic.RESTART, "memory-channel",
        "A kill -9 leaves nothing of a memory channel, committed or not.");
    Channels.play(cases, crash, "memory",
        properties("capacity = 10", "transactionCapacity = 10", "keep-alive = 0"),
        "a begin", "a put 1", "a put 2", "a commit", "b begin", "b take", "crash",
        "c begin", "c take", "c commit");
  }

  private static void play(
      List<Case> cases, String name, String topic, String says, int capacity,
      int transactionCapacity, String... calls)
      throws Exception {
    Channels.play(cases, new Case(name, topic, "memory-channel", says), "memory",
        properties("capacity = " + capacity, "transactionCapacity = " + transactionCapacity,
            "keep-alive = 0"),
        calls);
  }
}
