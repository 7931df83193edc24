package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;

import java.util.Map;
import org.apache.flink.runtime.checkpoint.channel.InputChannelInfo;
import org.apache.flink.runtime.io.network.api.CancelCheckpointMarker;
import org.apache.flink.runtime.io.network.api.CheckpointBarrier;
import org.apache.flink.streaming.runtime.io.checkpointing.CheckpointBarrierTracker;
import org.apache.flink.util.clock.ManualClock;
import streamtable.flink.Component;

/** The at-least-once barrier handler. */
public final class RealBarrierTracker implements Component {
  private final Checkpoints checkpoints = new Checkpoints();
  private final CheckpointBarrierTracker tracker;

  private RealBarrierTracker(int channels) {
    tracker = new CheckpointBarrierTracker(channels, checkpoints.task, new ManualClock(), true);
  }

  public static Component open(Map<String, Object> config) {
    return new RealBarrierTracker(readInt(config.get("channels")));
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    InputChannelInfo channel = new InputChannelInfo(0, readInt(step.get("channel")));
    if (step.containsKey("barrier"))
      tracker.processBarrier(
          new CheckpointBarrier(
              readLong(step.get("barrier")), 0, Checkpoints.options("at least once", 0)),
          channel,
          false);
    else if (step.containsKey("cancel"))
      tracker.processCancellationBarrier(
          new CancelCheckpointMarker(readLong(step.get("cancel"))), channel);
    else tracker.processEndOfPartition(channel);
    return map(
        "triggered", checkpoints.takeTriggered(), "aborted", checkpoints.takeAllAborted());
  }
}
