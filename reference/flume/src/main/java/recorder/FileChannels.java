package recorder;

import static recorder.Case.properties;

import java.util.List;

/** `org.apache.flume.channel.file.FileChannel`, call by call; a crash is a kill -9 of its process. */
final class FileChannels {
  private FileChannels() {}

  static void record(List<Case> cases) throws Exception {
    play(cases, "file-put-takes-its-slot-at-once", Topic.CHANNELS,
        "A file channel is full before anything is committed: each put takes a slot, and a rollback gives it back.",
        2,
        "a begin", "a put 1", "b begin", "b put 2", "b put 3", "a rollback", "b put 3", "b commit",
        "c begin", "c take", "c take", "c take", "c commit");
    play(cases, "file-rollback-keeps-the-slot", Topic.CHANNELS,
        "A take that was rolled back leaves the channel as full as it was.",
        3,
        "a begin", "a put 1", "a put 2", "a put 3", "a commit", "b begin", "b take", "b rollback",
        "c begin", "c put 4", "c rollback", "d begin", "d take", "d take", "d take", "d commit");
    play(cases, "file-put-and-take-in-one-transaction", Topic.TRANSACTIONS,
        "A transaction of a file channel that both puts and takes cannot commit.",
        5,
        "a begin", "a put 1", "a commit", "b begin", "b take", "b put 2", "b commit", "b rollback",
        "c begin", "c take", "c take", "c commit");
    play(cases, "file-transaction-capacity", Topic.TRANSACTIONS,
        "The lists of puts and takes of a transaction are bounded, each with its own message.",
        5, 2,
        "a begin", "a put 1", "a put 2", "a put 3", "a commit", "b begin", "b put 3", "b commit",
        "c begin", "c take", "c take", "c take", "c rollback",
        "d begin", "d take", "d take", "d commit");
    play(cases, "file-kill-keeps-what-was-committed", Topic.RESTART,
        "After a kill -9 committed puts without a committed take are back, in order.",
        10,
        "a begin", "a put 1", "a put 2", "a put 3", "a put 4", "a commit",
        "b begin", "b take", "b commit", "c begin", "c take", "d begin", "d put 5", "crash",
        "e begin", "e take", "e take", "e take", "e take", "e commit");
    play(cases, "file-kill-behind-a-checkpoint", Topic.RESTART,
        "A take that was open at the checkpoint and committed after it stays taken; an open put is void.",
        10,
        "a begin", "a put 1", "a put 2", "a put 3", "a commit", "b begin", "b take",
        "c begin", "c put 4", "checkpoint", "b commit", "crash",
        "d begin", "d take", "d take", "d take", "d commit", "crash",
        "e begin", "e take", "e commit");
    play(cases, "file-put-open-at-the-checkpoint", Topic.RESTART,
        "A put that was open at the checkpoint and committed after it is back, behind what was queued.",
        10,
        "a begin", "a put 1", "b begin", "b put 2", "b commit", "checkpoint", "a commit", "crash",
        "c begin", "c take", "c take", "c take", "c commit");
    play(cases, "file-open-takes-of-a-killed-sink", Topic.RESTART,
        "What a sink had taken before the checkpoint and after it is all back after a kill -9.",
        10,
        "a begin", "a put 1", "a put 2", "a put 3", "a put 4", "a commit", "b begin", "b take",
        "checkpoint", "b take", "crash",
        "c begin", "c take", "c take", "c take", "c take", "c take", "c commit");
    Case hash = new Case("file-open-takes-come-back-in-hash-order", Topic.RECALLED,
        "file-channel-with-offsets",
        "Takes that were open at a checkpoint return to the head in the order of a hash table of file offsets, not as they were put.");
    Channels.play(cases, hash, "file",
        properties("capacity = 10", "transactionCapacity = 10", "keep-alive = 0"),
        "a begin", "a put 1", "a put 2", "a put 3", "a put 4", "a put 5", "a commit",
        "b begin", "b take", "b take", "b take", "b take", "checkpoint", "crash",
        "c begin", "c take", "c take", "c take", "c take", "c take", "c commit");
  }

  private static void play(
      List<Case> cases, String name, String topic, String says, int capacity, String... calls)
      throws Exception {
    play(cases, name, topic, says, capacity, capacity, calls);
  }

  private static void play(
      List<Case> cases, String name, String topic, String says, int capacity,
      int transactionCapacity, String... calls)
      throws Exception {
    Channels.play(cases, new Case(name, topic, "file-channel", says), "file",
        properties("capacity = " + capacity, "transactionCapacity = " + transactionCapacity,
            "keep-alive = 0"),
        calls);
  }
}
