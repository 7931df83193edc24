package streamtable.flink.real;

import static streamtable.flink.Json.map;
import static streamtable.flink.Json.readInt;
import static streamtable.flink.Json.readLong;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.channel.InputChannelInfo;
import org.apache.flink.runtime.checkpoint.channel.RecordingChannelStateWriter;
import org.apache.flink.runtime.event.AbstractEvent;
import org.apache.flink.runtime.io.network.NettyShuffleEnvironment;
import org.apache.flink.runtime.io.network.NettyShuffleEnvironmentBuilder;
import org.apache.flink.runtime.io.network.TestingConnectionManager;
import org.apache.flink.runtime.io.network.api.CancelCheckpointMarker;
import org.apache.flink.runtime.io.network.api.CheckpointBarrier;
import org.apache.flink.runtime.io.network.api.EndOfPartitionEvent;
import org.apache.flink.runtime.io.network.api.serialization.EventSerializer;
import org.apache.flink.runtime.io.network.buffer.Buffer;
import org.apache.flink.runtime.io.network.buffer.FreeingBufferRecycler;
import org.apache.flink.runtime.io.network.buffer.NetworkBuffer;
import org.apache.flink.runtime.io.network.partition.consumer.CheckpointableInput;
import org.apache.flink.runtime.io.network.partition.consumer.InputChannelBuilder;
import org.apache.flink.runtime.io.network.partition.consumer.RemoteInputChannel;
import org.apache.flink.runtime.io.network.partition.consumer.SingleInputGate;
import org.apache.flink.runtime.io.network.partition.consumer.SingleInputGateBuilder;
import org.apache.flink.runtime.mailbox.SyncMailboxExecutor;
import org.apache.flink.streaming.runtime.io.checkpointing.BarrierAlignmentUtil;
import org.apache.flink.streaming.runtime.io.checkpointing.CheckpointedInputGate;
import org.apache.flink.streaming.runtime.io.checkpointing.SingleCheckpointBarrierHandler;
import org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinator;
import org.apache.flink.util.clock.ManualClock;
import streamtable.flink.Component;

/** The barrier handler behind a real input gate, into whose channels the script's buffers and events go. */
public final class RealBarrierHandler implements Component {
  private static final int BUFFER_BYTES = 16;

  private final String mode;
  private final long alignedTimeoutMs;
  private final ManualClock clock = new ManualClock();
  private final Checkpoints checkpoints = new Checkpoints();
  private final RecordingChannelStateWriter channelState = new RecordingChannelStateWriter();
  private final TreeSet<Integer> blocked = new TreeSet<>();
  private final NettyShuffleEnvironment environment = new NettyShuffleEnvironmentBuilder().build();
  private final SingleInputGate gate;
  private final int[] sequenceNumbers;
  private final SingleCheckpointBarrierHandler handler;
  private final CheckpointedInputGate checkpointed;
  private Callable<?> onTimeout;
  private long timeoutAtMs;
  private CompletableFuture<Void> completed;

  private RealBarrierHandler(Map<String, Object> config) throws Exception {
    mode = (String) config.getOrDefault("mode", "aligned");
    alignedTimeoutMs =
        readLong(config.getOrDefault("execution.checkpointing.aligned-checkpoint-timeout", 0));
    int channels = readInt(config.get("channels"));
    sequenceNumbers = new int[channels];
    gate =
        new SingleInputGateBuilder()
            .setNumberOfChannels(channels)
            .setupBufferPoolFactory(environment)
            .build();
    gate.setInputChannels(
        IntStream.range(0, channels)
            .mapToObj(
                channel ->
                    InputChannelBuilder.newBuilder()
                        .setStateWriter(channelState)
                        .setupFromNettyShuffleEnvironment(environment)
                        .setConnectionManager(new TestingConnectionManager())
                        .setChannelIndex(channel)
                        .buildRemoteChannel(gate))
            .toArray(RemoteInputChannel[]::new));
    gate.setup();
    gate.requestPartitions();
    boolean afterFinish =
        !Boolean.FALSE.equals(
            config.get("execution.checkpointing.checkpoints-after-tasks-finish"));
    handler = handler(channels, afterFinish);
    checkpointed = new CheckpointedInputGate(gate, handler, new SyncMailboxExecutor());
  }

  private SingleCheckpointBarrierHandler handler(int channels, boolean afterFinish) {
    return switch (mode) {
      case "aligned" ->
          SingleCheckpointBarrierHandler.aligned(
              "task", checkpoints.task, clock, channels, timer(), afterFinish, input());
      case "unaligned" ->
          SingleCheckpointBarrierHandler.unaligned(
              "task", checkpoints.task, coordinator(), clock, channels, timer(), afterFinish, input());
      case "alternating" ->
          SingleCheckpointBarrierHandler.alternating(
              "task", checkpoints.task, coordinator(), clock, channels, timer(), afterFinish, input());
      default -> throw new IllegalStateException(mode);
    };
  }

  public static Component open(Map<String, Object> config) throws Exception {
    return new RealBarrierHandler(config);
  }

  @Override
  public Object play(Map<String, Object> step) throws Exception {
    int before = channelState.getAddedInput().size();
    if (step.containsKey("clockMs")) {
      clock.advanceTime(Duration.ofMillis(readLong(step.get("clockMs")) - clock.absoluteTimeMillis()));
      if (onTimeout != null && timeoutAtMs <= clock.absoluteTimeMillis()) onTimeout.call();
    } else receive(readInt(step.get("channel")), bufferOf(step));
    while (checkpointed.pollNext().isPresent()) {}
    if (step.containsKey("data"))
      return map("persisted", channelState.getAddedInput().size() > before);
    return map(
        "triggered", checkpoints.takeTriggered(),
        "aborted", checkpoints.takeAborted(),
        "completed", completed(),
        "blocked", blocked.toArray());
  }

  private void receive(int channel, Buffer buffer) throws Exception {
    ((RemoteInputChannel) gate.getChannel(channel))
        .onBuffer(buffer, sequenceNumbers[channel]++, 0, 0);
  }

  private Buffer bufferOf(Map<String, Object> step) throws Exception {
    if (step.containsKey("data"))
      return new NetworkBuffer(
          MemorySegmentFactory.allocateUnpooledSegment(BUFFER_BYTES),
          FreeingBufferRecycler.INSTANCE,
          Buffer.DataType.DATA_BUFFER,
          BUFFER_BYTES);
    AbstractEvent event;
    if (step.containsKey("barrier")) {
      CheckpointOptions options = Checkpoints.options(mode, alignedTimeoutMs);
      long triggeredMs = readLong(step.getOrDefault("triggeredMs", 0));
      event = new CheckpointBarrier(readLong(step.get("barrier")), triggeredMs, options);
    } else if (step.containsKey("cancel"))
      event = new CancelCheckpointMarker(readLong(step.get("cancel")));
    else event = EndOfPartitionEvent.INSTANCE;
    return EventSerializer.toBuffer(
        event, mode.equals("unaligned") && step.containsKey("barrier"));
  }

  /** The checkpoint all of whose barriers are in with this step, or null. */
  private Object completed() {
    long latest = handler.getLatestCheckpointId();
    if (latest < 0) return null;
    // A cancelled checkpoint that never began still has the future of the one before it.
    CompletableFuture<Void> all = handler.getAllBarriersReceivedFuture(latest);
    if (all == completed || !all.isDone() || all.isCompletedExceptionally()) return null;
    completed = all;
    return latest;
  }

  /** The gate, with an eye on which channels the handler blocks and lets go on. */
  private CheckpointableInput input() {
    return (CheckpointableInput)
        Proxy.newProxyInstance(
            RealBarrierHandler.class.getClassLoader(),
            new Class<?>[] {CheckpointableInput.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "blockConsumption" ->
                    blocked.add(((InputChannelInfo) arguments[0]).getInputChannelIdx());
                case "resumeConsumption" ->
                    blocked.remove(((InputChannelInfo) arguments[0]).getInputChannelIdx());
                default -> {}
              }
              return method.invoke(gate, arguments);
            });
  }

  private SubtaskCheckpointCoordinator coordinator() {
    return (SubtaskCheckpointCoordinator)
        Proxy.newProxyInstance(
            RealBarrierHandler.class.getClassLoader(),
            new Class<?>[] {SubtaskCheckpointCoordinator.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("initInputsCheckpoint"))
                channelState.start((Long) arguments[0], (CheckpointOptions) arguments[1]);
              return null;
            });
  }

  private BarrierAlignmentUtil.DelayableTimer timer() {
    return (callable, delay) -> {
      onTimeout = callable;
      timeoutAtMs = clock.absoluteTimeMillis() + delay.toMillis();
      return () -> onTimeout = null;
    };
  }

  @Override
  public void close() throws Exception {
    handler.close();
    gate.close();
    environment.close();
  }
}
