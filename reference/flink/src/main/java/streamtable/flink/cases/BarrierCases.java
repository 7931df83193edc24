package streamtable.flink.cases;

import static streamtable.flink.Json.map;

import java.util.List;
import java.util.Map;
import streamtable.flink.Case;
import streamtable.flink.Component;
import streamtable.flink.real.RealBarrierHandler;
import streamtable.flink.real.RealBarrierTracker;

/** Barriers at the inputs of a task. */
public final class BarrierCases {
  private static final String TOPIC = "barrier alignment";

  private BarrierCases() {}

  public static List<Case> all() {
    return List.of(
        handler(
            "aligned-barriers-block-their-channels",
            "A channel that has delivered its barrier waits until all others have; the snapshot is taken at the last one.",
            aligned(3),
            data(0),
            barrier(1, 1),
            barrier(2, 1),
            data(0),
            barrier(0, 1),
            data(2),
            barrier(2, 2),
            barrier(0, 2),
            barrier(1, 2)),
        handler(
            "a-newer-barrier-gives-up-the-older-checkpoint",
            "A barrier of a newer checkpoint aborts the pending one, and all its channels go on; late barriers block nobody.",
            aligned(3),
            barrier(1, 2),
            barrier(2, 3),
            barrier(0, 2),
            barrier(0, 3),
            barrier(1, 4),
            barrier(2, 4),
            barrier(0, 4)),
        handler(
            "a-cancellation-amid-the-alignment",
            "A cancellation of the pending checkpoint aborts it; of one not begun, too, and its barriers then block nobody.",
            aligned(3),
            barrier(0, 2),
            barrier(2, 2),
            cancel(1, 2),
            barrier(1, 2),
            cancel(1, 4),
            barrier(2, 4),
            barrier(0, 4),
            barrier(0, 5),
            barrier(1, 5),
            barrier(2, 5),
            cancel(0, 6),
            cancel(1, 6)),
        handler(
            "a-cancellation-of-a-newer-checkpoint",
            "A cancellation of a newer checkpoint aborts that one, and the pending one with it without a word.",
            aligned(2),
            barrier(0, 1),
            cancel(1, 3),
            barrier(1, 1),
            barrier(0, 3),
            barrier(0, 4),
            barrier(1, 4)),
        handler(
            "an-ended-channel-counts-as-delivered",
            "A channel that ended owes no barrier: it completes a checkpoint that waited for it alone.",
            aligned(3),
            barrier(0, 1),
            barrier(1, 1),
            end(2),
            barrier(0, 2),
            end(1),
            barrier(0, 3)),
        handler(
            "an-ended-channel-without-checkpoints-after-finish",
            "Without checkpoints after tasks finish, the end of a channel aborts the pending checkpoint.",
            map("channels", 2, "execution.checkpointing.checkpoints-after-tasks-finish", false),
            barrier(0, 1),
            end(1),
            barrier(0, 2)),
        handler(
            "unaligned-barriers-block-nobody",
            "Unaligned, the snapshot is taken at the first barrier, and what still comes ahead of the others is kept with it.",
            map("channels", 3, "mode", "unaligned"),
            data(0),
            barrier(1, 1),
            data(1),
            data(0),
            barrier(2, 1),
            data(2),
            data(0),
            barrier(0, 1),
            data(0)),
        handler(
            "unaligned-and-a-newer-barrier",
            "Unaligned, a newer barrier aborts the pending checkpoint and begins its own channel state.",
            map("channels", 3, "mode", "unaligned"),
            barrier(0, 1),
            data(1),
            barrier(1, 2),
            data(0),
            data(1),
            barrier(0, 2),
            data(2),
            barrier(2, 1),
            barrier(2, 2),
            data(2)),
        handler(
            "unaligned-and-a-cancellation",
            "Unaligned, a cancellation ends the channel state, and an ended channel completes the checkpoint.",
            map("channels", 2, "mode", "unaligned"),
            barrier(0, 1),
            data(1),
            cancel(1, 1),
            data(1),
            barrier(1, 1),
            barrier(0, 2),
            data(1),
            end(1)),
        alternating(
            "alignment-that-takes-too-long",
            "With a timeout the alignment gives way: the snapshot is taken, and what still comes ahead of a barrier is kept with it.",
            100,
            barrier(0, 1),
            data(1),
            clock(150),
            data(1),
            barrier(1, 1),
            data(1)),
        alternating(
            "alignment-in-time",
            "When all barriers are there in time, the checkpoint stays aligned and nothing is kept.",
            100,
            barrier(0, 1),
            data(1),
            clock(90),
            barrier(1, 1),
            clock(200),
            data(1)),
        alternating(
            "a-barrier-that-is-late-already",
            "A barrier that comes later than the timeout after its checkpoint began does not begin to align.",
            100,
            clock(500),
            map("channel", 0, "barrier", 1, "triggeredMs", 399),
            data(1),
            map("channel", 1, "barrier", 1, "triggeredMs", 399)),
        tracker(
            "at-least-once-blocks-nobody",
            "The tracker snapshots at the last barrier; several checkpoints may be pending, and the newer forgets the older.",
            3,
            barrier(0, 1),
            barrier(1, 1),
            barrier(0, 2),
            barrier(2, 1),
            barrier(1, 2),
            barrier(2, 2),
            barrier(2, 3),
            barrier(0, 4),
            barrier(1, 4),
            barrier(2, 4),
            barrier(0, 3),
            barrier(1, 3)),
        tracker(
            "at-least-once-and-cancellations",
            "A cancellation is told once, together with those of older pending checkpoints.",
            3,
            barrier(0, 1),
            cancel(0, 2),
            cancel(1, 1),
            cancel(1, 2),
            cancel(2, 1),
            cancel(2, 2),
            barrier(0, 3),
            barrier(1, 4),
            cancel(2, 5),
            barrier(0, 5),
            barrier(1, 5),
            barrier(0, 6),
            barrier(1, 6),
            barrier(2, 6)));
  }

  private static Case handler(
      String name, String says, Map<String, Object> config, Object... script) {
    return manual(name, says, "barrier-aligner", RealBarrierHandler::open, config, script);
  }

  private static Case alternating(String name, String says, long timeoutMs, Object... script) {
    return handler(
        name,
        says,
        map(
            "channels", 2,
            "mode", "alternating",
            "execution.checkpointing.aligned-checkpoint-timeout", timeoutMs),
        script);
  }

  private static Case tracker(String name, String says, int channels, Object... script) {
    return manual(
        name,
        says,
        "barrier-tracker",
        RealBarrierTracker::open,
        map("channels", channels),
        script);
  }

  private static Case manual(
      String name,
      String says,
      String component,
      Component.Opener opener,
      Map<String, Object> config,
      Object... script) {
    return new Case(
        name, TOPIC, says, "manual", "flink/" + component, opener, config, List.of(script));
  }

  private static Map<String, Object> aligned(int channels) {
    return map("channels", channels);
  }

  private static Map<String, Object> data(int channel) {
    return map("channel", channel, "data", true);
  }

  private static Map<String, Object> barrier(int channel, long id) {
    return map("channel", channel, "barrier", id);
  }

  private static Map<String, Object> cancel(int channel, long id) {
    return map("channel", channel, "cancel", id);
  }

  private static Map<String, Object> end(int channel) {
    return map("channel", channel, "end", true);
  }

  private static Map<String, Object> clock(long clockMs) {
    return map("clockMs", clockMs);
  }
}
